import Wire

/// A number that stands for a text that many rows share: a category, a tag, a key, a reason.
package struct Symbol: Hashable, Comparable, Sendable {
  package var rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let none = Symbol(rawValue: 0)
  package var isNone: Bool { rawValue == 0 }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Symbol: WireValue {
  package static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    Symbol(rawValue: try UInt32.read(&reader, rule))
  }

  package func write(_ writer: inout JSONWriter) { rawValue.write(&writer) }

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    Symbol(rawValue: try UInt32.readBinary(&reader))
  }

  package func writeBinary(_ writer: inout BinaryWriter) { rawValue.writeBinary(&writer) }

  package static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    UInt32.describe(&recorder)
  }
}

/// Texts by number, in the order of their first use. Events carry texts, never symbols, so a table
/// may be rebuilt; only `State.apply` adds to it.
package struct SymbolTable: Sendable {
  package private(set) var texts: [String] = []
  private var numbers: [String: Symbol] = [:]
  /// The texts as conditions compare them, and who shares one of those.
  private var foldedTexts: [FoldedText] = []
  private var symbolsByFoldedText: [FoldedText: [Symbol]] = [:]

  package init() {}

  package init(texts: [String]) {
    for text in texts { _ = intern(text) }
  }

  /// The symbol of a text that was seen before.
  package func symbol(of text: String) -> Symbol? {
    text.isEmpty ? Symbol.none : numbers[text]
  }

  /// Symbols of all texts that differ from this one in case and accents at most.
  package func symbols(like text: String) -> [Symbol] {
    text.isEmpty ? [.none] : symbolsByFoldedText[FoldedText(keepingPunctuation: text)] ?? []
  }

  package func folded(_ symbol: Symbol) -> FoldedText {
    symbol.isNone ? FoldedText("") : foldedTexts[Int(symbol.rawValue) - 1]
  }

  package mutating func intern(_ text: String) -> Symbol {
    if text.isEmpty { return .none }
    if let known = numbers[text] { return known }
    texts.append(text)
    let symbol = Symbol(rawValue: UInt32(texts.count))
    numbers[text] = symbol
    let folded = FoldedText(keepingPunctuation: text)
    foldedTexts.append(folded)
    symbolsByFoldedText[folded, default: []].append(symbol)
    return symbol
  }

  package subscript(symbol: Symbol) -> String {
    symbol.isNone ? "" : texts[Int(symbol.rawValue) - 1]
  }

  package var count: Int { texts.count }
}
