extension Error {
  /// For people, in a log or on a terminal. What has no words of its own is named by its kind alone: how
  /// Swift writes its values helps nobody, and they may be a guest's.
  package var sentence: String {
    let value: Any = self
    if let known = value as? any CustomStringConvertible { return known.description }
    return "a fault without words, \(type(of: self))"
  }
}
