import Wire

/// Makes the model of the document.
struct ClientModelReader {
  private let document: JSONValue
  private let components: [(String, JSONValue)]
  private let byName: [String: JSONValue]
  private var model = ClientModel()

  init(_ document: JSONValue, digest: String) {
    self.document = document
    components = document["components"]?["schemas"].members ?? []
    byName = Dictionary(components, uniquingKeysWith: { first, _ in first })
    model.version = document["info"]?["version"].text ?? ""
    model.digest = digest
  }

  mutating func read() -> ClientModel {
    for (name, schema) in components { addComponent(name, schema) }
    addRefusals()
    for method in document["methods"].elements { model.methods.append(self.method(method)) }
    for notification in document["x-notifications"].elements {
      model.notifications.append(
        ClientNotification(
          name: notification["name"].text, summary: notification["summary"].text,
          params: params(of: notification)))
      for kind in notification["x-kinds"].elements {
        let word = kind["kind"].text
        model.events.append(
          ClientEvent(
            kind: word, documentation: kind["summary"].text,
            data: type(kind["data"] ?? .null, word.camelCased + "Data")))
      }
    }
    markInputs()
    return model
  }

  // MARK: Types

  private mutating func addComponent(_ name: String, _ schema: JSONValue) {
    guard model.types[name] == nil, !Self.isAny(schema) else { return }
    let found = type(schema, name)
    guard found.kind != .named else { return }
    model.types[name] = .alias(
      name: name, documentation: schema["description"].text, type: found)
  }

  private static func isAny(_ schema: JSONValue) -> Bool {
    let plain: Set = ["title", "description", "default", "examples"]
    return (Optional(schema).members ?? []).allSatisfy { plain.contains($0.0) }
      || schema["type"].elements.count > 3
  }

  /// A text, a number or a truth value.
  private static func isScalar(_ schema: JSONValue) -> Bool {
    schema["type"].elements == ["boolean", "number", "string"].map(JSONValue.string)
  }

  /// The type that a schema describes; what has members or values is noted by its title.
  private mutating func type(_ schema: JSONValue, _ name: String) -> ClientType {
    if let reference = schema["$ref"] { return self.reference(Self.component(reference)) }
    if Self.isAny(schema) { return ClientType(kind: .any) }
    if Self.isScalar(schema) { return ClientType(kind: .scalar) }
    if let first = schema["allOf"].elements.first { return type(first, name) }
    if schema["oneOf"] != nil { return alternatives(schema, name) }
    var kinds = schema["type"].elements.map { Optional($0).text }
    if kinds.isEmpty { kinds = [schema["type"].text] }
    var found = plain(kinds.first { $0 != "null" } ?? "", schema, name)
    found.isNullable = kinds.contains("null")
    return found
  }

  private func reference(_ name: String) -> ClientType {
    Self.isAny(byName[name] ?? .object([])) ? ClientType(kind: .any) : .named(name)
  }

  private static func component(_ reference: JSONValue) -> String {
    Optional(reference).text.split(separator: "/").last.map(String.init) ?? ""
  }

  private mutating func alternatives(_ schema: JSONValue, _ name: String) -> ClientType {
    let options = schema["oneOf"].elements
    let real = options.filter { $0["type"] != .string("null") }
    var found = real.count == 1 ? type(real[0], name) : union(schema, real, name)
    found.isNullable = real.count < options.count
    return found
  }

  private mutating func union(
    _ schema: JSONValue, _ options: [JSONValue], _ name: String
  ) -> ClientType {
    let title = schema["title"].text.isEmpty ? name : schema["title"].text
    guard let tag = Self.tag(of: options) else { return ClientType(kind: .any) }
    var union = ClientUnion(name: title, documentation: schema["description"].text, tag: tag)
    for option in options {
      let value = Self.constant(option["properties"]?[tag])
      let record = type(option, title + value.camelCased).name
      note(place: "\(title) with \(tag) \(value).", of: record)
      union.cases.append((value, record))
    }
    model.types[title] = .union(union)
    return .named(title)
  }

  private mutating func note(place: String, of name: String) {
    guard case .record(var record)? = model.types[name], record.place.isEmpty else { return }
    record.place = place
    model.types[name] = .record(record)
  }

  /// The member that has one value in each option.
  private static func tag(of options: [JSONValue]) -> String? {
    (options.first?["properties"].members ?? []).map(\.0).first { name in
      options.allSatisfy { !constant($0["properties"]?[name]).isEmpty }
    }
  }

  private static func constant(_ schema: JSONValue?) -> String {
    let values = schema?["enum"].elements ?? []
    return values.count == 1 ? Optional(values[0]).text : ""
  }

  private mutating func plain(_ kind: String, _ schema: JSONValue, _ name: String) -> ClientType {
    let title = schema["title"].text.isEmpty ? name : schema["title"].text
    switch kind {
    case "string": return text(schema, title)
    case "integer": return ClientType(kind: .integer)
    case "number": return ClientType(kind: .number)
    case "boolean": return ClientType(kind: .boolean)
    case "array":
      return ClientType(kind: .list, items: [type(schema["items"] ?? .object([]), name + "Item")])
    default: break
    }
    let members = schema["properties"].members
    if members?.isEmpty != false, let others = schema["additionalProperties"],
      Optional(others).members != nil
    {
      return ClientType(kind: .map, items: [type(others, name + "Value")])
    }
    if members == nil, schema["additionalProperties"] != .bool(false) {
      return ClientType(kind: .map, items: [ClientType(kind: .any)])
    }
    return record(schema, title)
  }

  private mutating func text(_ schema: JSONValue, _ title: String) -> ClientType {
    let constant = Self.constant(schema)
    if !constant.isEmpty { return ClientType(kind: .constant, name: constant) }
    let values = schema["enum"].elements + schema["x-known-values"].elements
    guard values.isEmpty else {
      model.types[title] = .enumeration(
        ClientEnumeration(
          name: title, documentation: schema["description"].text,
          values: values.map { Optional($0).text }, isOpen: schema["x-known-values"] != nil))
      return .named(title)
    }
    if schema["format"] == .string("date-time") { return ClientType(kind: .time) }
    return ClientType(kind: .text, pattern: schema["pattern"].text)
  }

  private mutating func record(_ schema: JSONValue, _ title: String) -> ClientType {
    guard model.types[title] == nil else { return .named(title) }
    var record = ClientRecord(name: title, documentation: schema["description"].text)
    // Taken before its members are looked at: one of them may hold another of its kind.
    model.types[title] = .record(record)
    record.isOpen = schema["additionalProperties"].members != nil
    let required = schema["required"].elements
    for (name, member) in schema["properties"].members ?? [] {
      let field = ClientField(
        name: name, type: type(member, title + name.camelCased),
        isRequired: required.contains(.string(name)), documentation: member["description"].text,
        standard: member["default"])
      if member["properties"] != nil {
        note(place: "What stands in \(name) of \(title).", of: field.type.name)
      }
      record.fields.append(field)
    }
    model.types[title] = .record(record)
    return .named(title)
  }

  // MARK: Methods

  private mutating func method(_ method: JSONValue) -> ClientMethod {
    let name = method["name"].text
    let params = params(of: method)
    let result = type(method["result"]?["schema"] ?? .object([]), "\(name).result".camelCased)
    var found = ClientMethod(
      name: name, summary: method["summary"].text, details: method["description"].text,
      params: params, result: result,
      refusals: method["errors"].elements.map { Self.kind(of: $0) },
      isMutating: method["x-mutating"] == .bool(true),
      isRepeatable: method["x-repeatable"] == .bool(true),
      capability: method["x-capability"].text, since: method["x-since"].text)
    if let page = page(of: found) {
      found.isPaged = true
      found.pageItem = page.fields.first { $0.name == "items" }?.type.items.first
    }
    return found
  }

  private mutating func params(of method: JSONValue) -> [ClientField] {
    var params: [ClientField] = []
    for param in method["params"].elements {
      let (name, schema) = (param["name"].text, param["schema"] ?? .object([]))
      params.append(
        ClientField(
          name: name, type: type(schema, "\(method["name"].text).\(name)".camelCased),
          isRequired: param["required"] == .bool(true), documentation: param["description"].text,
          standard: schema["default"]))
    }
    return params
  }

  private func page(of method: ClientMethod) -> ClientRecord? {
    guard !method.isMutating, method.params.contains(where: { $0.name == "cursor" }),
      case .record(let page)? = model.types[method.result.name],
      page.fields.contains(where: { $0.name == "next_cursor" })
    else { return nil }
    return page
  }

  private static func kind(of error: JSONValue) -> String {
    String(error["message"].text.lowercased().map { $0 == " " ? "_" : $0 })
  }

  private mutating func addRefusals() {
    var found: [String: ClientRefusal] = [:]
    let named = document["components"]?["errors"].members ?? []
    for error in named.map(\.1) + document["methods"].elements.flatMap({ $0["errors"].elements }) {
      let kind = Self.kind(of: error)
      let data = error["x-data"].map { type($0, kind.camelCased + "Data").name } ?? ""
      guard found[kind] == nil || !data.isEmpty else { continue }
      found[kind] = ClientRefusal(kind: kind, code: error["code"].text, data: data)
    }
    model.refusals = found.values.sorted { $0.kind < $1.kind }
  }

  /// Types that params can hold must tell what is absent from what is null.
  private mutating func markInputs() {
    var waiting = model.methods.flatMap { $0.params.map(\.type) }
    while let each = waiting.popLast() {
      waiting += each.items
      guard each.kind == .named else { continue }
      switch model.types[each.name] {
      case .union(let union)?: waiting += union.cases.map { .named($0.record) }
      case .record(var record)? where !record.isInput:
        record.isInput = true
        model.types[each.name] = .record(record)
        waiting += record.fields.map(\.type)
      default: break
      }
    }
  }
}
