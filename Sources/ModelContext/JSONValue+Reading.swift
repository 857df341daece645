import Wire

extension JSONValue? {
  /// Empty where it is none.
  var text: String { if case .string(let text)? = self { text } else { "" } }

  var elements: [JSONValue] { if case .array(let elements)? = self { elements } else { [] } }
}
