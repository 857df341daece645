import Wire

extension JSONValue? {
  /// Empty where it is none.
  var text: String { if case .string(let text)? = self { text } else { "" } }
}
