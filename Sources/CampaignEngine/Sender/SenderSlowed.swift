import Wire

/// WhatsApp throttled a number: it rests, and goes slower for a while.
struct SenderSlowed: InternalEvent {
  static let kind = EventKind.senderSlowed
  var sender = SenderID.none
  var until = Timestamp.zero
  var slowness: Int64 = 1

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender", &sender, "Sender.")
    try visit.field("until", &until, "Nothing goes before.")
    try visit.field("slowness", &slowness, "One by this of its rate is left afterwards.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.senders[sender].row.throttledUntil = until
    state.senders[sender].row.slowness = slowness
    state.senders[sender].row.slowedAt = now
  }
}
