import Testing
import Wire

struct HMACTests {
  /// Keys, texts and codes of RFC 4231, section 4.
  static let vectors: [(key: String, text: String, code: String)] = [
    (
      String(repeating: "0b", count: 20), "4869205468657265",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      String(repeating: "aa", count: 131),
      "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ]

  @Test(arguments: vectors.indices)
  func `codes are those of the standard`(_ place: Int) throws {
    let vector = Self.vectors[place]
    let key = try #require(Hexadecimal.bytes(vector.key))
    let text = try #require(Hexadecimal.bytes(vector.text))
    #expect(Hexadecimal.text(HMAC.sha256(text, key: key)) == vector.code)
  }

  @Test func `another key or another text gives another code`() {
    let code = HMAC.sha256("text".utf8, key: [1])
    #expect(code != HMAC.sha256("text".utf8, key: [2]))
    #expect(code != HMAC.sha256("texts".utf8, key: [1]))
  }

  /// Wherever the difference is, it counts.
  @Test func `secrets are the same only if every bit is`() {
    let hash = SHA256.hash("text".utf8)
    #expect(ConstantTime.isSame(hash, hash))
    for place in hash.indices {
      for bit in 0..<8 {
        var other = hash
        other[place] ^= 1 << UInt8(bit)
        #expect(!ConstantTime.isSame(hash, other))
      }
    }
    #expect(!ConstantTime.isSame(hash, Array(hash.dropLast())))
  }
}
