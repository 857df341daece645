import Wire

/// A schema in a few words: with marks and links for a page, without for a terminal.
struct SchemaWords {
  static let ofPage = SchemaWords(isMarked: true)
  static let ofTerminal = SchemaWords(isMarked: false)

  private let isMarked: Bool

  /// `list of [GuestRow](#guestrow), or null`.
  func type(_ schema: JSONValue?) -> String {
    guard let schema else { return "" }
    if let reference = schema["$ref"] { return link(reference) }
    if let all = schema["allOf"] { return type(Optional(all).elements.first) + fallback(schema) }
    let choices = schema["oneOf"].elements
    if !choices.isEmpty {
      let isNullable = choices.contains { $0["type"] == .string("null") }
      let others = choices.filter { $0["type"] != .string("null") }.map { type($0) }
      return others.joined(separator: " or ") + (isNullable ? " or null" : "") + fallback(schema)
    }
    return plain(schema) + fallback(schema)
  }

  /// One that has no name.
  func plain(_ schema: JSONValue) -> String {
    let words = schema["enum"].elements + schema["x-known-values"].elements
    if !words.isEmpty {
      return words.map { literal(Optional($0).text) }.joined(separator: ", ")
    }
    var types = schema["type"].elements.map { Optional($0).text }
    if types.isEmpty { types = [schema["type"].text] }
    let isNullable = types.count == 2 && types.contains("null")
    if types == ["boolean", "number", "string"] { return "text, number or boolean" }
    if types.count > 2 { return "any JSON" }
    let name = types.first { $0 != "null" } ?? "null"
    return word(name, schema) + bounds(schema) + (isNullable ? " or null" : "")
  }

  private func word(_ name: String, _ schema: JSONValue) -> String {
    switch name {
    case "string":
      schema["format"] == .string("date-time")
        ? "time" : schema["pattern"].map { "text like \(literal(Optional($0).text))" } ?? "text"
    case "array": "list of \(type(schema["items"]))"
    case "object":
      schema["properties"] == nil && schema["additionalProperties"] != nil
        ? "map to \(type(schema["additionalProperties"]))" : "object"
    default: name
    }
  }

  private func bounds(_ schema: JSONValue) -> String {
    for (least, most) in [
      ("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"),
      ("minProperties", "maxProperties"),
    ] {
      let (low, high) = (schema[least].text, schema[most].text)
      if !low.isEmpty || !high.isEmpty { return " (\(low)…\(high))" }
    }
    return ""
  }

  private func fallback(_ schema: JSONValue) -> String {
    schema["default"].map { "; \(String(decoding: JSON.encode($0), as: UTF8.self)) if absent" }
      ?? ""
  }

  private func link(_ reference: JSONValue) -> String {
    let name = Optional(reference).text.split(separator: "/").last.map(String.init) ?? ""
    return isMarked ? "[\(name)](#\(SchemaPage.anchor(name)))" : name
  }

  private func literal(_ text: String) -> String { isMarked ? "`\(text)`" : text }
}
