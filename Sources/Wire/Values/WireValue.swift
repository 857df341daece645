/// Anything that a field can hold: it has a JSON form, a binary form and a description.
public protocol WireValue: Sendable {
  /// Reads one value; the reader stands at its first byte and afterwards behind its last.
  static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self
  func write(_ writer: inout JSONWriter)

  /// Every value takes at least one byte, so that a count can be checked against what is left.
  static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self
  func writeBinary(_ writer: inout BinaryWriter)

  static func describe(_ recorder: inout SchemaRecorder) -> Schema

  /// The value of a field that is not there; nil where the field is required.
  static var absent: Self? { get }
  /// True where the field is left out when written, as `Patch.keep` is.
  var isOmitted: Bool { get }
  /// True where `write` gives null; an omittable field is then left out.
  var isNull: Bool { get }
}

extension WireValue {
  @inlinable
  public static var absent: Self? { nil }

  @inlinable
  public var isOmitted: Bool { false }

  @inlinable
  public var isNull: Bool { false }
}
