import Wire

/// Text as a model may see it: nothing in it is hidden. What guests wrote may hold characters that
/// people do not see and models read, such as tags and marks that turn the direction of a line; each is
/// told by its number, `[U+202E]`.
enum VisibleText {
  static func of(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(of(text))
    case .array(let elements): .array(elements.map(of))
    case .object(let members): .object(members.map { ($0.0, of($0.1)) })
    case .null, .bool, .number: value
    }
  }

  static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        shown += "[U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "]"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Joiners and the choice between text and picture stay: names of half of the world and most emoji
  /// need them. So do line feed and tab.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x7F || scalar.value < 0x20 else { return false }
    switch scalar.value {
    case 0x09, 0x0A, 0x200C, 0x200D, 0xFE0E, 0xFE0F: return false
    // A blank of Braille is a letter by its class, and is as empty as a space.
    case 0x2800: return true
    default:
      if scalar.properties.isDefaultIgnorableCodePoint { return true }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return true
      default: return false
      }
    }
  }
}
