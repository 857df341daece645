import Wire

/// What is said of a value beside its type.
struct Annotations {
  var title = ""
  var description = ""
  var defaultValue: [UInt8]?

  var isEmpty: Bool { title.isEmpty && description.isEmpty && defaultValue == nil }
}

extension SchemaField {
  /// What a reader of the document needs to know.
  var description: String {
    isPatch ? documentation + " Absent keeps what is stored, null clears it." : documentation
  }
}

extension Schema {
  /// Set where the schema stands under a name and is referred to.
  fileprivate var componentName: String? {
    switch self {
    case .reference(let name): name
    // One word alone is no type to name: it says which object this is.
    case .enumeration(let words, let title): words.count == 1 ? nil : title
    case .named(let scalar): scalar.name
    case .any: NamedSchema.anyValueName
    case .boolean, .integer, .text, .array, .map, .nullable, .scalar: nil
    }
  }

  /// Null within null is the same null.
  fileprivate var withoutNull: Schema {
    if case .nullable(let value) = self { value.withoutNull } else { self }
  }
}

/// Only what means the same in draft 7 of JSON Schema, which OpenRPC 1.3 uses, and in 2020-12.
extension JSONWriter {
  mutating func schema(_ schema: Schema, _ annotations: Annotations = Annotations()) {
    let value = schema.withoutNull
    let isNullable = value != schema
    if let name = value.componentName {
      // Any value may be null already.
      reference(to: name, isNullable: isNullable && value != .any, annotations)
    } else {
      annotated(annotations) { $0.keywords(of: value, isNullable: isNullable) }
    }
  }

  /// Draft 7 ignores whatever stands beside `$ref`, so notes take it one level deeper. Generators
  /// name types by their titles, so each choice has one.
  private mutating func reference(
    to name: String, isNullable: Bool, _ annotations: Annotations
  ) {
    if isNullable {
      var titled = annotations
      titled.title = "Nullable\(name)"
      annotated(titled) { writer in
        writer.key("oneOf")
        writer.beginArray()
        writer.reference(to: name)
        writer.beginObject()
        writer.member("type", "null")
        writer.endObject()
        writer.endArray()
      }
    } else if annotations.isEmpty {
      reference(to: name)
    } else {
      annotated(annotations) { writer in
        writer.key("allOf")
        writer.beginArray()
        writer.reference(to: name)
        writer.endArray()
      }
    }
  }

  private mutating func reference(to name: String) {
    beginObject()
    member("$ref", "#/components/schemas/\(name)")
    endObject()
  }

  mutating func annotated(
    _ annotations: Annotations, _ keywords: (inout JSONWriter) -> Void
  ) {
    beginObject()
    optionalMember("title", annotations.title)
    optionalMember("description", annotations.description)
    keywords(&self)
    if let defaultValue = annotations.defaultValue {
      key("default")
      raw(defaultValue)
    }
    endObject()
  }

  /// What a plain value or a list must be like.
  mutating func keywords(of schema: Schema, isNullable: Bool) {
    switch schema {
    case .boolean:
      type("boolean", isNullable)
    case .integer(let range):
      type("integer", isNullable)
      bounds("minimum", "maximum", range, outermost: Int64.min...Int64.max)
    case .text(let length, let pattern, let format):
      type("string", isNullable)
      bounds("minLength", "maxLength", length, outermost: 0...Int.max)
      optionalMember("pattern", pattern ?? "")
      optionalMember("format", format ?? "")
    case .array(let element, let count):
      type("array", isNullable)
      key("items")
      self.schema(element)
      bounds("minItems", "maxItems", count, outermost: 0...Int.max)
    case .map(let value, let count, let requiredKeys):
      type("object", isNullable)
      if !requiredKeys.isEmpty { array("required", requiredKeys) { $0.string($1) } }
      key("additionalProperties")
      self.schema(value)
      bounds("minProperties", "maxProperties", count, outermost: 0...Int.max)
    case .scalar:
      array("type", ["boolean", "number", "string"] + (isNullable ? ["null"] : [])) {
        $0.string($1)
      }
    case .enumeration(let words, _):
      type("string", isNullable)
      array("enum", words) { $0.string($1) }
    case .nullable, .reference, .any, .named:
      preconditionFailure("\(schema) is named or unwrapped before its keywords are written.")
    }
  }

  private mutating func type(_ name: String, _ isNullable: Bool) {
    if isNullable {
      array("type", [name, "null"]) { $0.string($1) }
    } else {
      member("type", name)
    }
  }

  /// A bound that excludes nothing is left out.
  private mutating func bounds<Bound: BinaryInteger>(
    _ lowerName: StaticString, _ upperName: StaticString, _ range: ClosedRange<Bound>?,
    outermost: ClosedRange<Bound>
  ) {
    guard let range else { return }
    if range.lowerBound > outermost.lowerBound {
      key(lowerName)
      integer(Int64(range.lowerBound))
    }
    if range.upperBound < outermost.upperBound {
      key(upperName)
      integer(Int64(range.upperBound))
    }
  }
}
