import JSONRPC
import Wire

import SchemaGeneration

/// The document of the sample registry, and the ways into it.
struct SampleDocument {
  let document: OpenRPCDocument
  let root: JSONValue
  var validator: SchemaValidator { SchemaValidator(document: root) }
  var validatorOfParams: SchemaValidator { SchemaValidator(document: root, isOfParams: true) }

  init(_ registry: MethodRegistry<Desk> = sampleRegistry) throws {
    document = OpenRPCDocument(
      registry: registry, title: "Sample", version: "1.0.0", description: "For tests.",
      servers: [.init(name: "local", url: "tcp://127.0.0.1:7070", summary: "TCP")])
    root = try JSON.decode(JSONValue.self, from: document.json.bytes)
  }

  var methods: [JSONValue] { root["methods"]?.elements ?? [] }

  func method(_ name: String) -> JSONValue? {
    methods.first { $0["name"]?.text == name }
  }

  func param(_ name: String, of method: String = "sample.place") -> JSONValue? {
    self.method(method)?["params"]?.elements.first { $0["name"]?.text == name }
  }

  func component(_ name: String) -> JSONValue? {
    root["components"]?["schemas"]?[name]
  }

  /// What a call by name must look like, put together from the params of a method.
  func paramsSchema(_ method: String) -> JSONValue {
    let params = self.method(method)?["params"]?.elements ?? []
    return .object([
      ("type", .string("object")),
      (
        "properties",
        .object(params.map { ($0["name"]?.text ?? "", $0["schema"] ?? .null) })
      ),
      (
        "required",
        .array(params.filter { $0["required"] == .bool(true) }.compactMap { $0["name"] })
      ),
      ("additionalProperties", .bool(false)),
    ])
  }

  /// Every schema of the document, those within others included.
  var allSchemas: [JSONValue] {
    let descriptors = methods.flatMap { method in
      (method["params"]?.elements ?? []) + [method["result"] ?? .null]
    }
    let outermost =
      descriptors.map { $0["schema"] ?? .null }
      + (root["components"]?["schemas"]?.members ?? []).map { $0.1 }
    return outermost.flatMap(withInner)
  }

  private func withInner(_ schema: JSONValue) -> [JSONValue] {
    let lists = ["oneOf", "allOf"].flatMap { schema[$0]?.elements ?? [] }
    let values = ["items", "additionalProperties"].compactMap { schema[$0] }
      .filter { $0 != .bool(false) }
    let properties = schema["properties"]?.members.map { $0.1 } ?? []
    return [schema] + (lists + values + properties).flatMap(withInner)
  }
}
