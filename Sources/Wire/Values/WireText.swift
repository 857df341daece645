/// A text with a meaning: a time, a duration, an identifier, a phone number.
///
/// The binary form is the text; conformers that are numbers inside override it.
public protocol WireText: WireValue {
  init?(wireText: String)
  var wireText: String { get }
  /// Stands in messages after "expected": `a time such as 2026-11-22T09:30:12.408Z`.
  static var expected: String { get }
  /// JSON Schema's name of the format, such as `date-time`.
  static var format: String? { get }
  /// ECMA regular expression for the schema.
  static var expression: String? { get }
  /// Its name in the schema: `CampaignId`.
  static var schemaName: String { get }
  /// What it means, in sentences, for the schema.
  static var documentation: String { get }
  static var example: String { get }
}

extension WireText {
  public static var format: String? { nil }
  public static var expression: String? { nil }
  public static var schemaName: String { typeName(of: Self.self) }

  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    let start = reader.index
    guard reader.current == ASCII.quote else { throw reader.wrongType(expected: expected) }
    let text = try String.read(&reader, rule)
    guard let value = Self(wireText: text) else {
      throw reader.badFormat(expected: expected, found: text, at: start)
    }
    return value
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    writer.string(wireText)
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    guard let value = Self(wireText: try reader.string()) else {
      throw reader.damaged("expected \(expected)")
    }
    return value
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    writer.string(wireText)
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .named(
      NamedScalar(
        name: schemaName, documentation: documentation,
        base: .text(length: nil, pattern: expression, format: format), example: "\"\(example)\""))
  }
}
