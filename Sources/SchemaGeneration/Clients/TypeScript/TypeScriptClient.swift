import Wire

/// Renders the generated part of the TypeScript client. Fields keep the names that they have on the
/// wire, so an answer is taken as it came.
struct TypeScriptClient {
  let model: ClientModel
  /// The model's types, and the params of methods and of notifications.
  let types: [String: NamedType]

  init(_ model: ClientModel) {
    self.model = model
    var types = model.types
    for method in model.methods where !method.params.isEmpty {
      let name = Self.paramsName(of: method)
      types[name] = .record(
        ClientRecord(
          name: name, documentation: "Params of `\(method.name)`.", fields: method.params))
    }
    for notification in model.notifications {
      let name = Self.name(of: notification)
      types[name] = .record(
        ClientRecord(
          name: name, documentation: notification.summary, fields: notification.params))
    }
    self.types = types
  }

  /// Files of the folder `generated`, by name.
  func files() -> [(name: String, text: String)] {
    [
      ("types.ts", declarations()), ("checks.ts", checks()), ("methods.ts", methods()),
      ("namespaces.ts", namespaces()), ("errors.ts", errors()), ("events.ts", events()),
    ].map { (name: $0.0, text: TypeScriptWords.file($0.1)) }
  }

  static func paramsName(of method: ClientMethod) -> String { method.name.camelCased + "Params" }

  static func name(of notification: ClientNotification) -> String {
    notification.name.camelCased + "Notification"
  }

  /// - Parameter qualifier: stands before names of types.
  func type(_ type: ClientType, _ qualifier: String = "") -> String {
    var plain = type
    plain.isNullable = false
    if type.needsNull { return self.type(plain, qualifier) + " | null" }
    switch type.kind {
    case .text: return "string"
    case .time: return qualifier + "Timestamp"
    case .integer, .number: return "number"
    case .boolean: return "boolean"
    case .scalar: return "string | number | boolean"
    case .any: return "JsonValue"
    case .constant: return TypeScriptWords.quoted(type.name)
    case .named: return qualifier + type.name
    case .list:
      let inner = self.type(type.item, qualifier)
      return inner.contains(" ") ? "readonly (\(inner))[]" : "readonly \(inner)[]"
    case .map: return "{ readonly [key: string]: \(self.type(type.item, qualifier)) }"
    }
  }

  /// Nothing is imported that is not used.
  func jsonImport(for body: String) -> String {
    body.contains(text: "JsonValue")
      ? "import type { JsonValue } from \"../runtime/json.js\";\n" : ""
  }

  // MARK: types.ts

  private func declarations() -> String {
    let declared = types.values.sorted { $0.name < $1.name }.map(declaration)
    return
      ([
        TypeScriptWords.header, "import type { JsonValue } from \"../runtime/json.js\";\n",
      ] + declared).joined(separator: "\n")
  }

  private func declaration(_ declared: NamedType) -> String {
    switch declared {
    case .alias(let name, let documentation, let type):
      let written = type.kind == .text || type.kind == .time ? text(type) : self.type(type)
      return TypeScriptWords.comment(documentation) + "export type \(name) = \(written);\n"
    case .enumeration(let enumeration):
      var documentation = enumeration.documentation
      if enumeration.isOpen { documentation += " Values may be added." }
      let values = enumeration.values.map { "\n  | \(TypeScriptWords.quoted($0))" }.joined()
      let rest = enumeration.isOpen ? "\n  | (string & {})" : ""
      return TypeScriptWords.comment(documentation)
        + "export type \(enumeration.name) =\(values)\(rest);\n"
    case .union(let union):
      let cases = union.cases.map { "\n  | \($0.record)" }.joined()
      return TypeScriptWords.comment(union.documentation)
        + "export type \(union.name) =\(cases);\n"
    case .record(let record): return self.record(record)
    }
  }

  /// Identifiers of different things must not be mixed up.
  private func text(_ type: ClientType) -> String {
    let start = type.pattern.prefix(6)
    return start.hasPrefix("^") && start.hasSuffix("_[")
      ? "`\(start.dropFirst().dropLast())${string}`" : "string"
  }

  private func record(_ record: ClientRecord) -> String {
    let documentation = record.documentation.isEmpty ? record.place : record.documentation
    var fields = record.fields.map(field).joined()
    if record.isOpen {
      fields +=
        "  /** What else was put there is kept. */\n  readonly [key: string]: unknown;\n"
    }
    return TypeScriptWords.comment(documentation)
      + "export interface \(record.name) {\n\(fields)}\n"
  }

  private func field(_ field: ClientField) -> String {
    var documentation = field.documentation
    if let standard = field.standard {
      let json = String(decoding: JSON.encode(standard), as: UTF8.self)
      if json.count <= 40 { documentation += " Default: `\(json)`." }
    }
    let (mark, rest) = field.isRequired ? ("", "") : ("?", " | undefined")
    return TypeScriptWords.comment(documentation, "  ")
      + "  readonly \(field.name)\(mark): \(type(field.type))\(rest);\n"
  }
}
