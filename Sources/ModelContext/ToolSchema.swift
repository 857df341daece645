import Wire

/// A JSON Schema that needs nothing outside of itself, made of an OpenRPC document: what it refers to
/// stands in its own `$defs`. The words that both drafts share mean the same in MCP's 2020-12.
struct ToolSchema {
  let components: JSONValue?

  /// One object with a member for each param.
  /// - Parameter required: names that the caller must give, beyond those that the method itself asks for.
  func input(of method: JSONValue, required: [String]) -> JSONValue {
    var properties: [(String, JSONValue)] = []
    var needed: [JSONValue] = []
    for param in method["params"].elements {
      let name = param["name"].text
      properties.append((name, described(param)))
      if param["required"] == .bool(true) || required.contains(name) {
        needed.append(.string(name))
      }
    }
    var members: [(String, JSONValue)] = [("type", .string("object"))]
    if !properties.isEmpty { members.append(("properties", .object(properties))) }
    if !needed.isEmpty { members.append(("required", .array(needed))) }
    members.append(("additionalProperties", .bool(false)))
    return selfContained(.object(members))
  }

  /// MCP wants the word `object` at the top, so a reference there is written out.
  func output(of method: JSONValue) -> JSONValue {
    var schema = method["result"]?["schema"] ?? .object([])
    if let name = Self.target(of: schema), let component = components?[name] { schema = component }
    return selfContained(schema)
  }

  private func described(_ param: JSONValue) -> JSONValue {
    guard case .object(let members) = param["schema"] ?? .object([]) else { return .object([]) }
    if members.contains(where: { $0.0 == "description" }) { return .object(members) }
    return .object([("description", param["description"] ?? .string(""))] + members)
  }

  private func selfContained(_ schema: JSONValue) -> JSONValue {
    var reader = Reader()
    guard case .object(var members) = reader.rewritten(schema) else { return schema }
    var definitions: [String: JSONValue] = [:]
    // Each name is taken once, so the way through the references ends.
    while let name = reader.open.popLast() {
      if let component = components?[name] { definitions[name] = reader.rewritten(component) }
    }
    if !definitions.isEmpty {
      let sorted = definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      members.append(("$defs", .object(sorted)))
    }
    return .object(members)
  }

  /// The name behind `{"$ref": "#/components/schemas/NAME"}`.
  private static func target(of schema: JSONValue) -> String? {
    guard case .string(let reference)? = schema["$ref"] else { return nil }
    return reference.split(separator: "/").last.map(String.init)
  }

  private struct Reader {
    private var seen: Set<String> = []
    var open: [String] = []

    mutating func rewritten(_ value: JSONValue) -> JSONValue {
      switch value {
      case .array(let elements): return .array(elements.map { rewritten($0) })
      case .object(let members):
        var kept: [(String, JSONValue)] = []
        // Our own words and titles tell a validator nothing, and a model reads all of it.
        for (key, value) in members where !key.hasPrefix("x-") {
          if key == "title", case .string = value { continue }
          if key == "$ref", let name = ToolSchema.target(of: .object([(key, value)])) {
            if seen.insert(name).inserted { open.append(name) }
            kept.append((key, .string("#/$defs/\(name)")))
          } else {
            kept.append((key, rewritten(value)))
          }
        }
        return .object(kept)
      case .null, .bool, .number, .string: return value
      }
    }
  }
}
