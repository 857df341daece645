import JSONRPC
import Wire

/// A task that a person may hand to a model, with places for what it is about.
package struct Prompt: Sendable {
  package struct Argument: Sendable {
    package let name: String
    package let description: String
    package let isRequired: Bool

    package init(_ name: String, _ description: String, isRequired: Bool) {
      (self.name, self.description, self.isRequired) = (name, description, isRequired)
    }
  }

  package let name: String
  package let title: String
  package let summary: String
  package let arguments: [Argument]
  /// `{name}` is a place for an argument.
  package let text: String

  package init(
    name: String, title: String, summary: String, arguments: [Argument], text: String
  ) {
    (self.name, self.title, self.summary) = (name, title, summary)
    (self.arguments, self.text) = (arguments, text)
  }

  var description: JSONValue {
    .object([
      ("name", .string(name)), ("title", .string(title)), ("description", .string(summary)),
      (
        "arguments",
        .array(
          arguments.map {
            .object([
              ("name", .string($0.name)), ("description", .string($0.description)),
              ("required", .bool($0.isRequired)),
            ])
          })
      ),
    ])
  }

  func filledIn(_ given: JSONValue?) throws(RPCError) -> [(String, JSONValue)] {
    var values: [String: String] = [:]
    for argument in arguments {
      switch given?[argument.name] {
      case .string(let value)?: values[argument.name] = value
      case nil where !argument.isRequired: values[argument.name] = "(not given)"
      default: throw .invalidParams("arguments.\(argument.name): expected a text")
      }
    }
    let message = JSONValue.object([
      ("role", .string("user")),
      (
        "content",
        .object([("type", .string("text")), ("text", .string(Self.fill(text, with: values)))])
      ),
    ])
    return [("description", .string(summary)), ("messages", .array([message]))]
  }

  /// From left to right, so that what was filled in is never read as a place.
  private static func fill(_ text: String, with values: [String: String]) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      filled += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      filled += values[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }
}
