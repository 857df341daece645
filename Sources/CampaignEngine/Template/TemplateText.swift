import Wire

/// Texts of templates: places are names or numbers in double braces, as WhatsApp writes them.
package enum TemplateText {
  package static func placeNames(in text: String) -> [String] {
    var names: [String] = []
    var rest = text[...]
    while let open = rest.firstRange(ofText: "{{") {
      guard let close = rest[open.upperBound...].firstRange(ofText: "}}") else { return names }
      names.append(String(rest[open.upperBound..<close.lowerBound].trimmed))
      rest = rest[close.upperBound...]
    }
    return names
  }

  /// The text with its places filled in; a place without a value stays as it is.
  package static func fill(_ text: String, with values: [(name: String, value: String)]) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstRange(ofText: "{{"),
      let close = rest[open.upperBound...].firstRange(ofText: "}}")
    {
      filled += rest[..<open.lowerBound]
      let name = rest[open.upperBound..<close.lowerBound].trimmed
      filled +=
        values.first { $0.name == name }?.value ?? String(rest[open.lowerBound..<close.upperBound])
      rest = rest[close.upperBound...]
    }
    return filled + rest
  }

  /// WhatsApp refuses values with line breaks, tabs or long runs of spaces (132018).
  package static func parameterValue(_ text: String) -> String {
    // Nearly all are as they should be, and every guest of a list is asked for theirs.
    text.utf8.isPlainlySpaced ? text : spaced(text)
  }

  static func spaced(_ text: String) -> String {
    var value = ""
    var isSpacePending = false
    for character in text {
      if character.isWhitespace {
        isSpacePending = !value.isEmpty
        continue
      }
      if isSpacePending { value.append(" ") }
      isSpacePending = false
      value.append(character)
    }
    return value
  }
}

extension String.UTF8View {
  /// ASCII without anything but single spaces between words.
  fileprivate var isPlainlySpaced: Bool {
    var isBehindSpace = true
    for byte in self {
      guard (0x20..<0x7F).contains(byte), byte != 0x20 || !isBehindSpace else { return false }
      isBehindSpace = byte == 0x20
    }
    return !isBehindSpace || isEmpty
  }
}
