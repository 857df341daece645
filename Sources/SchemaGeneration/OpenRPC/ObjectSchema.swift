import Wire

/// The schema of an object with known keys: a field list, one case of a union, or its content.
struct ObjectSchema {
  struct Property {
    enum Value {
      case schema(Schema, Annotations)
      /// A tag: always this word.
      case word(String, description: String)
      case object(ObjectSchema)
      case list(ObjectSchema)
    }

    var name: String
    var isRequired: Bool
    var value: Value

    /// A default says what an absent field means, so only those that may be absent have one.
    init(_ field: SchemaField, _ presence: Presence) {
      name = field.name
      isRequired = presence.requires(field)
      value = .schema(
        field.schema,
        Annotations(
          description: field.description, defaultValue: isRequired ? nil : field.defaultValue))
    }

    init(_ name: String, isRequired: Bool, _ value: Value) {
      self.name = name
      self.isRequired = isRequired
      self.value = value
    }
  }

  var title: String
  var properties: [Property]
  var keepsUnknownKeys: Bool
  var description = ""

  /// - Parameter isPartial: whatever is required may come from elsewhere.
  init(
    title: String, fields: [SchemaField], keepsUnknownKeys: Bool, _ presence: Presence,
    isPartial: Bool = false, description: String = ""
  ) {
    self.title = title
    self.properties = fields.map { Property($0, presence) }
    if isPartial { for place in properties.indices { properties[place].isRequired = false } }
    self.keepsUnknownKeys = keepsUnknownKeys
    self.description = description
  }

  /// One case of a union, with its tag in front: `{"type": "delay", "data": {…}, …}`.
  init(
    case word: String, _ caseFields: [SchemaField], tag: String, content: String?,
    commonFields: [SchemaField], of object: SchemaObject, _ presence: Presence
  ) {
    let title = object.name + Self.capitalized(word)
    let fields = content == nil ? commonFields + caseFields : commonFields
    self.init(
      title: title, fields: fields, keepsUnknownKeys: object.keepsUnknownKeys, presence)
    let tagValue = Property.Value.word(word, description: object.tagDocumentation)
    properties.insert(Property(tag, isRequired: true, tagValue), at: 0)
    guard let content else { return }
    let contentSchema = ObjectSchema(
      title: title + Self.capitalized(content), fields: caseFields, keepsUnknownKeys: true,
      presence)
    // An absent content counts as an empty one.
    let isRequired =
      presence == .asWritten || contentSchema.properties.contains(where: \.isRequired)
    properties.insert(Property(content, isRequired: isRequired, .object(contentSchema)), at: 1)
  }

  /// `send_template` becomes `SendTemplate`.
  private static func capitalized(_ word: String) -> String {
    word.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
