import Testing

@testable import Persistence

@Test func `the checksum of the check text is that of the standard`() {
  #expect(CRC32C.checksum(of: Array("123456789".utf8)[...]) == 0xe306_9283)
}

/// RFC 3720 appendix B.4.
@Test(
  arguments: [
    ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
    ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
    (Array(0..<32), 0x46dd_794e), (Array((0..<32).reversed()), 0x113f_db5c), ([], 0),
  ] as [([UInt8], UInt32)])
func `the checksums of the examples are those of the standard`(
  _ bytes: [UInt8], _ checksum: UInt32
) {
  #expect(CRC32C.checksum(of: bytes[...]) == checksum)
}

@Test func `a checksum does not depend on how the bytes were cut`() {
  let bytes = (0..<100).map { UInt8($0 * 37 % 251) }
  let whole = CRC32C.checksum(of: bytes[...])
  for cut in 0...bytes.count {
    var checksum = CRC32C()
    checksum.update(bytes[..<cut])
    checksum.update(bytes[cut...])
    #expect(checksum.value == whole)
  }
}
