/// The start of a snapshot, `snapshot/<sequence, 20 digits>.snapshot`: the state after that event, as blocks
/// of bytes (`SnapshotBlockHeader`) that only the engine reads, then a footer (`SnapshotFooter`).
///
/// | offset | bytes | field |
/// |-------:|------:|---|
/// | 0 | 8 | `OPCSNAPS` |
/// | 8 | 2 | format version |
/// | 10 | 2 | oldest reader version that can read it |
/// | 12 | 4 | zero |
/// | 16 | 16 | store identifier |
/// | 32 | 8 | sequence of the last event that the state has seen |
/// | 40 | 4 | chain: checksum of the group that ends with that event |
/// | 44 | 16 | zero |
/// | 60 | 4 | CRC-32C of bytes 0 to 59 |
struct SnapshotHeader: Equatable {
  static let byteCount = 64
  private static let magic = Array("OPCSNAPS".utf8)

  var minimumReader = FormatVersion.minimumReader
  var storeID: StoreID
  var sequence: UInt64
  var chain: UInt32

  var encoded: [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: FormatVersion.written)
    bytes.append(littleEndian: minimumReader)
    bytes.append(zeros: 4)
    bytes += storeID.bytes
    bytes.append(littleEndian: sequence)
    bytes.append(littleEndian: chain)
    bytes.append(zeros: 16)
    bytes.appendChecksum()
    return bytes
  }

  init(storeID: StoreID, sequence: UInt64, chain: UInt32) {
    self.storeID = storeID
    self.sequence = sequence
    self.chain = chain
  }

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.byteCount, bytes.starts(with: Self.magic), bytes.hasValidChecksum,
      let storeID = StoreID(bytes: bytes.part(16..<32))
    else { return nil }
    minimumReader = bytes.number(at: 10)
    self.storeID = storeID
    sequence = bytes.number(at: 32)
    chain = bytes.number(at: 40)
    guard sequence < Limits.lastSequence else { return nil }
  }
}
