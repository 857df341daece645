import Wire

/// A text of a row. A value of another kind is kept as one, so that it refuses its row and not all
/// that came with it.
enum RowText: Equatable, Sendable {
  case text(String)
  case other

  var text: String? { if case .text(let text) = self { text } else { nil } }
}

extension RowText: WireValue {
  static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    switch reader.kind {
    case .text: return .text(try String.read(&reader, rule))
    case .number, .boolean, .null, .array, .object:
      _ = try JSONValue.read(&reader, .none)
      return .other
    }
  }

  func write(_ writer: inout JSONWriter) { (text ?? "").write(&writer) }

  static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    .text(try reader.string())
  }

  func writeBinary(_ writer: inout BinaryWriter) { writer.string(text ?? "") }

  static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    String.describe(&recorder)
  }
}
