import Wire

/// The result of a command with an idempotency key, so that a repeat gets it again.
struct ResultRemembered: InternalEvent {
  static let kind = EventKind.resultRemembered
  var entry = RememberedResult()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("entry", &entry, "Key, digest and result.")
  }

  func apply(to state: inout State) { state.idempotency.add(entry) }
}
