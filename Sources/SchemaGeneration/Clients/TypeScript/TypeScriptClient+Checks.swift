import Wire

extension TypeScriptClient {
  /// What is looked at before anything is sent.
  func checks() -> String {
    let order = InputOrder(self)
    var text = ""
    var written: Set<String> = []
    for name in order.names {
      let later = order.recursive.subtracting(written)
      text += "const check\(name): Check = \(namedCheck(name, later));\n"
      written.insert(name)
    }
    for method in model.methods where !method.params.isEmpty {
      let name = Self.paramsName(of: method)
      text += "export const check\(name): Check = \(fields(method.params, []));\n"
    }
    let functions = [
      "any", "boolean", "constant", "integer", "later", "list", "map", "matching", "nullable",
      "number", "object", "scalar", "text", "union",
    ].filter { Self.isUsed($0, in: text) }.map { "  \($0),\n" }.joined()
    return TypeScriptWords.header + "\nimport type { Check } from \"../runtime/check.js\";\n"
      + "import {\n\(functions)} from \"../runtime/check.js\";\n\n" + text
  }

  /// As a call, or as a check of its own behind a colon or a bracket.
  private static func isUsed(_ word: String, in text: String) -> Bool {
    ["\(word)(", " \(word),", " \(word);", "(\(word))"].contains { text.contains(text: $0) }
  }

  private func check(_ type: ClientType, _ later: Set<String>) -> String {
    var plain = type
    plain.isNullable = false
    if type.needsNull { return "nullable(\(check(plain, later)))" }
    switch type.kind {
    case .text where !type.pattern.isEmpty:
      return "matching(/\(type.pattern.replacing(text: "/", with: "\\/"))/u)"
    case .text, .time: return "text"
    case .integer: return "integer"
    case .number: return "number"
    case .boolean: return "boolean"
    case .scalar: return "scalar"
    case .any: return "any"
    case .constant: return "constant(\(TypeScriptWords.quoted(type.name)))"
    case .named:
      return later.contains(type.name) ? "later(() => check\(type.name))" : "check\(type.name)"
    case .list: return "list(\(check(type.item, later)))"
    case .map: return "map(\(check(type.item, later)))"
    }
  }

  private func namedCheck(_ name: String, _ later: Set<String>) -> String {
    switch types[name] {
    case .alias(_, _, let type)?: return check(type, later)
    case .union(let union)?:
      let cases = union.cases.map {
        "  \(TypeScriptWords.quoted($0.value)): check\($0.record),\n"
      }.joined()
      return "union(\(TypeScriptWords.quoted(union.tag)), {\n\(cases)})"
    case .record(let record)?: return fields(record.fields, later)
    case .enumeration?, nil: return "text"
    }
  }

  private func fields(_ fields: [ClientField], _ later: Set<String>) -> String {
    func group(_ fields: [ClientField]) -> String {
      let lines = fields.map { "  \($0.name): \(check($0.type, later)),\n" }.joined()
      return lines.isEmpty ? "{}" : "{\n\(lines)}"
    }
    return
      "object(\(group(fields.filter(\.isRequired))), \(group(fields.filter { !$0.isRequired })))"
  }
}

/// What params are made of, each after what it needs; and those that need themselves.
private struct InputOrder {
  private(set) var names: [String] = []
  private(set) var recursive: Set<String> = []
  private var known: Set<String> = []
  private var open: [String] = []
  private let client: TypeScriptClient

  init(_ client: TypeScriptClient) {
    self.client = client
    for field in client.model.methods.flatMap(\.params) { visit(field.type) }
  }

  private mutating func visit(_ type: ClientType) {
    if let item = type.items.first { return visit(item) }
    guard type.kind == .named else { return }
    if open.contains(type.name) {
      recursive.insert(type.name)
    } else if !known.contains(type.name) {
      open.append(type.name)
      for part in parts(of: type.name) { visit(part) }
      open.removeLast()
      known.insert(type.name)
      names.append(type.name)
    }
  }

  private func parts(of name: String) -> [ClientType] {
    switch client.types[name] {
    case .record(let record)?: record.fields.map(\.type)
    case .union(let union)?: union.cases.map { .named($0.record) }
    case .alias(_, _, let type)?: [type]
    case .enumeration?, nil: []
    }
  }
}
