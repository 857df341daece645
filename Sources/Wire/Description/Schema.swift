/// The neutral description of a value, from which OpenRPC, clients and help are rendered.
public indirect enum Schema: Sendable, Equatable {
  case boolean
  case integer(ClosedRange<Int64>?)
  /// The length counts Unicode scalars; the pattern is an ECMA regular expression.
  case text(length: ClosedRange<Int>?, pattern: String?, format: String?)
  case enumeration([String], title: String)
  case array(Schema, count: ClosedRange<Int>?)
  /// Any further keys beside those that must be there; the count is of all.
  case map(Schema, count: ClosedRange<Int>? = nil, requiredKeys: [String] = [])
  case nullable(Schema)
  /// A text, a number or a truth value.
  case scalar
  case any
  /// A kind of its own; a rule of the field makes it a plain one again.
  case named(NamedScalar)
  /// To a named object in `SchemaRecorder.objects`.
  case reference(String)

  /// This value under a field's rule.
  func limited(by rule: Rule) -> Schema {
    switch self {
    case .integer(let range): .integer(rule.allowedRange ?? range)
    case .text(let length, let pattern, let format):
      .text(
        length: rule.allowedLength ?? length, pattern: rule.requiredPattern?.expression ?? pattern,
        format: format)
    case .array(let element, let count):
      .array(element.limited(by: rule.forElements), count: rule.allowedLength ?? count)
    case .map(let value, let count, let requiredKeys):
      .map(
        value.limited(by: rule.forElements), count: rule.allowedLength ?? count,
        requiredKeys: requiredKeys)
    case .nullable(let value): .nullable(value.limited(by: rule))
    case .named(let scalar):
      rule.restrictsScalars ? scalar.base.limited(by: rule) : self
    case .boolean, .enumeration, .scalar, .any, .reference: self
    }
  }
}

public struct SchemaField: Sendable, Equatable {
  public var name: String
  public var documentation: String
  public var schema: Schema
  /// Must be there when we read it.
  public var isRequired: Bool
  /// May be missing when we write it; all other fields of an answer are always there.
  public var isOmittable: Bool
  /// JSON of the value that an absent field has.
  public var defaultValue: [UInt8]?
  /// Absent keeps, null clears.
  public var isPatch: Bool

  public init(
    name: String, documentation: String, schema: Schema, isRequired: Bool,
    isOmittable: Bool = true, defaultValue: [UInt8]? = nil, isPatch: Bool = false
  ) {
    (self.name, self.documentation, self.schema) = (name, documentation, schema)
    (self.isRequired, self.isOmittable) = (isRequired, isOmittable)
    (self.defaultValue, self.isPatch) = (defaultValue, isPatch)
  }
}

public struct SchemaObject: Sendable {
  public enum Shape: Sendable {
    case fields([SchemaField], keepsUnknownKeys: Bool)
    /// Without `content` the fields of a case stand beside the tag.
    case union(
      tag: String, content: String?, cases: [(tag: String, fields: [SchemaField])],
      commonFields: [SchemaField])
  }

  public var name: String
  public var documentation: String
  public var shape: Shape
  /// Of the object itself. A `content` always keeps its unknown keys.
  public var keepsUnknownKeys: Bool
  /// What the tag of a union means.
  public var tagDocumentation: String
}
