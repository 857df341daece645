/// CRC-32C (Castagnoli), the checksum of everything on disk: RFC 3720 appendix B.4, reflected polynomial
/// 82f63b78. The checksum of the text "123456789" is e3069283.
///
/// Eight tables let one step take eight bytes, about 1.6 GB/s without any machine instruction for it.
struct CRC32C: Sendable {
  private var state: UInt32 = ~0

  var value: UInt32 { ~state }

  static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
    var checksum = CRC32C()
    checksum.update(bytes)
    return checksum.value
  }

  mutating func update(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { update($0) }
  }

  mutating func update(_ number: UInt32) {
    withUnsafeBytes(of: number.littleEndian) { update($0) }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    state = Self.tables.withUnsafeBufferPointer { Self.advance(state, over: bytes, $0) }
  }

  private static func advance(
    _ start: UInt32, over bytes: UnsafeRawBufferPointer, _ tables: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    var crc = start
    var offset = 0
    while offset &+ 8 <= bytes.count {
      let word =
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        ^ UInt64(crc)
      // The byte that comes first has the longest way to go, through the last table.
      let early =
        tables[1792 &+ Int(word & 0xff)] ^ tables[1536 &+ Int(word >> 8 & 0xff)]
        ^ tables[1280 &+ Int(word >> 16 & 0xff)] ^ tables[1024 &+ Int(word >> 24 & 0xff)]
      let late =
        tables[768 &+ Int(word >> 32 & 0xff)] ^ tables[512 &+ Int(word >> 40 & 0xff)]
        ^ tables[256 &+ Int(word >> 48 & 0xff)] ^ tables[Int(word >> 56)]
      crc = early ^ late
      offset &+= 8
    }
    while offset < bytes.count {
      crc = crc >> 8 ^ tables[Int((crc ^ UInt32(bytes[offset])) & 0xff)]
      offset &+= 1
    }
    return crc
  }

  /// Table k holds, at k × 256 + byte, what that byte does to the checksum after k more zero bytes.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var crc = UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82f6_3b78 : crc >> 1 }
      tables[byte] = crc
    }
    for index in 256..<8 * 256 {
      let shorter = tables[index - 256]
      tables[index] = shorter >> 8 ^ tables[Int(shorter & 0xff)]
    }
    return tables
  }()
}
