import Testing
import Wire

@testable import ModelContext

struct VisibleTextTests {
  @Test(arguments: [
    ("Meera", "Meera"), ("a\nb\tc", "a\nb\tc"), ("", ""), ("é ✓ 日本語 नमस्ते", "é ✓ 日本語 नमस्ते"),
    // Joiners, and the choice between text and picture.
    ("\u{1F468}\u{200D}\u{1F469}", "\u{1F468}\u{200D}\u{1F469}"),
    ("\u{0928}\u{200C}\u{0928}", "\u{0928}\u{200C}\u{0928}"), ("❤\u{FE0F}", "❤\u{FE0F}"),
    ("a\u{202E}b", "a[U+202E]b"),
    ("\u{0}\u{1B}[2J\u{7F}\u{9B}", "[U+0000][U+001B][2J[U+007F][U+009B]"),
    ("\u{200B}\u{2060}\u{FEFF}", "[U+200B][U+2060][U+FEFF]"),
    ("hi\u{E0069}\u{E0067}", "hi[U+E0069][U+E0067]"), ("x\u{E0100}", "x[U+E0100]"),
    ("\u{3164}\u{115F}\u{2800}", "[U+3164][U+115F][U+2800]"),
    ("a\u{2028}b\u{85}", "a[U+2028]b[U+0085]"),
    ("a\rb", "a[U+000D]b"),
  ])
  func `nothing is hidden`(_ text: String, _ shown: String) {
    #expect(Array(VisibleText.of(text).utf8) == Array(shown.utf8))
  }

  @Test func `texts at any depth are shown, and nothing else is changed`() {
    let value = JSONValue.object([
      ("a", .array([.string("\u{202E}x"), .number("1e3"), .null, .bool(true)])),
      ("\u{202E}", .object([("b", .string("ok"))])),
    ])
    let shown = JSONValue.object([
      ("a", .array([.string("[U+202E]x"), .number("1e3"), .null, .bool(true)])),
      ("\u{202E}", .object([("b", .string("ok"))])),
    ])
    #expect(VisibleText.of(value) == shown)
  }
}
