import Wire

/// One method in plain text, for a terminal.
package struct MethodHelp {
  package let text: String

  /// Nil where the document has no such method.
  package init?(_ name: String, of document: OpenRPCDocument, columns: Int) throws(WireError) {
    let root = try JSON.decode(JSONValue.self, from: document.json.bytes)
    guard let method = root["methods"].elements.first(where: { $0["name"].text == name }) else {
      return nil
    }
    var lines = ["\(name): \(method["summary"].text)"]
    let details = method["description"].text
    if !details.isEmpty { lines += ["", details.wrapped(columns: columns, first: "", others: "")] }
    let params = method["params"].elements
    if !params.isEmpty { lines += ["", "Params:"] }
    for param in params {
      let need = param["required"] == .bool(true) ? ", required" : ""
      lines.append(
        "  \(param["name"].text): \(SchemaWords.ofTerminal.type(param["schema"]))\(need)")
      lines.append(
        param["description"].text.wrapped(columns: columns, first: "      ", others: "      "))
    }
    lines += ["", "Result: \(SchemaWords.ofTerminal.type(method["result"]?["schema"]))"]
    let refusals = method["errors"].elements.map { $0["message"].text }.joined(separator: ", ")
    lines.append(
      "Refusals: \(refusals)".wrapped(columns: columns, first: "", others: "  "))
    let capability = method["x-capability"].text
    if !capability.isEmpty { lines.append("Needs a token for: \(capability)") }
    for example in method["examples"].elements {
      let params = JSONValue.object(
        example["params"].elements.map { ($0["name"].text, $0["value"] ?? .null) })
      lines += ["", "For example, \(example["name"].text):"]
      lines.append("  opcenter call \(name) '\(Self.json(params))'")
      lines.append("  \(Self.json(example["result"]?["value"] ?? .null))")
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func json(_ value: JSONValue) -> String {
    String(decoding: JSON.encode(value), as: UTF8.self)
  }
}
