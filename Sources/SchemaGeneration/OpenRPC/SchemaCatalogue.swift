import JSONRPC
import Wire

/// The recorded objects by name.
struct SchemaObjects {
  private let byName: [String: SchemaObject]

  init(_ objects: [SchemaObject]) {
    byName = Dictionary(objects.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> SchemaObject {
    get throws(DescriptionFault) {
      guard let object = byName[name] else {
        throw DescriptionFault("\(name) is referred to and nowhere described.")
      }
      return object
    }
  }
}

/// Which fields of an object must be there.
enum Presence {
  /// Callers send it, and may leave out what has a value without them.
  case asRead
  /// We send it, and leave out only what is omittable.
  case asWritten

  func requires(_ field: SchemaField) -> Bool {
    switch self {
    case .asRead: field.isRequired
    case .asWritten: !field.isOmittable && !field.isPatch
    }
  }
}

/// A schema that others refer to.
enum NamedSchema {
  case object(SchemaObject, Presence)
  case enumeration([String])
  case scalar(NamedScalar)
  case anyValue

  static let anyValueName = "AnyValue"
}

/// A named schema with what is said of it, and where it stands.
struct Component {
  let schema: NamedSchema
  /// Of the first place that refers to it; of the first answer where there is one, which says what it
  /// is and not what it is wanted for.
  var description: String
  /// It stands in params, where unknown keys and words are refused.
  var isSent: Bool
  /// It stands in answers, which may grow within a version.
  var isAnswered: Bool
}

/// The named schemas that the methods lead to. The params of a method are no schema of their own,
/// unless something refers to them.
struct SchemaCatalogue {
  private var components: [String: Component] = [:]
  private let objects: SchemaObjects
  /// Which way the schemas go that are being added, and what is added on that way already.
  private var isAnswering = false
  /// Where nothing else is said of a type.
  private static let beginOfResults = "Result of"

  /// What is both sent and answered is described as callers may send it: everything answered fits
  /// that too. So params go first, and results find their objects taken.
  init(
    _ methods: [DocumentedMethod], _ notifications: [DocumentedNotification],
    _ objects: SchemaObjects
  ) throws(DescriptionFault) {
    self.objects = objects
    for method in methods {
      for field in method.params { try add(field.schema, .asRead, field.documentation) }
    }
    isAnswering = true
    for method in methods {
      try add(method.result, .asWritten, "\(Self.beginOfResults) \(method.name).")
      for error in method.errors {
        guard let data = error.data else { continue }
        try add(.reference(data.schemaName), .asWritten, "Data of the error \(error.message).")
      }
    }
    // Of the one notification that callers may send.
    try add(.any, .asRead, "")
    for notification in notifications {
      for field in notification.params { try add(field.schema, .asWritten, field.documentation) }
      for each in notification.cases { try add(each.data, .asWritten, each.summary) }
    }
  }

  /// What fields that somebody sends lead to.
  init(sent fields: [SchemaField], _ objects: SchemaObjects) throws(DescriptionFault) {
    self.objects = objects
    for field in fields { try add(field.schema, .asRead, field.documentation) }
  }

  /// By name, so that a new method moves nothing.
  var sorted: [(name: String, component: Component)] {
    components.sorted { $0.key < $1.key }.map { (name: $0.key, component: $0.value) }
  }

  private mutating func add(
    _ schema: Schema, _ presence: Presence, _ description: String
  ) throws(DescriptionFault) {
    switch schema {
    case .boolean, .integer, .text, .scalar: break
    case .array(let element, _): try add(element, presence, description)
    case .map(let value, _, _), .nullable(let value): try add(value, presence, description)
    case .enumeration(let words, let title):
      if words.count > 1 { try name(title, .enumeration(words), description) }
    case .named(let scalar): try name(scalar.name, .scalar(scalar), scalar.documentation)
    case .any: try name(NamedSchema.anyValueName, .anyValue, "Any JSON value.")
    case .reference(let name): try add(try objects[name], presence, description)
    }
  }

  private mutating func add(
    _ object: SchemaObject, _ presence: Presence, _ description: String
  ) throws(DescriptionFault) {
    let described = object.documentation.isEmpty ? description : object.documentation
    guard try name(object.name, .object(object, presence), described) else { return }
    if object.keepsUnknownKeys { try add(.any, presence, "") }
    switch object.shape {
    case .fields(let fields, keepsUnknownKeys: _):
      for field in fields { try add(field.schema, presence, field.documentation) }
    case .union(tag: _, let content, let cases, let commonFields):
      if content != nil { try add(.any, presence, "") }
      for field in commonFields + cases.flatMap(\.fields) {
        try add(field.schema, presence, field.documentation)
      }
    }
  }

  /// False if it is there already, and known to stand where it stands now.
  @discardableResult
  private mutating func name(
    _ name: String, _ schema: NamedSchema, _ description: String
  ) throws(DescriptionFault) -> Bool {
    guard let known = components[name] else {
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isAllowed) else {
        throw DescriptionFault("\"\(name)\" names a schema; only A-Z, a-z, 0-9, . _ and - may.")
      }
      components[name] = Component(
        schema: schema, description: description, isSent: !isAnswering, isAnswered: isAnswering)
      return true
    }
    guard Self.isSame(known.schema, schema) else {
      throw DescriptionFault("Two schemas are called \(name); rename one of the types.")
    }
    guard isAnswering, !known.isAnswered else { return false }
    components[name]?.isAnswered = true
    if !description.isEmpty, !description.hasPrefix(Self.beginOfResults) {
      components[name]?.description = description
    }
    return true
  }

  private static func isSame(_ one: NamedSchema, _ other: NamedSchema) -> Bool {
    switch (one, other) {
    case (.object, .object), (.anyValue, .anyValue): true
    case (.enumeration(let one), .enumeration(let other)): one == other
    case (.scalar(let one), .scalar(let other)): one == other
    case (.object, _), (.anyValue, _), (.enumeration, _), (.scalar, _): false
    }
  }

  /// The names that OpenRPC allows for components.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
