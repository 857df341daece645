import Wire

/// How Python writes names and texts.
enum PythonWords {
  static let columns = 100

  private static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
  ]

  /// A name as Python writes it, and that it does not need for itself.
  static func attribute(_ name: String) -> String {
    var found = ""
    var isBehindSmall = false
    for character in name {
      if character.isUppercase, isBehindSmall { found += "_" }
      found += isPlain(character) ? character.lowercased() : "_"
      isBehindSmall = isPlain(character) && !character.isUppercase
    }
    return keywords.contains(found) ? found + "_" : found
  }

  static func constant(_ name: String) -> String {
    let words = name.uppercased().split { !isPlain($0) }
    let found = words.joined(separator: "_")
    guard let first = found.first, !first.isNumber else {
      return found.isEmpty ? "VALUE" : "VALUE_" + found
    }
    return found
  }

  static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func errorName(_ kind: String) -> String {
    kind.camelCased + (kind.hasSuffix("error") ? "" : "Error")
  }

  /// `CampaignStats` becomes `Campaign stats.`
  static func sentence(of name: String) -> String {
    var words = ""
    let letters = Array(name)
    for (place, letter) in letters.enumerated() {
      let isAfterSmall = place > 0 && !letters[place - 1].isUppercase
      let isBeforeSmall = place + 1 < letters.count && letters[place + 1].isLowercase
      if place > 0, letter.isUppercase, isAfterSmall || isBeforeSmall { words += " " }
      words.append(letter)
    }
    return words.prefix(1) + words.dropFirst().lowercased() + "."
  }

  static func documentation(_ text: String, _ indent: String) -> String {
    var text = text.replacing(text: "\\", with: "\\\\").replacing(text: "\"\"\"", with: "'''")
    while text.last?.isWhitespace == true { text.removeLast() }
    if text.hasSuffix("\"") { text += " " }
    if indent.count + text.count + 6 <= columns, !text.contains("\n") {
      return "\(indent)\"\"\"\(text)\"\"\"\n"
    }
    let blocks = text.split(separator: "\n", omittingEmptySubsequences: false).map { block in
      let spaces = block.prefix { $0 == " " }.count
      let hanging = spaces > 0 ? String(repeating: " ", count: spaces + 4) : ""
      return String(block).wrapped(columns: columns, first: indent, others: indent + hanging)
    }
    let body = blocks.joined(separator: "\n").drop { $0.isWhitespace }
    return "\(indent)\"\"\"\(body)\n\(indent)\"\"\"\n"
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }
}
