import TestRandom
import Testing
import Wire

struct GrammarTests {
  @Test(arguments: TextCase.accepted + TextCase.freeAndAccepted)
  func `a text that follows the grammar passes`(_ text: TextCase) throws {
    try JSON.validate(text.bytes)
  }

  @Test(arguments: TextCase.accepted)
  func `a text that passes is read and written back with the same meaning`(
    _ text: TextCase
  ) throws {
    let value = try JSON.decode(JSONValue.self, from: text.bytes)
    let written = JSON.encode(value)
    #expect(try JSON.decode(JSONValue.self, from: written) == value)
    #expect(!written.contains(0x0A))
  }

  @Test(arguments: TextCase.refused)
  func `a text that breaks the grammar is refused where it breaks`(_ text: TextCase) throws {
    let error = try #require(throws: WireError.self) { try JSON.validate(text.bytes) }
    #expect(error.reason == "syntax")
    #expect(error.message.hasPrefix("expected "))
    #expect((0...text.bytes.count).contains(try #require(error.position)))
  }

  @Test(arguments: TextCase.freeAndRefused)
  func `a text that the grammar leaves open is refused by choice`(_ text: TextCase) throws {
    let error = try #require(throws: WireError.self) { try JSON.validate(text.bytes) }
    #expect(["syntax", "too_deep"].contains(error.reason))
  }

  @Test
  func `the tables hold a corpus`() {
    let count =
      TextCase.accepted.count + TextCase.refused.count + TextCase.freeAndRefused.count
      + TextCase.freeAndAccepted.count
    #expect(count >= 150)
  }

  @Test
  func `every beginning of a text is refused`() throws {
    let text = Array(#"{"a":[1.5e3,"x\u00e9\ud83c\udf89é🎉",true,null,{"b":{}}]}"#.utf8)
    try JSON.validate(text)
    for length in text.indices {
      #expect(throws: WireError.self, "\(length)") { try JSON.validate(Array(text[..<length])) }
    }
  }

  @Test
  func `nesting is counted as the caller wishes, up to 64`() throws {
    try JSON.validate(Array(nested(3).utf8), maximumDepth: 3)
    let error = #expect(throws: WireError.self) {
      try JSON.validate(Array(nested(4).utf8), maximumDepth: 3)
    }
    #expect(error?.reason == "too_deep")
    #expect(error?.position == 3)
    #expect(throws: WireError.self) {
      try JSON.validate(Array(nested(65).utf8), maximumDepth: 1000)
    }
    #expect(throws: WireError.self) { try JSON.validate(Array("[]".utf8), maximumDepth: 0) }
    try JSON.validate(Array("1".utf8), maximumDepth: 0)
  }

  @Test
  func `an error of the grammar says what stands where`() {
    let error = #expect(throws: WireError.self) { try JSON.validate(Array(#"{"a":tru}"#.utf8)) }
    #expect(error?.description == "expected a value; found t at byte 5")
    let end = #expect(throws: WireError.self) { try JSON.validate(Array("[1".utf8)) }
    #expect(end?.description == "expected a comma or ]; found the end at byte 2")
    let control = #expect(throws: WireError.self) { try JSON.validate([0x22, 0x01, 0x22]) }
    #expect(
      control?.description == "expected control characters to be escaped; found byte 0x01 at byte 1"
    )
  }

  /// Whatever the bytes are, the check answers, and what it passes can be read.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `no bytes make the check or the reader trap`(seed: UInt64) throws {
    var random = Random(seed: seed)
    let alphabet =
      Array(#"{}[]",:\u0019eE+-.truefalsn "#.utf8) + [0x80, 0xC3, 0xA9, 0xED, 0xF0, 0x0A]
    for _ in 0..<500 {
      let text = (0..<random.below(24)).map { _ in alphabet[random.below(alphabet.count)] }
      guard (try? JSON.validate(text)) != nil else { continue }
      do throws(WireError) {
        _ = try JSON.decode(JSONValue.self, from: text)
      } catch {
        #expect(error.reason == "duplicate_key", "seed \(seed): \(text)")
      }
    }
  }
}
