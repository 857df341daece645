import JSONRPC
import Testing
import Wire

import SchemaGeneration

struct DocumentTests {
  private let sample: SampleDocument

  init() throws {
    sample = try SampleDocument()
  }

  @Test
  func `the document says its version, its title and its servers`() throws {
    #expect(sample.root["openrpc"] == .string("1.3.2"))
    #expect(
      try sample.root["info"]
        == JSONValue(#"{"title": "Sample", "version": "1.0.0", "description": "For tests."}"#))
    #expect(
      try sample.root["servers"]
        == JSONValue(#"[{"name": "local", "url": "tcp://127.0.0.1:7070", "summary": "TCP"}]"#))
  }

  @Test
  func `methods stand in the order of the registry and have different names`() {
    let names = sample.methods.compactMap { $0["name"]?.text }
    #expect(names == ["sample.place", "guest.update", "guest.list", "rpc.discover"])
  }

  @Test
  func `a method says what it does and whether it changes anything`() {
    let place = sample.method("sample.place")
    #expect(place?["summary"] == .string("Takes a value of every kind."))
    #expect(place?["description"] == .string("And gives one of them back."))
    #expect(place?["paramStructure"] == .string("either"))
    #expect(place?["x-mutating"] == .bool(true))
    #expect(place?["x-repeatable"] == .bool(false))
    #expect(place?["x-since"] == .string("0.1.0"))
    #expect(place?["x-capability"] == .string("operate"))
    let list = sample.method("guest.list")
    #expect(list?["description"] == nil)
    #expect(list?["params"] == .array([]))
    #expect(list?["x-mutating"] == .bool(false))
    #expect(list?["x-capability"] == .string("query"))
  }

  @Test
  func `required params come first and their names differ`() {
    for method in sample.methods {
      let params = method["params"]?.elements ?? []
      let required = params.map { $0["required"] == .bool(true) }
      #expect(required == required.filter { $0 } + required.filter { !$0 })
      #expect(Set(params.compactMap { $0["name"]?.text }).count == params.count)
    }
  }

  @Test
  func `the order of params is the order that calls by position have`() throws {
    let names = sample.method("guest.update")?["params"]?.elements.compactMap { $0["name"]?.text }
    #expect(names == ["guest_id", "note"])
  }

  @Test
  func `every reference leads to a schema`() {
    let references = sample.allSchemas.compactMap { $0["$ref"] }
    #expect(references.count > 20)
    for reference in references {
      #expect(sample.validator.resolve(reference) != nil, "\(reference)")
    }
  }

  @Test
  func `no schema is empty, bare or a reference with siblings`() {
    for schema in sample.allSchemas {
      if schema["$ref"] != nil {
        #expect(schema.members.count == 1, "\(schema)")
      } else {
        let kinds = ["type", "oneOf", "allOf"].filter { schema[$0] != nil }
        #expect(kinds.count == 1, "\(schema)")
      }
    }
  }

  @Test
  func `every named schema and every choice has a title`() {
    for (name, schema) in sample.root["components"]?["schemas"]?.members ?? [] {
      #expect(schema["title"] == .string(name))
    }
    for schema in sample.allSchemas where schema["oneOf"] != nil {
      #expect(schema["title"]?.text?.isEmpty == false, "\(schema)")
    }
  }

  @Test
  func `only what methods lead to is described, and params are not described twice`() {
    let names = sample.root["components"]?["schemas"]?.members.map { $0.0 } ?? []
    #expect(
      names == [
        "Action", "Answer", "AnyValue", "ChatflowIssue", "ChatflowIssueSeverity", "Edge",
        "ForbiddenData", "Guest", "InvalidParamsData", "Moment", "Node", "Order", "PageOfGuest",
        "Place", "Tree", "UnauthenticatedData",
      ])
  }

  @Test
  func `errors are those of the method, then those of every method, each code once`() throws {
    #expect(
      try sample.method("sample.place")?["errors"]
        == JSONValue(
          ##"""
          [{"code": 1001, "message": "not found"}, {"code": -32603, "message": "broken"},
           {"code": -32602, "message": "Invalid params", "x-data": {"$ref": "#/components/schemas/InvalidParamsData"}},
           {"code": 1006, "message": "unauthenticated", "x-data": {"$ref": "#/components/schemas/UnauthenticatedData"}},
           {"code": 1007, "message": "forbidden", "x-data": {"$ref": "#/components/schemas/ForbiddenData"}}]
          """##))
    #expect(
      try sample.method("guest.list")?["errors"]
        == JSONValue(
          ##"""
          [{"code": -32602, "message": "Invalid params", "x-data": {"$ref": "#/components/schemas/InvalidParamsData"}},
           {"code": -32603, "message": "Internal error"},
           {"code": 1006, "message": "unauthenticated", "x-data": {"$ref": "#/components/schemas/UnauthenticatedData"}},
           {"code": 1007, "message": "forbidden", "x-data": {"$ref": "#/components/schemas/ForbiddenData"}}]
          """##))
    let codes = sample.root["components"]?["errors"]?.members.compactMap { $0.1["code"]?.integer }
    #expect(codes?.sorted() == [-32700, -32603, -32602, -32601, -32600])
  }

  @Test
  func `the document describes the method that returns it`() throws {
    let discover = sample.method("rpc.discover")
    #expect(discover?["params"] == .array([]))
    #expect(
      try discover?["result"]
        == JSONValue(
          """
          {"name": "result", "schema": {
            "type": "object", "additionalProperties": {"$ref": "#/components/schemas/AnyValue"}}}
          """))
    #expect(discover?["x-mutating"] == .bool(false))
  }

  private struct Discover: DeskMethod {
    static let name = "rpc.discover"
    static let summary = "Says what there is."
    static let isMutating = false
    typealias Params = ListGuests.Params
    typealias Output = RawJSON
    static func run(_ params: Params, in context: isolated Desk) -> Output { .null }
  }

  @Test
  func `a registry that has rpc.discover itself gets it once, with an object as result`() throws {
    let sample = try SampleDocument(MethodRegistry([.method(Discover.self)]))
    #expect(sample.methods.count == 1)
    #expect(sample.methods.first?["summary"] == .string("Says what there is."))
    #expect(sample.methods.first?["result"]?["schema"]?["type"] == .string("object"))
  }

  @Test
  func `one registry gives the same bytes every time`() throws {
    let again = try SampleDocument()
    #expect(again.document.json == sample.document.json)
    #expect(again.document.pretty() == sample.document.pretty())
  }

  @Test
  func `the indented text is the same value`() throws {
    let pretty = sample.document.pretty()
    #expect(pretty.last == UInt8(ascii: "\n"))
    #expect(try JSON.decode(JSONValue.self, from: pretty) == sample.root)
    #expect(try JSON.decode(RawJSON.self, from: pretty) == sample.document.json)
  }
}
