import Wire

/// What somebody filled in inside WhatsApp. Meta says that it is a text with an object in it; phones have sent the
/// object itself, and a list of objects. Fields are what the form's author called them.
package struct FlowResponse: Sendable {
  /// Each with its values: a box of several choices has several.
  private(set) var fields: [(name: String, values: [String])] = []

  /// Meta's own member among them.
  static let tokenName = "flow_token"

  package init(_ json: JSONValue?) { add(json, depth: 0) }

  package init(text: String) {
    self.init(.string(text))
  }

  private mutating func add(_ json: JSONValue?, depth: Int) {
    guard depth < 3, fields.count < Limits.formFields else { return }
    switch json {
    case .string(let text):
      if let inner = try? JSON.decode(JSONValue.self, from: Array(text.utf8)) {
        add(inner, depth: depth + 1)
      }
    case .array(let items): for item in items { add(item, depth: depth + 1) }
    case .object(let members):
      // A list of names with values.
      if case .string(let name)? = json?["name"], let value = json?["value"] {
        set(name, value)
      } else {
        for (name, value) in members { set(name, value) }
      }
    default: break
    }
  }

  private mutating func set(_ name: String, _ value: JSONValue) {
    guard fields.count < Limits.formFields else { return }
    let values = Self.values(of: value)
    if values.isEmpty { return }
    // A list may have one name for each of several choices.
    if let place = fields.firstIndex(where: { $0.name == name }) {
      fields[place].values += values
    } else {
      fields.append((name, values))
    }
  }

  private static func values(of value: JSONValue) -> [String] {
    switch value {
    case .array(let items): items.prefix(Limits.formFields).flatMap(single)
    default: single(value)
    }
  }

  /// Some choices come with their titles; deeper there is nothing.
  private static func single(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): text[...].trimmed.isEmpty ? [] : [text]
    case .number(let text): [text]
    case .bool(let flag): [flag ? "true" : "false"]
    case .object:
      switch value["id"] ?? value["title"] {
      case .string(let text)?, .number(let text)?: [text]
      default: []
      }
    case .array: []
    case .null: []
    }
  }

  /// Nil where nothing was filled in there.
  package func values(of name: String) -> [String]? { fields.first { $0.name == name }?.values }

  package var token: String? { values(of: Self.tokenName)?.first }

  /// As messages keep it.
  package var text: String {
    let members = fields.filter { $0.name != Self.tokenName }.map { name, values in
      (name, values.count == 1 ? JSONValue.string(values[0]) : .array(values.map(JSONValue.string)))
    }
    return String(decoding: JSON.encode(JSONValue.object(members)), as: UTF8.self)
  }
}
