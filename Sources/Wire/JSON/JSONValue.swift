/// A JSON value without a type, for those who need to look around in one.
public indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// Its text: a number is exact until a field gives it a type.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// The keys differ from one another; their order is kept.
  case object([(String, JSONValue)])

  /// The member of an object; nil for other values.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { isSameText($0.0, key) }?.1
  }

  /// The element of an array; nil beyond its end and for other values.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}

extension JSONValue? {
  /// Those of an array; none for other values.
  package var elements: [JSONValue] {
    if case .array(let elements)? = self { elements } else { [] }
  }
}

/// Members are compared by name, as the order of an object carries nothing (RFC 8259 section 4).
/// Numbers are compared by spelling.
extension JSONValue: Equatable {
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.string(let one), .string(let other)): isSameText(one, other)
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)):
      one.count == other.count && haveSameMembers(one, other)
    case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
    }
  }

  private static func haveSameMembers(
    _ one: [(String, JSONValue)], _ other: [(String, JSONValue)]
  ) -> Bool {
    let members = Dictionary(
      other.map { (ExactName(text: $0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
    return one.allSatisfy { members[ExactName(text: $0.0)] == $0.1 }
  }
}

extension JSONValue: WireValue {
  /// Recurses, since a checked text is no deeper than `JSON.maximumDepth`.
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> JSONValue {
    switch reader.kind {
    case .null:
      _ = reader.takeNull()
      return .null
    case .boolean: return .bool(try reader.boolean())
    case .text: return .string(try reader.text())
    case .array: return .array(try [JSONValue].read(&reader, .none))
    case .object: return .object(try WireMap<JSONValue>.read(&reader, .none).entries)
    case .number: return .number(reader.numberText())
    }
  }

  public func write(_ writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .number(let text): writer.raw(Array(text.utf8))
    case .string(let text): writer.string(text)
    case .array(let elements): elements.write(&writer)
    case .object(let members):
      var map = WireMap<JSONValue>()
      map.entries = members
      map.write(&writer)
    }
  }

  /// The binary form is the text: such values are rare in records.
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> JSONValue {
    let raw = try RawJSON.readBinary(&reader)
    do throws(WireError) {
      return try JSON.decode(JSONValue.self, from: raw.bytes)
    } catch {
      throw reader.damaged("expected JSON inside the record: \(error.message)")
    }
  }

  public func writeBinary(_ writer: inout BinaryWriter) {
    writer.data(JSON.encode(self))
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema { .any }

  public var isNull: Bool { self == .null }
}
