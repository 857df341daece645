import Testing
import Wire

struct SHA256Tests {
  struct Vector: Sendable {
    let text: String
    let digest: String
  }

  /// FIPS 180-4's examples, and lengths on each side of where the padding needs a block more.
  static let vectors = [
    Vector(
      text: "", digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Vector(
      text: "abc", digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Vector(
      text: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      digest: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    Vector(
      text: "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      digest: "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
    Vector(
      text: String(repeating: "x", count: 55),
      digest: "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072"),
    Vector(
      text: String(repeating: "x", count: 56),
      digest: "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e"),
    Vector(
      text: String(repeating: "x", count: 63),
      digest: "75220b47218278e656f2013bb8f0c455a25eaf01e86c64924e9d48d89776d6f2"),
    Vector(
      text: String(repeating: "x", count: 64),
      digest: "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c"),
    Vector(
      text: String(repeating: "x", count: 119),
      digest: "000b48d4edf0fa7bee3c6236ecd2785baa5db4eeb8bb54341b029e0d9fa5fb0c"),
    Vector(
      text: String(repeating: "x", count: 120),
      digest: "13f05a0b594787f5ecd315edc96141bd3243203d1b7d4f0836f37308b276ba98"),
  ]

  @Test(arguments: vectors)
  func `a text has the digest that the standard gives`(vector: Vector) {
    #expect(Hexadecimal.text(SHA256.hash(vector.text.utf8)) == vector.digest)
  }

  @Test func `a million letters have the digest that the standard gives`() {
    var digest = SHA256()
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    letters.withUnsafeBytes { digest.update($0) }
    #expect(
      Hexadecimal.text(digest.finish())
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(arguments: [1, 3, 55, 63, 64, 65, 127, 128])
  func `pieces of any size have the digest of the whole`(size: Int) {
    let text = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var digest = SHA256()
    for start in stride(from: 0, to: text.count, by: size) {
      digest.update(text[start..<min(start + size, text.count)])
    }
    #expect(digest.finish() == SHA256.hash(text))
  }

  @Test func `a digest may be asked for on the way`() {
    var digest = SHA256()
    digest.update("ab".utf8)
    #expect(digest.finish() == SHA256.hash("ab".utf8))
    digest.update("c".utf8)
    #expect(digest.finish() == SHA256.hash("abc".utf8))
  }
}

struct HexadecimalTests {
  @Test func `bytes come back from their digits`() {
    let bytes = (0...255).map { UInt8($0) }
    let text = Hexadecimal.text(bytes)
    #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
    #expect(Hexadecimal.bytes(text) == bytes)
    #expect(Hexadecimal.bytes(text.uppercased()) == bytes)
  }

  @Test(arguments: ["0", "0g", "g0", "é", " 0", "0x00"])
  func `other texts are no bytes`(text: String) {
    #expect(Hexadecimal.bytes(text) == nil)
  }
}
