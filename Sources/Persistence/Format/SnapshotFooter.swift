/// The last 64 bytes of a snapshot. Only a file that ends with them is whole.
///
/// | offset | bytes | field |
/// |-------:|------:|---|
/// | 0 | 8 | `OPCSNEND` |
/// | 8 | 8 | sequence, as in the header |
/// | 16 | 4 | chain, as in the header |
/// | 20 | 4 | number of blocks |
/// | 24 | 8 | bytes of all payloads together |
/// | 32 | 8 | digest of the state, as the engine computed it |
/// | 40 | 4 | CRC-32C of bytes 0 to 19 of all block headers, in order |
/// | 44 | 16 | zero |
/// | 60 | 4 | CRC-32C of bytes 0 to 59 |
///
/// The block headers hold the payloads' checksums, so the field at 40 covers the whole file.
struct SnapshotFooter: Equatable {
  static let byteCount = 64
  private static let magic = Array("OPCSNEND".utf8)

  var sequence: UInt64
  var chain: UInt32
  var tally: SnapshotTally
  var digest: UInt64

  var encoded: [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: sequence)
    bytes.append(littleEndian: chain)
    bytes.append(littleEndian: tally.blockCount)
    bytes.append(littleEndian: tally.payloadByteCount)
    bytes.append(littleEndian: digest)
    bytes.append(littleEndian: tally.checksum)
    bytes.append(zeros: 16)
    bytes.appendChecksum()
    return bytes
  }

  init(sequence: UInt64, chain: UInt32, tally: SnapshotTally, digest: UInt64) {
    self.sequence = sequence
    self.chain = chain
    self.tally = tally
    self.digest = digest
  }

  /// Nil unless the footer counts the same blocks as the reader did.
  init?(_ bytes: ArraySlice<UInt8>, matching tally: SnapshotTally) {
    guard bytes.count == Self.byteCount, bytes.starts(with: Self.magic), bytes.hasValidChecksum,
      bytes.number(at: 20) == tally.blockCount, bytes.number(at: 24) == tally.payloadByteCount,
      bytes.number(at: 40) == tally.checksum
    else { return nil }
    sequence = bytes.number(at: 8)
    chain = bytes.number(at: 16)
    digest = bytes.number(at: 32)
    self.tally = tally
  }
}

/// What writer and reader count on their way through the blocks.
struct SnapshotTally: Equatable, Sendable {
  private(set) var blockCount: UInt32 = 0
  private(set) var payloadByteCount: UInt64 = 0
  private var headers = CRC32C()

  var checksum: UInt32 { headers.value }

  mutating func add(_ header: SnapshotBlockHeader) {
    blockCount &+= 1
    payloadByteCount &+= UInt64(header.payloadByteCount)
    headers.update(header.encoded.dropLast(4))
  }

  static func == (one: SnapshotTally, other: SnapshotTally) -> Bool {
    one.blockCount == other.blockCount && one.payloadByteCount == other.payloadByteCount
      && one.checksum == other.checksum
  }
}
