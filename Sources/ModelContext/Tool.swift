import JSONRPC
import Wire

/// A method as a tool of the Model Context Protocol.
package struct Tool: Sendable {
  /// What may be done with a service's methods here.
  package struct Selection: Sendable {
    package let name: String
    /// Params that must be given though the method could do without them.
    package var required: [String]
    package var effect: Effect

    package init(_ name: String, required: [String] = [], effect: Effect) {
      (self.name, self.required, self.effect) = (name, required, effect)
    }
  }

  /// For the hints that a client shows its user before a call.
  package enum Effect: Sendable {
    case reads
    /// Something new; nothing that was there becomes another, and nothing leaves.
    case adds
    /// Changes, or has messages sent: what is sent cannot be taken back.
    case changes
  }

  package let name: String
  let required: [String]
  /// As `tools/list` has it.
  let description: JSONValue

  /// Nil where the document has no such method.
  package init?(_ selection: Selection, of document: JSONValue) {
    let name = selection.name
    guard let method = document["methods"].elements.first(where: { $0["name"].text == name }) else {
      return nil
    }
    self.name = name
    required = selection.required
    let schema = ToolSchema(components: document["components"]?["schemas"])
    var text = method["summary"].text
    if !method["description"].text.isEmpty { text += " " + method["description"].text }
    if !required.isEmpty { text += " Here \(required.joined(separator: ", ")) must be given." }
    description = .object([
      ("name", .string(name)),
      ("title", .string(Self.title(of: name))),
      ("description", .string(text)),
      ("inputSchema", schema.input(of: method, required: required)),
      ("outputSchema", schema.output(of: method)),
      (
        "annotations",
        Self.annotations(selection.effect, isRepeatable: method["x-repeatable"] == .bool(true))
      ),
    ])
  }

  /// `execution.bulk_retry` is "Execution: bulk retry".
  private static func title(of name: String) -> String {
    let parts = name.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let first = parts[0].first else { return name }
    return first.uppercased() + parts[0].dropFirst() + ": "
      + String(parts[1].map { $0 == "_" ? " " : $0 })
  }

  private static func annotations(_ effect: Effect, isRepeatable: Bool) -> JSONValue {
    let changes = effect == .changes
    return .object([
      ("readOnlyHint", .bool(effect == .reads)),
      ("destructiveHint", .bool(changes)),
      ("idempotentHint", .bool(isRepeatable)),
      ("openWorldHint", .bool(changes)),
    ])
  }
}
