/// One of the two halves of the file `WATERMARK`: how far the journal is known to be durable.
///
/// Without it a flipped bit in the last acknowledged group would look like a write that a crash tore, and
/// would be cut off in silence. The two slots, 64 bytes each, are written in turn; the valid one with the
/// higher generation counts, so a torn write of one leaves the other.
///
/// A gap stays: damage in the very last group, acknowledged after the last watermark was written, about a
/// second before an unclean stop, still looks like a torn write. The tail is then kept and reported.
///
/// | offset | bytes | field |
/// |-------:|------:|---|
/// | 0 | 8 | `OPCWMARK` |
/// | 8 | 8 | generation; its lowest bit is the slot |
/// | 16 | 8 | last sequence known durable |
/// | 24 | 8 | first sequence of the newest segment, 0 before there is one |
/// | 32 | 4 | 1 after a clean stop: nothing comes after that sequence; else 0 |
/// | 36 | 4 | zero |
/// | 40 | 16 | store identifier |
/// | 56 | 4 | zero |
/// | 60 | 4 | CRC-32C of bytes 0 to 59 |
struct WatermarkSlot: Equatable {
  static let byteCount = 64
  private static let magic = Array("OPCWMARK".utf8)

  var storeID: StoreID
  var generation: UInt64
  var sequence: UInt64
  var segment: UInt64
  var isClean: Bool

  /// Where in the file this generation stands.
  var offset: Int { Int(generation & 1) * Self.byteCount }

  var encoded: [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: generation)
    bytes.append(littleEndian: sequence)
    bytes.append(littleEndian: segment)
    bytes.append(littleEndian: UInt32(isClean ? 1 : 0))
    bytes.append(zeros: 4)
    bytes += storeID.bytes
    bytes.append(zeros: 4)
    bytes.appendChecksum()
    return bytes
  }

  init(storeID: StoreID, generation: UInt64, sequence: UInt64, segment: UInt64, isClean: Bool) {
    self.storeID = storeID
    self.generation = generation
    self.sequence = sequence
    self.segment = segment
    self.isClean = isClean
  }

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.byteCount, bytes.starts(with: Self.magic), bytes.hasValidChecksum,
      let storeID = StoreID(bytes: bytes.part(40..<56))
    else { return nil }
    self.storeID = storeID
    generation = bytes.number(at: 8)
    sequence = bytes.number(at: 16)
    segment = bytes.number(at: 24)
    isClean = bytes.number(at: 32, as: UInt32.self) == 1
    guard generation < .max, segment < Limits.lastSequence else { return nil }
  }

  /// The slot that counts in the bytes of the whole file.
  static func newest(in file: ArraySlice<UInt8>, storeID: StoreID) -> WatermarkSlot? {
    guard file.count == 2 * byteCount else { return nil }
    return [file.prefix(byteCount), file.suffix(byteCount)]
      .compactMap { WatermarkSlot($0) }
      .filter { $0.storeID == storeID }
      .max { $0.generation < $1.generation }
  }
}
