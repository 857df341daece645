/// The file `FORMAT`: whose data this is and who can read it. Written last when a directory is made, so a
/// directory without it was never in use. These 64 bytes keep their layout in every later version.
///
/// | offset | bytes | field |
/// |-------:|------:|---|
/// | 0 | 8 | `OPCSTORE` |
/// | 8 | 2 | format version |
/// | 10 | 2 | oldest reader version that can read it |
/// | 12 | 1 | 1 where it was made on a simulated clock; 0 also where an older program made it |
/// | 13 | 3 | zero |
/// | 16 | 16 | store identifier |
/// | 32 | 28 | zero |
/// | 60 | 4 | CRC-32C of bytes 0 to 59 |
struct FormatFile: Equatable {
  static let byteCount = 64
  private static let magic = Array("OPCSTORE".utf8)

  var version = FormatVersion.written
  var minimumReader = FormatVersion.minimumReader
  var storeID: StoreID
  var isSimulated = false

  var isReadable: Bool { minimumReader <= FormatVersion.written }

  var encoded: [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: version)
    bytes.append(littleEndian: minimumReader)
    bytes.append(isSimulated ? 1 : 0)
    bytes.append(zeros: 3)
    bytes += storeID.bytes
    bytes.append(zeros: 28)
    bytes.appendChecksum()
    return bytes
  }

  init(storeID: StoreID, isSimulated: Bool = false) {
    (self.storeID, self.isSimulated) = (storeID, isSimulated)
  }

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.byteCount, bytes.starts(with: Self.magic), bytes.hasValidChecksum,
      let storeID = StoreID(bytes: bytes.part(16..<32))
    else { return nil }
    self.storeID = storeID
    version = bytes.number(at: 8)
    minimumReader = bytes.number(at: 10)
    isSimulated = bytes.part(12..<13).first == 1
  }
}
