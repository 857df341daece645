import Testing
import Wire

struct StringTests {
  @Test(arguments: [
    (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\u0930\u20AC""#, "A\u{E9}\u{930}\u{20AC}"), (#""\u0000""#, "\u{0}"),
    (#""\ud83c\udf89""#, "🎉"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uFFFF""#, "\u{FFFF}"),
    (#""12345678\u0041""#, "12345678A"), (#""\\\\""#, #"\\"#), (#""\\u0041""#, #"\u0041"#),
    (#""é मीरा 🎉""#, "é मीरा 🎉"), (#""éé\néé""#, "éé\néé"), (#""\"""#, "\""),
  ])
  func `a text is read as what it says`(json: String, value: String) throws {
    let found = try read(String.self, json)
    #expect(Array(found.utf8) == Array(value.utf8))
    #expect(Array(try read([String].self, "[ \(json) ]")[0].utf8) == Array(value.utf8))
  }

  @Test
  func `every scalar can be read escaped and comes back`() throws {
    for number in stride(from: 0 as UInt32, through: 0x10FFFF, by: 97) {
      guard let scalar = UnicodeScalar(number) else { continue }
      let units = Array(String(scalar).utf16)
      let json = "\"" + units.map { "\\u" + hexadecimal($0) }.joined() + "\""
      let value = try read(String.self, json)
      #expect(Array(value.unicodeScalars) == [scalar])
      #expect(try read(String.self, text(value)) == value)
    }
  }

  private func hexadecimal(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  @Test(arguments: [
    ("", #""""#), ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#), ("/", #""/""#),
    ("\n\t\r\u{8}\u{C}", #""\n\t\r\b\f""#), ("\u{0}\u{1}\u{1F}", #""\u0000\u0001\u001f""#),
    ("\u{7F}", "\"\u{7F}\""), ("é\u{2028}🎉", "\"é\u{2028}🎉\""), ("1234567\n9", #""1234567\n9""#),
    ("12345678\u{10}", #""12345678\u0010""#), ("\"", #""\"""#),
  ])
  func `only quotes, backslashes and controls are escaped`(value: String, json: String) {
    #expect(text(value) == json)
  }

  @Test
  func `a text of any length and any place of an escape is written whole`() throws {
    for length in 0...70 {
      let plain = String(repeating: "x", count: length)
      #expect(text(plain) == "\"\(plain)\"")
      for place in 0...length {
        let value =
          String(repeating: "x", count: place) + "\u{1}"
          + String(repeating: "y", count: length - place)
        #expect(try read(String.self, text(value)) == value)
      }
    }
  }

  @Test
  func `the length of a text counts Unicode scalars`() {
    struct Named: WireObject {
      var name = ""
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
        try visit.field("name", &name, "", .length(2...4))
      }
    }
    #expect(failure(Named.self, #"{"name":"🎉🎉🎉🎉"}"#) == nil)
    #expect(failure(Named.self, #"{"name":"e\u0301"}"#) == nil)
    #expect(failure(Named.self, #"{"name":"🎉"}"#)?.reason == "too_short")
    #expect(failure(Named.self, #"{"name":"abcde"}"#)?.reason == "too_long")
    #expect(
      failure(Named.self, #"{"name":""}"#)?.description
        == "name: expected 2 to 4 characters; found 0")
  }

  @Test(arguments: [
    (1...1, "exactly 1 character"), (0...3, "at most 3 characters"),
    (3...Int.max, "at least 3 characters"), (1...1000, nil),
  ])
  func `a length is said in words`(range: ClosedRange<Int>, expected: String?) {
    struct Limited: WireObject {
      @TaskLocal static var range = 0...0
      var value = ""
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
        try visit.field("value", &value, "", .length(Self.range))
      }
    }
    Limited.$range.withValue(range) {
      let json = range.upperBound == .max ? #"{"value":"ab"}"# : #"{"value":"abcd"}"#
      let message = failure(Limited.self, json)?.message
      #expect(
        message == expected.map { "expected \($0); found \(range.upperBound == .max ? 2 : 4)" })
    }
  }

  @Test
  func `a pattern refuses without showing the text`() {
    struct Slugged: WireObject {
      var slug = ""
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
        try visit.field("slug", &slug, "", .pattern(.slug))
      }
    }
    let error = failure(Slugged.self, #"{"slug":"SECRET"}"#)
    #expect(error?.description == "slug: expected 1 to 8 of a-z; found a text of 6 characters")
    #expect(error?.reason == "bad_format")
  }
}
