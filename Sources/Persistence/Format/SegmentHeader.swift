/// The start of a journal segment, `journal/<first sequence, 20 digits>.journal`. Groups follow without
/// gaps (`GroupHeader`), then nothing, or zeros: space claimed ahead.
///
/// | offset | bytes | field |
/// |-------:|------:|---|
/// | 0 | 8 | `OPCJOURN` |
/// | 8 | 2 | format version |
/// | 10 | 2 | oldest reader version that can read it |
/// | 12 | 4 | zero |
/// | 16 | 16 | store identifier |
/// | 32 | 8 | first sequence, as in the name |
/// | 40 | 4 | chain: checksum of the last group before this segment |
/// | 44 | 16 | zero |
/// | 60 | 4 | CRC-32C of bytes 0 to 59 |
struct SegmentHeader: Equatable {
  static let byteCount = 64
  private static let magic = Array("OPCJOURN".utf8)

  var minimumReader = FormatVersion.minimumReader
  var storeID: StoreID
  var firstSequence: UInt64
  var chain: UInt32

  var encoded: [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: FormatVersion.written)
    bytes.append(littleEndian: minimumReader)
    bytes.append(zeros: 4)
    bytes += storeID.bytes
    bytes.append(littleEndian: firstSequence)
    bytes.append(littleEndian: chain)
    bytes.append(zeros: 16)
    bytes.appendChecksum()
    return bytes
  }

  init(storeID: StoreID, firstSequence: UInt64, chain: UInt32) {
    self.storeID = storeID
    self.firstSequence = firstSequence
    self.chain = chain
  }

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.byteCount, bytes.starts(with: Self.magic), bytes.hasValidChecksum,
      let storeID = StoreID(bytes: bytes.part(16..<32))
    else { return nil }
    minimumReader = bytes.number(at: 10)
    self.storeID = storeID
    firstSequence = bytes.number(at: 32)
    chain = bytes.number(at: 40)
    guard firstSequence > 0, firstSequence < Limits.lastSequence else { return nil }
  }
}
