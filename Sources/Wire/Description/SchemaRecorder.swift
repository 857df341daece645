/// Visits field lists and records what they say.
public struct SchemaRecorder: FieldVisitor {
  /// In order of first sight.
  public private(set) var objects: [SchemaObject] = []
  /// Which type has taken a name, to notice when two share one.
  private var types: [String: ObjectIdentifier] = [:]
  private var list = FieldList()

  /// What is recorded of the list being visited.
  private struct FieldList {
    var fields: [SchemaField] = []
    var keepsUnknownKeys = false
    var union: UnionPart?
  }

  private struct UnionPart {
    var tag: String
    var content: String?
    var documentation: String
    var cases: [(tag: String, fields: [SchemaField])]
  }

  public init() {}

  public mutating func schema<Value: WireValue>(of type: Value.Type) -> Schema {
    Value.describe(&self)
  }

  /// Records an object the first time it is met, and refers to it by name. The name is taken
  /// before the fields are visited, so a type that holds itself ends there.
  mutating func object<Object: WireObject>(_ type: Object.Type) -> Schema {
    let name = Object.schemaName
    if let known = types[name] {
      precondition(
        known == ObjectIdentifier(type), "Two types are called \(name); give one a schemaName.")
      return .reference(name)
    }
    types[name] = ObjectIdentifier(type)
    let place = objects.count
    objects.append(
      SchemaObject(
        name: name, documentation: Object.documentation,
        shape: .fields([], keepsUnknownKeys: false), keepsUnknownKeys: false,
        tagDocumentation: ""))
    var value = Object()
    let recorded = record { (recorder) throws(WireError) in try value.fields(&recorder) }
    objects[place].keepsUnknownKeys = recorded.keepsUnknownKeys
    if let union = recorded.union {
      objects[place].tagDocumentation = union.documentation
      objects[place].shape = .union(
        tag: union.tag, content: union.content, cases: union.cases, commonFields: recorded.fields)
    } else {
      objects[place].shape = .fields(
        recorded.fields, keepsUnknownKeys: recorded.keepsUnknownKeys)
    }
    return .reference(name)
  }

  /// Visits a list of its own and comes back to the one before.
  private mutating func record(
    _ visit: (inout SchemaRecorder) throws(WireError) -> Void
  ) -> FieldList {
    var outer = FieldList()
    swap(&outer, &list)
    do throws(WireError) {
      try visit(&self)
    } catch {
      // A list may check its values after the last field; defaults need not pass, and all is recorded.
    }
    swap(&outer, &list)
    return outer
  }

  public mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    let schema = Value.describe(&self).limited(by: rule).named(after: "\(name)")
    let absent = Value.absent
    list.fields.append(
      SchemaField(
        name: "\(name)", documentation: "\(documentation)", schema: schema,
        isRequired: absent == nil && !rule.isDefaulted, isOmittable: rule.isOmittable,
        defaultValue: rule.isDefaulted ? JSON.encode(value) : nil,
        isPatch: absent?.isOmitted ?? false))
  }

  public mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    addUnion(Union.self, tag, content: nil, documentation)
  }

  public mutating func union<Union: WireUnion>(
    _ tag: StaticString, content: StaticString, _ value: inout Union, extras: inout WireExtras,
    _ documentation: StaticString
  ) throws(WireError) {
    addUnion(Union.self, tag, content: "\(content)", documentation)
  }

  private mutating func addUnion<Union: WireUnion>(
    _ type: Union.Type, _ tag: StaticString, content: String?, _ documentation: StaticString
  ) {
    precondition(
      list.union == nil, "An object has one union; give the second an object of its own.")
    let cases = Union.Tag.allCases.map { tag in
      var union = Union(tag: tag)
      let recorded = record { (recorder) throws(WireError) in try union.caseFields(&recorder) }
      precondition(recorded.union == nil, "A union inside a case needs an object of its own.")
      return (tag: tag.rawValue, fields: recorded.fields)
    }
    list.union = UnionPart(
      tag: "\(tag)", content: content, documentation: "\(documentation)", cases: cases)
  }

  public mutating func extras(_ value: inout WireExtras) throws(WireError) {
    list.keepsUnknownKeys = true
  }
}
