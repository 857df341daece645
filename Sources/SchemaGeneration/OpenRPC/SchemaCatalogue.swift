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
  case anyValue

  static let anyValueName = "AnyValue"
}

/// The named schemas that the methods lead to. The params of a method are no schema of their own,
/// unless something refers to them.
struct SchemaCatalogue {
  private var schemas: [String: NamedSchema] = [:]
  private let objects: SchemaObjects

  /// What is both sent and answered is described as callers may send it: everything answered fits
  /// that too. So params go first, and results find their objects taken.
  init(
    _ methods: [DocumentedMethod], _ notifications: [DocumentedNotification],
    _ objects: SchemaObjects
  ) throws(DescriptionFault) {
    self.objects = objects
    for method in methods {
      for field in method.params { try add(field.schema, .asRead) }
    }
    for method in methods { try add(method.result, .asWritten) }
    for notification in notifications {
      for field in notification.params { try add(field.schema, .asWritten) }
      for each in notification.cases { try add(each.data, .asWritten) }
    }
  }

  /// By name, so that a new method moves nothing.
  var sorted: [(name: String, schema: NamedSchema)] {
    schemas.sorted { $0.key < $1.key }.map { (name: $0.key, schema: $0.value) }
  }

  private mutating func add(_ schema: Schema, _ presence: Presence) throws(DescriptionFault) {
    switch schema {
    case .boolean, .integer, .text: break
    case .array(let element, _): try add(element, presence)
    case .map(let value), .nullable(let value): try add(value, presence)
    case .enumeration(let words, let title): try name(title, .enumeration(words))
    case .any: try name(NamedSchema.anyValueName, .anyValue)
    case .reference(let name): try add(try objects[name], presence)
    }
  }

  private mutating func add(
    _ object: SchemaObject, _ presence: Presence
  ) throws(DescriptionFault) {
    guard try name(object.name, .object(object, presence)) else { return }
    if object.keepsUnknownKeys { try add(.any, presence) }
    switch object.shape {
    case .fields(let fields, keepsUnknownKeys: _):
      for field in fields { try add(field.schema, presence) }
    case .union(tag: _, let content, let cases, let commonFields):
      if content != nil { try add(.any, presence) }
      for field in commonFields + cases.flatMap(\.fields) { try add(field.schema, presence) }
    }
  }

  /// False if it is there already.
  @discardableResult
  private mutating func name(
    _ name: String, _ schema: NamedSchema
  ) throws(DescriptionFault) -> Bool {
    guard let known = schemas[name] else {
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isAllowed) else {
        throw DescriptionFault("\"\(name)\" names a schema; only A-Z, a-z, 0-9, . _ and - may.")
      }
      schemas[name] = schema
      return true
    }
    switch (known, schema) {
    case (.object, .object), (.anyValue, .anyValue): return false
    case (.enumeration(let one), .enumeration(let other)) where one == other: return false
    case (.object, _), (.anyValue, _), (.enumeration, _):
      throw DescriptionFault("Two schemas are called \(name); rename one of the types.")
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
