import JSONRPC
import Wire

extension JSONWriter {
  mutating func components(_ catalogue: SchemaCatalogue) {
    key("components")
    beginObject()
    key("schemas")
    beginObject()
    components(of: catalogue)
    endObject()
    key("errors")
    beginObject()
    for (name, error) in ErrorDescription.standard {
      key(name)
      self.error(error)
    }
    endObject()
    endObject()
  }

  /// The members of an object that has each under its name.
  mutating func components(of catalogue: SchemaCatalogue) {
    for (name, component) in catalogue.sorted {
      key(name)
      self.component(name, component)
    }
  }

  private mutating func component(_ name: String, _ component: Component) {
    let annotations = Annotations(title: name, description: component.description)
    switch component.schema {
    case .anyValue:
      // An empty schema would say the same, and some generators fail at it.
      annotated(annotations) { writer in
        let types = ["null", "boolean", "number", "string", "array", "object"]
        writer.array("type", types) { $0.string($1) }
      }
    case .enumeration(let words):
      annotated(annotations) { writer in
        writer.member("type", "string")
        // A word that a later version adds must not make an answer wrong.
        writer.array(component.isAnswered ? "x-known-values" : "enum", words) { $0.string($1) }
        writer.closedInParams(component)
      }
    case .scalar(let scalar):
      annotated(annotations) { writer in
        writer.keywords(of: scalar.base, isNullable: false)
        writer.key("examples")
        writer.beginArray()
        writer.raw(Array(scalar.example.utf8))
        writer.endArray()
      }
    case .object(let object, let presence):
      self.object(object, presence, component)
    }
  }

  /// What is both sent and answered is open as answers are; in params it is closed all the same.
  private mutating func closedInParams(_ component: Component) {
    guard component.isSent, component.isAnswered else { return }
    key("x-closed-in-params")
    bool(true)
  }

  private mutating func object(
    _ object: SchemaObject, _ presence: Presence, _ component: Component
  ) {
    switch object.shape {
    case .fields(let fields, let keepsUnknownKeys):
      objectSchema(
        ObjectSchema(
          title: object.name, fields: fields, keepsUnknownKeys: keepsUnknownKeys, presence),
        component, description: component.description)
    case .union(let tag, let content, let cases, let commonFields):
      annotated(Annotations(title: object.name, description: component.description)) { writer in
        writer.array("oneOf", cases) { writer, each in
          writer.objectSchema(
            ObjectSchema(
              case: each.tag, each.fields, tag: tag, content: content,
              commonFields: commonFields, of: object, presence), component)
        }
        writer.closedInParams(component)
      }
    }
  }

  private mutating func objectSchema(
    _ object: ObjectSchema, _ component: Component, description: String = ""
  ) {
    let described = description.isEmpty ? object.description : description
    annotated(Annotations(title: object.title, description: described)) { writer in
      writer.objectMembers(object, component)
    }
  }

  /// What an object of these fields must be like.
  mutating func objectMembers(_ object: ObjectSchema, _ component: Component) {
    member("type", "object")
    key("properties")
    beginObject()
    for property in object.properties {
      key(property.name)
      self.property(property.value, component)
    }
    endObject()
    let required = object.properties.filter(\.isRequired).map(\.name)
    if !required.isEmpty { array("required", required) { $0.string($1) } }
    if object.keepsUnknownKeys {
      key("additionalProperties")
      schema(.any)
    } else if !component.isAnswered {
      key("additionalProperties")
      bool(false)
    } else {
      closedInParams(component)
    }
  }

  private mutating func property(
    _ value: ObjectSchema.Property.Value, _ component: Component
  ) {
    switch value {
    case .schema(let schema, let annotations):
      self.schema(schema, annotations)
    case .object(let object):
      objectSchema(object, component)
    case .list(let object):
      beginObject()
      member("type", "array")
      key("items")
      objectSchema(object, component)
      endObject()
    case .word(let word, let description):
      annotated(Annotations(description: description)) { writer in
        writer.member("type", "string")
        writer.array("enum", [word]) { $0.string($1) }
      }
    }
  }
}
