import Wire

struct SenderCreated: Event {
  static let kind = EventKind.senderCreated
  var row = Sender()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("row", &row, "The sender.")
  }

  func apply(to state: inout State) { state.senders.append(SenderState(row: row)) }
}
