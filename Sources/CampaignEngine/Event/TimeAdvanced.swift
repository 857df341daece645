import Wire

/// The clock of the state moves. Comes before the events of a command that is later than the one
/// before, so that those need no time of their own.
struct TimeAdvanced: InternalEvent {
  static let kind = EventKind.timeAdvanced
  var to = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("to", &to, "The time of what follows.")
  }

  func apply(to state: inout State) { state.now = max(state.now, to) }
}
