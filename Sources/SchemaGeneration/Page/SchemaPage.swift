import Wire

/// The description of all methods as a page for people, in Markdown: whoever wants to call a method or
/// write a chatflow learns it there. It is made of the document, so it says nothing else.
package struct SchemaPage {
  /// A kind of step in a chatflow, which the document knows as a case of a union only.
  package struct NodeKind: Sendable {
    let name: String
    let summary: String
    /// JSON of its data.
    let example: String

    package init(name: String, summary: String, example: String) {
      (self.name, self.summary, self.example) = (name, summary, example)
    }
  }

  package private(set) var text = ""
  private let methods: [JSONValue]
  private let notifications: [JSONValue]
  private let schemas: [(String, JSONValue)]

  /// - Parameter preface: what a reader should know first, in Markdown.
  package init(of document: OpenRPCDocument, nodes: [NodeKind], preface: String) throws(WireError) {
    let root = try JSON.decode(JSONValue.self, from: document.json.bytes)
    methods = root["methods"].elements
    notifications = root["x-notifications"].elements
    schemas = root["components"]?["schemas"].members ?? []
    line(preface)
    contents()
    line("## Methods")
    for method in methods { add(method) }
    line("## Nodes of a chatflow")
    for node in nodes { add(node) }
    line("## Events")
    for notification in notifications { add(notification: notification) }
    line("## Refusals")
    refusals()
    line("## Types")
    for (name, schema) in schemas { add(type: name, schema) }
  }

  private mutating func line(_ line: String) { text += line + "\n\n" }

  private mutating func contents() {
    let rows = methods.map { method in
      let name = method["name"].text
      return [
        "[\(name)](#\(Self.anchor(name)))", method["summary"].text,
        method["x-capability"].text,
      ]
    }
    line("| method | what it does | needs |\n|---|---|---|\n" + Self.table(rows))
  }

  // MARK: Sections

  private mutating func add(_ method: JSONValue) {
    line("### \(method["name"].text)")
    line(method["summary"].text)
    if !method["description"].text.isEmpty { line(method["description"].text) }
    let params = method["params"].elements.map { param in
      [
        "`\(param["name"].text)`", SchemaWords.ofPage.type(param["schema"]),
        param["required"] == .bool(true) ? "yes" : "", param["description"].text,
      ]
    }
    if !params.isEmpty {
      line("| param | type | required | |\n|---|---|---|---|\n" + Self.table(params))
    }
    var facts = ["Answers with \(SchemaWords.ofPage.type(method["result"]?["schema"]))."]
    if method["x-repeatable"] == .bool(true), method["x-mutating"] == .bool(true) {
      facts.append("A repeat does no harm.")
    }
    let errors = method["errors"].elements.map { "`\($0["message"].text)`" }
    facts.append("May be refused as \(errors.joined(separator: ", ")).")
    line(facts.joined(separator: " "))
    for example in method["examples"].elements { add(example: example) }
  }

  private mutating func add(example: JSONValue) {
    let params = JSONValue.object(
      example["params"].elements.map { ($0["name"].text, $0["value"] ?? .null) })
    line("For example, \(example["name"].text):")
    line("```json\n\(Self.json(params))\n```")
    // Long answers are read better in the document.
    let result = Self.json(example["result"]?["value"] ?? .null)
    if result.utf8.count <= 1200 { line("```json\n\(result)\n```") }
  }

  private mutating func add(_ node: NodeKind) {
    line("### \(node.name)")
    line(node.summary)
    let cases = schemas.flatMap { $0.1["oneOf"].elements }
    let found = cases.first { $0["properties"]?["type"]?["enum"] == .array([.string(node.name)]) }
    if let data = found?["properties"]?["data"] { fields(of: data) }
    line("```json\n\(node.example)\n```")
  }

  private mutating func add(notification: JSONValue) {
    line("### \(notification["name"].text)")
    line(notification["summary"].text)
    let params = notification["params"].elements.map { param in
      [
        "`\(param["name"].text)`", SchemaWords.ofPage.type(param["schema"]),
        param["description"].text,
      ]
    }
    line("| member | type | |\n|---|---|---|\n" + Self.table(params))
    let kinds = notification["x-kinds"].elements.map { kind in
      ["`\(kind["kind"].text)`", SchemaWords.ofPage.type(kind["data"]), kind["summary"].text]
    }
    if !kinds.isEmpty { line("| kind | data | |\n|---|---|---|\n" + Self.table(kinds)) }
  }

  private mutating func refusals() {
    var rows: [[String]] = []
    for error in methods.flatMap({ $0["errors"].elements }) {
      let row = [
        "`\(error["message"].text)`", error["code"].text,
        error["x-data"] == nil ? "" : SchemaWords.ofPage.type(error["x-data"]),
      ]
      if !rows.contains(row) { rows.append(row) }
    }
    rows.sort { $0[0] < $1[0] }
    line("| refusal | code | data |\n|---|---|---|\n" + Self.table(rows))
  }

  private mutating func add(type name: String, _ schema: JSONValue) {
    line("### \(name)")
    if !schema["description"].text.isEmpty { line(schema["description"].text) }
    for each in schema["oneOf"].elements {
      line("As \(each["title"].text):")
      fields(of: each)
    }
    if schema["properties"] != nil {
      fields(of: schema)
    } else if schema["oneOf"] == nil {
      line(SchemaWords.ofPage.plain(schema) + ".")
    }
  }

  private mutating func fields(of object: JSONValue) {
    let required = object["required"].elements
    let rows = (object["properties"].members ?? []).map { name, schema in
      [
        "`\(name)`", SchemaWords.ofPage.type(schema), required.contains(.string(name)) ? "yes" : "",
        schema["description"].text,
      ]
    }
    if !rows.isEmpty {
      line("| field | type | required | |\n|---|---|---|---|\n" + Self.table(rows))
    }
  }

  // MARK: Markdown

  private static func table(_ rows: [[String]]) -> String {
    rows.map { row in
      "| " + row.map { $0.replacing(text: "|", with: "\\|") }.joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }

  static func anchor(_ heading: String) -> String {
    heading.lowercased().filter { $0 != "." && $0 != "$" && $0 != "/" }
  }

  private static func json(_ value: JSONValue) -> String {
    String(decoding: JSON.encode(value), as: UTF8.self)
  }
}

extension JSONValue? {
  var text: String {
    switch self {
    case .string(let text)?, .number(let text)?: text
    default: ""
    }
  }

  var members: [(String, JSONValue)]? {
    if case .object(let members)? = self { members } else { nil }
  }
}
