import Testing

/// Texts that a parser of RFC 8259 must accept, must refuse, or may treat as it likes.
struct TextCase: CustomTestStringConvertible {
  let note: String
  let bytes: [UInt8]

  init(_ note: String, _ text: String) {
    self.init(note, Array(text.utf8))
  }

  init(_ note: String, _ bytes: [UInt8]) {
    self.note = note
    self.bytes = bytes
  }

  /// A text whose middle is given as bytes.
  init(_ note: String, quoted bytes: [UInt8]) {
    self.init(note, [0x22] + bytes + [0x22])
  }

  var testDescription: String { note }
}

func nested(_ depth: Int, _ open: String = "[", _ close: String = "]", _ core: String = "")
  -> String
{
  String(repeating: open, count: depth) + core + String(repeating: close, count: depth)
}

extension TextCase {
  static let accepted: [TextCase] = scalars + numbers + strings + containers

  private static let scalars: [TextCase] = [
    TextCase("true alone", "true"),
    TextCase("false alone", "false"),
    TextCase("null alone", "null"),
    TextCase("a text alone", "\"a\""),
    TextCase("an empty text", "\"\""),
    TextCase("a number alone", "42"),
    TextCase("space before and after", " \t\r\n1 \t\r\n"),
    TextCase("a line feed at the end", "{}\n"),
  ]

  private static let numbers: [TextCase] = [
    "0", "-0", "1", "-1", "10", "9007199254740993", "9223372036854775808", "-9223372036854775808",
    "123456789012345678901234567890", "0.5", "-0.5", "1.0", "1.000", "1e0", "1E0", "1e+0", "1e-0",
    "10e-1", "1e400", "-1e400", "1e-400", "0e0", "0.0e0", "1.5e3", "1E+2", "1e00", "1e0001", "0.10",
    "1e99999999999999999999",
  ].map { TextCase("the number \($0)", $0) }

  private static let strings: [TextCase] = [
    TextCase("each short escape", #""\"\\\/\b\f\n\r\t""#),
    TextCase("a unicode escape", #""\u0041""#),
    TextCase("hexadecimal digits of both cases", #""\u00e9\u00E9""#),
    TextCase("an escaped NUL", #""\u0000""#),
    TextCase("escaped controls", #""\u0001\u001f""#),
    TextCase("an escaped surrogate pair", #""\ud83c\udf89""#),
    TextCase("the last surrogate pair", #""\uDBFF\uDFFF""#),
    TextCase("two pairs in a row", #""\ud83c\udf89\ud83c\udf89""#),
    TextCase("an escaped noncharacter", #""\uFFFF""#),
    TextCase("DEL unescaped", quoted: [0x7F]),
    TextCase("two bytes of UTF-8", "\"é\""),
    TextCase("three bytes of UTF-8", "\"मीरा\""),
    TextCase("four bytes of UTF-8", "\"🎉\""),
    TextCase("the smallest of two bytes", quoted: [0xC2, 0x80]),
    TextCase("the smallest of three bytes", quoted: [0xE0, 0xA0, 0x80]),
    TextCase("the smallest of four bytes", quoted: [0xF0, 0x90, 0x80, 0x80]),
    TextCase("the last before the surrogates", quoted: [0xED, 0x9F, 0xBF]),
    TextCase("the first after the surrogates", quoted: [0xEE, 0x80, 0x80]),
    TextCase("U+10FFFF", quoted: [0xF4, 0x8F, 0xBF, 0xBF]),
    TextCase("U+FFFE, a noncharacter", quoted: [0xEF, 0xBF, 0xBE]),
    TextCase("the line separators of JavaScript", "\"\u{2028}\u{2029}\""),
    TextCase("a mark U+FEFF inside a text", "\"\u{FEFF}\""),
    TextCase("a comment inside a text", "\"a /* b */ // c\""),
    TextCase("a slash unescaped", "\"/\""),
    TextCase("an apostrophe", "\"it's\""),
    TextCase("an escape as the eighth byte", #""1234567\n9""#),
    TextCase("a quote as the eighth byte", #""1234567""#),
    TextCase("UTF-8 across the eighth byte", "\"1234567é9\""),
    TextCase("a long plain text", "\"" + String(repeating: "x", count: 1000) + "\""),
  ]

  private static let containers: [TextCase] = [
    TextCase("an empty array", "[]"),
    TextCase("an empty array with space", "[ \n]"),
    TextCase("an empty object", "{}"),
    TextCase("an empty object with space", "{\t}"),
    TextCase("one element", "[1]"),
    TextCase("elements of every kind", #"[null,true,false,1,"a",[],{}]"#),
    TextCase("space around elements", "[ 1 , 2 ]"),
    TextCase("line ends of Windows", "{\r\n\"a\":\r\n1\r\n}"),
    TextCase("an empty key", #"{"":1}"#),
    TextCase("an escaped key", #"{"\u0061":1}"#),
    TextCase("a key beyond ASCII", #"{"é":1}"#),
    TextCase("members of every kind", #"{"a":null,"b":true,"c":1,"d":"x","e":[],"f":{}}"#),
    TextCase("space around members", "{ \"a\" : 1 , \"b\" : 2 }"),
    TextCase("an object in an array in an object", #"{"a":[{"b":[]}]}"#),
    TextCase("brackets inside a text", #"["]}{[,:"]"#),
    TextCase("64 arrays", nested(64)),
    TextCase("64 objects", nested(63, "{\"a\":", "}", "{}")),
    TextCase("64 of both", nested(32, "[{\"a\":", "}]", "1")),
    TextCase("64 arrays twice", "[" + nested(63) + "," + nested(63) + "]"),
    TextCase(
      "a thousand elements", "[" + Array(repeating: "0", count: 1000).joined(separator: ",") + "]"),
  ]

  static let refused: [TextCase] =
    refusedWords + refusedNumbers + refusedStrings + refusedContainers

  private static let refusedWords: [TextCase] = [
    TextCase("nothing", ""),
    TextCase("space only", " \n"),
    TextCase("a NUL", [0]),
    TextCase("a NUL behind a value", [0x31, 0]),
    TextCase("True", "True"),
    TextCase("TRUE", "TRUE"),
    TextCase("tru", "tru"),
    TextCase("truee", "truee"),
    TextCase("nul", "nul"),
    TextCase("null in capitals", "NULL"),
    TextCase("nil", "nil"),
    TextCase("undefined", "undefined"),
    TextCase("NaN", "NaN"),
    TextCase("Infinity", "Infinity"),
    TextCase("-Infinity", "-Infinity"),
    TextCase("a bare word", "abc"),
    TextCase("a text in apostrophes", "'a'"),
    TextCase("two values", "1 2"),
    TextCase("two objects", "{}{}"),
    TextCase("a comma behind the value", "1,"),
    TextCase("a form feed as space", "[\u{0C}1]"),
    TextCase("a vertical tab as space", "[\u{0B}1]"),
    TextCase("a no-break space", "[\u{A0}1]"),
    TextCase("a mark U+2060 as space", "\u{2060}1"),
    TextCase("a line comment", "1 // one"),
    TextCase("a block comment", "/* one */ 1"),
    TextCase("a hash comment", "# one\n1"),
    TextCase("a colon alone", ":"),
    TextCase("a comma alone", ","),
    TextCase("UTF-16", [0xFF, 0xFE, 0x31, 0x00]),
    TextCase("a lone byte beyond ASCII", [0xE9]),
  ]

  private static let refusedNumbers: [TextCase] = [
    "01", "-01", "00", "+1", "++1", "--1", "-", "-a", ".5", "-.5", "1.", "1.e1", "1..2", "1.2.3",
    "1e",
    "1e+", "1e-", "1ee1", "1e1.5", "e1", "0x10", "1_000", "1,000", "1 000", "0b1", "1f", "1n", "１",
    "-é", "1e5e5", "- 1", "2.", "0.", "0e", "1a",
  ].map { TextCase("the number \($0)", $0) }

  private static let refusedStrings: [TextCase] = [
    TextCase("a text without end", "\"a"),
    TextCase("a quote alone", "\""),
    TextCase("a backslash at the end", #""\"#),
    TextCase("an escaped quote at the end", #""\""#),
    TextCase("a raw line feed", "\"a\nb\""),
    TextCase("a raw tab", "\"a\tb\""),
    TextCase("a raw NUL", quoted: [0x00]),
    TextCase("a raw U+001F", quoted: [0x1F]),
    TextCase(
      "a raw control as the eighth byte", quoted: Array("1234567".utf8) + [0x01] + Array("9".utf8)),
    TextCase("the escape \\a", #""\a""#),
    TextCase("the escape \\x41", #""\x41""#),
    TextCase("the escape \\'", #""\'""#),
    TextCase("the escape \\0", #""\0""#),
    TextCase("the escape \\U0041", #""\U0041""#),
    TextCase("an escaped line feed", "\"\\\n\""),
    TextCase("an escaped é", "\"\\é\""),
    TextCase("\\u without digits", #""\u""#),
    TextCase("\\u with three digits", #""\u004""#),
    TextCase("\\u with a letter that is no digit", #""\u00g1""#),
    TextCase("\\u with a sign", #""\u+041""#),
    TextCase("\\u with braces", #""\u{41}""#),
    TextCase("a lone byte 0x80", quoted: [0x80]),
    TextCase("a lone byte 0xFF", quoted: [0xFF]),
    TextCase("a slash overlong in two bytes", quoted: [0xC0, 0xAF]),
    TextCase("a slash overlong in three bytes", quoted: [0xE0, 0x80, 0xAF]),
    TextCase("a slash overlong in four bytes", quoted: [0xF0, 0x80, 0x80, 0xAF]),
    TextCase("a NUL overlong", quoted: [0xC0, 0x80]),
    TextCase("U+07FF overlong", quoted: [0xE0, 0x9F, 0xBF]),
    TextCase("U+FFFF overlong", quoted: [0xF0, 0x8F, 0xBF, 0xBF]),
    TextCase("a surrogate as UTF-8", quoted: [0xED, 0xA0, 0x80]),
    TextCase("a surrogate pair as UTF-8", quoted: [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]),
    TextCase("beyond U+10FFFF", quoted: [0xF4, 0x90, 0x80, 0x80]),
    TextCase("a lead byte 0xF5", quoted: [0xF5, 0x80, 0x80, 0x80]),
    TextCase("five bytes", quoted: [0xF8, 0x88, 0x80, 0x80, 0x80]),
    TextCase("two of three bytes", quoted: [0xE0, 0xA0]),
    TextCase("three of four bytes", quoted: [0xF0, 0x90, 0x80]),
    TextCase("the end inside a scalar", [0x22, 0xE0, 0xA0]),
    TextCase("the end behind a lead byte", [0x22, 0xC3]),
    TextCase("a wrong third byte", quoted: [0xE1, 0x80, 0x41]),
    TextCase("a wrong fourth byte", quoted: [0xF1, 0x80, 0x80, 0xC0]),
    TextCase("Latin-1", quoted: [0x63, 0x61, 0x66, 0xE9]),
    TextCase("UTF-8 outside a text", "[é]"),
  ]

  private static let refusedContainers: [TextCase] = [
    "[", "]", "{", "}", "[1", "[1,", "[,", "[,]", "[,1]", "[1,]", "[1,,2]", "[1 2]", "[1}", "{]",
    "[[]",
    "[]]", "[1]]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"a\":}",
    "{\"a\" 1}",
    "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{,}", "{,\"a\":1}", "{a:1}", "{'a':1}", "{1:1}",
    "{null:1}", "{\"a\"::1}", "{\"a\":1:2}", "{\"a\",1}", "{\"a\"}", "{[]:1}", "{\"a\":1]",
    "[\"a\":1]",
    "[a", "[\"a\",", "[1:2]", "{\"a\":1}}", "[1,\n", "[/**/]", "{\"a\":1/**/}", "[1,#\n2]", "<a>",
    "(1)",
    "[true,false,nul]", "[-]", "[\"\\u00A\"]", "{\"a\nb\":1}", "{\"a", "[\"", "{\"\\ud800\":1}",
  ].map { TextCase("the container \($0)", $0) }

  /// RFC 8259 leaves these open. The choice here is to refuse them, each with its reason.
  static let freeAndRefused: [TextCase] = [
    TextCase("section 9: deeper than 64, by arrays", nested(65)),
    TextCase("section 9: deeper than 64, by objects", nested(64, "{\"a\":", "}", "{}")),
    TextCase("section 9: 100,000 open brackets", String(repeating: "[", count: 100_000)),
    TextCase("section 9: 100,000 open objects", String(repeating: "{\"a\":", count: 100_000)),
    TextCase(
      "section 8.1: a mark before the text; a stream's first may be cut off before", "\u{FEFF}1"),
    TextCase("section 8.2: a high surrogate alone is no text", #""\uD800""#),
    TextCase("section 8.2: a low surrogate alone", #""\uDC00""#),
    TextCase("section 8.2: a high surrogate before a letter", #""\uD800a""#),
    TextCase("section 8.2: a high surrogate before another escape", #""\uD800\n""#),
    TextCase("section 8.2: a high surrogate before a plain \\u", #""\uD800\u0041""#),
    TextCase("section 8.2: two high surrogates", #""\uD800\uD800""#),
    TextCase("section 8.2: surrogates the wrong way round", #""\uDC00\uD800""#),
    TextCase("section 8.2: a pair and half of one", #""\ud83c\udf89\ud83c""#),
  ]

  /// Open as well. The grammar check lets these pass: what they mean is for a field to say.
  static let freeAndAccepted: [TextCase] = [
    TextCase("section 6: a number beyond any integer", "1e400"),
    TextCase(
      "section 6: a number with more digits than a double has",
      "0.1000000000000000055511151231257827"),
    TextCase("section 6: negative zero", "-0.0"),
    TextCase("section 4: equal names, until an object is read", #"{"a":1,"a":2}"#),
    TextCase("section 2: a scalar at the top", "\"text\""),
    TextCase("section 8.2: an escaped noncharacter", #""\uFDD0""#),
  ]
}
