import JSONRPC
import Wire

extension JSONWriter {
  mutating func server(_ server: OpenRPCDocument.Server) {
    beginObject()
    member("name", server.name)
    member("url", server.url)
    optionalMember("summary", server.summary)
    endObject()
  }

  mutating func method(_ method: DocumentedMethod) {
    beginObject()
    member("name", method.name)
    member("summary", method.summary)
    optionalMember("description", method.details)
    member("paramStructure", "either")
    array("params", method.params) { $0.param($1) }
    key("result")
    beginObject()
    member("name", "result")
    key("schema")
    schema(method.result)
    endObject()
    array("errors", method.errors) { $0.error($1) }
    if !method.examples.isEmpty { array("examples", method.examples) { $0.example($1) } }
    key("x-mutating")
    bool(method.isMutating)
    key("x-repeatable")
    bool(method.isRepeatable)
    member("x-since", method.since)
    optionalMember("x-capability", method.capability?.rawValue ?? "")
    endObject()
  }

  /// A content descriptor has no default of its own, so that stands in its schema.
  private mutating func param(_ field: SchemaField) {
    beginObject()
    member("name", field.name)
    optionalMember("description", field.description)
    key("required")
    bool(field.isRequired)
    key("schema")
    schema(field.schema, Annotations(defaultValue: field.defaultValue))
    endObject()
  }

  mutating func error(_ error: ErrorDescription) {
    beginObject()
    key("code")
    integer(Int64(error.code))
    member("message", error.message)
    if let data = error.data {
      // OpenRPC has a place for the data of one error, not for its type.
      key("x-data")
      schema(.reference(data.schemaName))
    }
    endObject()
  }

  private mutating func example(_ example: DocumentedMethod.Example) {
    beginObject()
    member("name", example.name)
    array("params", example.params) { $0.value($1.value, name: $1.name) }
    key("result")
    value(example.result, name: "result")
    endObject()
  }

  private mutating func value(_ value: RawJSON, name: String) {
    beginObject()
    member("name", name)
    key("value")
    value.write(&self)
    endObject()
  }
}

extension JSONWriter {
  mutating func member(_ name: StaticString, _ text: String) {
    key(name)
    string(text)
  }

  /// Left out when empty.
  mutating func optionalMember(_ name: StaticString, _ text: String) {
    if !text.isEmpty { member(name, text) }
  }

  mutating func array<Element>(
    _ name: StaticString, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }
}
