import Wire

/// What a guest reads, by language: `{"*": "Thank you!", "id": "Terima kasih!"}`. `"*"` is required
/// and serves every language that is not listed.
package struct LocalizedText: WireValue, Equatable {
  package private(set) var byLanguage = WireMap<String>()

  package init() {}

  package init(_ everybody: String) { byLanguage = ["*": everybody] }

  /// An empty value stands for "no text here".
  package var isEmpty: Bool { byLanguage.isEmpty }

  /// The text for a language, else for its base language (`pt` for `pt_BR`), else for everybody.
  package func text(for language: String) -> String {
    own(language) ?? own(baseLanguage(of: language)) ?? byLanguage["*"] ?? ""
  }

  private func own(_ language: String) -> String? {
    byLanguage[language]
      ?? byLanguage.entries.first { isSameLanguage($0.key, language) }?.value
  }

  package func mapped(_ change: (String) -> String) -> LocalizedText {
    var text = self
    for place in text.byLanguage.entries.indices {
      text.byLanguage.entries[place].value = change(text.byLanguage.entries[place].value)
    }
    return text
  }

  package var texts: [String] { byLanguage.entries.map(\.value) }

  package static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    let start = reader
    var text = LocalizedText()
    text.byLanguage = try WireMap<String>.read(&reader, rule)
    guard text.byLanguage["*"] != nil else {
      var fault = start.failure("required", "expected a text for all other languages; found none")
      fault.path = #"["*"]"#
      throw fault
    }
    return text
  }

  package func write(_ writer: inout JSONWriter) { byLanguage.write(&writer) }

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    var text = LocalizedText()
    text.byLanguage = try WireMap<String>.readBinary(&reader)
    return text
  }

  package func writeBinary(_ writer: inout BinaryWriter) { byLanguage.writeBinary(&writer) }

  package static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .map(String.describe(&recorder), requiredKeys: ["*"])
  }
}

/// `pt` for `pt_BR` and `pt-BR`.
package func baseLanguage(of language: String) -> String {
  String(language.prefix { $0 != "_" && $0 != "-" })
}

/// A language as it is compared: `pt-BR`, `pt_BR` and `PT_br` are one.
package func languageKey(_ language: String) -> String {
  String(decoding: language.utf8.map(languageByte), as: UTF8.self)
}

/// The same without a string for each.
package func isSameLanguage(_ one: String, _ other: String) -> Bool {
  one == other
    || one.utf8.count == other.utf8.count
      && one.utf8.lazy.map(languageByte).elementsEqual(other.utf8.lazy.map(languageByte))
}

private func languageByte(_ byte: UInt8) -> UInt8 {
  switch byte {
  case 0x2D: 0x5F
  case 0x41...0x5A: byte + 0x20
  default: byte
  }
}
