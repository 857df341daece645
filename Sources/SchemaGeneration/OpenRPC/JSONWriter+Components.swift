import JSONRPC
import Wire

extension JSONWriter {
  mutating func components(_ catalogue: SchemaCatalogue) {
    key("components")
    beginObject()
    key("schemas")
    beginObject()
    for (name, schema) in catalogue.sorted {
      key(name)
      namedSchema(name, schema)
    }
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

  private mutating func namedSchema(_ name: String, _ schema: NamedSchema) {
    switch schema {
    case .anyValue:
      // An empty schema would say the same, and some generators fail at it.
      annotated(Annotations(title: name, description: "Any JSON value.")) { writer in
        let types = ["null", "boolean", "number", "string", "array", "object"]
        writer.array("type", types) { $0.string($1) }
      }
    case .enumeration(let words):
      annotated(Annotations(title: name)) { writer in
        writer.member("type", "string")
        writer.array("enum", words) { $0.string($1) }
      }
    case .object(let object, let presence):
      self.object(object, presence)
    }
  }

  private mutating func object(_ object: SchemaObject, _ presence: Presence) {
    switch object.shape {
    case .fields(let fields, let keepsUnknownKeys):
      objectSchema(
        ObjectSchema(
          title: object.name, fields: fields, keepsUnknownKeys: keepsUnknownKeys, presence))
    case .union(let tag, let content, let cases, let commonFields):
      annotated(Annotations(title: object.name)) { writer in
        writer.array("oneOf", cases) { writer, each in
          writer.objectSchema(
            ObjectSchema(
              case: each.tag, each.fields, tag: tag, content: content,
              commonFields: commonFields, of: object, presence))
        }
      }
    }
  }

  private mutating func objectSchema(_ object: ObjectSchema) {
    annotated(Annotations(title: object.title)) { writer in
      writer.member("type", "object")
      writer.key("properties")
      writer.beginObject()
      for property in object.properties {
        writer.key(property.name)
        writer.property(property.value)
      }
      writer.endObject()
      let required = object.properties.filter(\.isRequired).map(\.name)
      if !required.isEmpty { writer.array("required", required) { $0.string($1) } }
      writer.key("additionalProperties")
      if object.keepsUnknownKeys { writer.schema(.any) } else { writer.bool(false) }
    }
  }

  private mutating func property(_ value: ObjectSchema.Property.Value) {
    switch value {
    case .schema(let schema, let annotations):
      self.schema(schema, annotations)
    case .object(let object):
      objectSchema(object)
    case .word(let word, let description):
      annotated(Annotations(description: description)) { writer in
        writer.member("type", "string")
        writer.array("enum", [word]) { $0.string($1) }
      }
    }
  }
}
