/// The start of a block of a snapshot; its payload follows.
///
/// | offset | bytes | field |
/// |-------:|------:|---|
/// | 0 | 4 | `OPCB` |
/// | 4 | 4 | length of the payload |
/// | 8 | 4 | tag: what the block holds, in the engine's numbering |
/// | 12 | 4 | number of the block, from 0 |
/// | 16 | 4 | CRC-32C of the payload |
/// | 20 | 4 | CRC-32C of bytes 0 to 19 |
struct SnapshotBlockHeader: Equatable {
  static let byteCount = 24
  private static let magic = Array("OPCB".utf8)

  var payloadByteCount: Int
  var tag: UInt32
  var index: UInt32
  var payloadChecksum: UInt32

  var encoded: [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: UInt32(payloadByteCount))
    bytes.append(littleEndian: tag)
    bytes.append(littleEndian: index)
    bytes.append(littleEndian: payloadChecksum)
    bytes.appendChecksum()
    return bytes
  }

  init(payloadByteCount: Int, tag: UInt32, index: UInt32, payloadChecksum: UInt32) {
    self.payloadByteCount = payloadByteCount
    self.tag = tag
    self.index = index
    self.payloadChecksum = payloadChecksum
  }

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.byteCount, bytes.starts(with: Self.magic), bytes.hasValidChecksum
    else { return nil }
    payloadByteCount = Int(bytes.number(at: 4, as: UInt32.self))
    tag = bytes.number(at: 8)
    index = bytes.number(at: 12)
    payloadChecksum = bytes.number(at: 16)
  }
}
