import Wire

/// Says whether a value fits a schema, for the keywords that documents use. It refuses keywords
/// that it does not know, so that none goes unchecked.
struct SchemaValidator {
  struct UnknownKeyword: Error {
    var keyword: String
  }

  let document: JSONValue
  /// What callers send is held to more than what is answered, which may grow.
  var isOfParams = false

  func accepts(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
    guard case .object(let keywords) = schema else { return schema == .bool(true) }
    for (keyword, argument) in keywords {
      guard try accepts(value, keyword, argument, schema) else { return false }
    }
    return true
  }

  private func accepts(
    _ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ schema: JSONValue
  ) throws -> Bool {
    switch keyword {
    case "title", "description", "default", "format", "examples": true
    case "x-known-values":
      !isOfParams || schema["x-closed-in-params"] == nil || argument.elements.contains(value)
    case "x-closed-in-params":
      !isOfParams || schema["properties"] == nil
        || value.members.allSatisfy { schema["properties"]?[$0.0] != nil }
    case "$ref": try resolve(argument).map { try accepts(value, $0) } ?? false
    case "type": types(named: argument).contains { types(of: value).contains($0) }
    case "enum": argument.elements.contains(value)
    case "allOf": try argument.elements.allSatisfy { try accepts(value, $0) }
    case "oneOf": try argument.elements.filter { try accepts(value, $0) }.count == 1
    case "minimum": value.integer.map { $0 >= argument.integer ?? .max } ?? true
    case "maximum": value.integer.map { $0 <= argument.integer ?? .min } ?? true
    case "minLength": value.length.map { $0 >= argument.integer ?? .max } ?? true
    case "maxLength": value.length.map { $0 <= argument.integer ?? .min } ?? true
    case "minItems": value.elements.count >= argument.integer ?? .max
    case "maxItems": value.elements.count <= argument.integer ?? .min
    case "pattern": try value.text.map { $0.contains(try Regex(argument.text ?? "")) } ?? true
    case "items": try value.elements.allSatisfy { try accepts($0, argument) }
    case "required": argument.elements.allSatisfy { value[$0.text ?? ""] != nil }
    case "properties":
      try value.members.allSatisfy { name, member in
        try argument[name].map { try accepts(member, $0) } ?? true
      }
    case "additionalProperties":
      try value.members.allSatisfy { name, member in
        try schema["properties"]?[name] != nil || accepts(member, argument)
      }
    default: throw UnknownKeyword(keyword: keyword)
    }
  }

  /// Of the form `#/components/schemas/Guest`.
  func resolve(_ reference: JSONValue) -> JSONValue? {
    guard let path = reference.text, path.hasPrefix("#/") else { return nil }
    return path.dropFirst(2).split(separator: "/").reduce(document) { $0?[String($1)] }
  }

  private func types(named argument: JSONValue) -> [String] {
    argument.text.map { [$0] } ?? argument.elements.compactMap(\.text)
  }

  /// Every integer is a number too.
  private func types(of value: JSONValue) -> [String] {
    switch value {
    case .null: ["null"]
    case .bool: ["boolean"]
    case .number(let text): Int64(text) == nil ? ["number"] : ["number", "integer"]
    case .string: ["string"]
    case .array: ["array"]
    case .object: ["object"]
    }
  }
}

extension JSONValue {
  init(_ text: String) throws {
    self = try JSON.decode(JSONValue.self, from: Array(text.utf8))
  }

  var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }
  var members: [(String, JSONValue)] {
    if case .object(let members) = self { members } else { [] }
  }
  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }
  var integer: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }
  var length: Int? { text?.unicodeScalars.count }
}
