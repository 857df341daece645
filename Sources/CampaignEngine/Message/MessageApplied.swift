import Wire

/// A reply that came during a pause takes effect now.
struct MessageApplied: InternalEvent {
  static let kind = EventKind.messageApplied
  var message = MessageID.none
  var areMoreWaiting = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("are_more_waiting", &areMoreWaiting, "The execution has others.")
  }

  func apply(to state: inout State) {
    state.modify(message) { row in
      row.isUnapplied = false
      if row.givenDisposition != nil { row.dispose(as: .applied) }
    }
    state.modify(state[message].execution) { $0.hasUnappliedReply = areMoreWaiting }
  }
}
