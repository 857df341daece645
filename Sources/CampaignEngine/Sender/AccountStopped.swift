import Wire

/// WhatsApp stopped a business account. What that means for campaigns follows in events of their own.
struct AccountStopped: InternalEvent {
  static let kind = EventKind.accountStopped
  var account = ""
  var at = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("account", &account, "Business account.")
    try visit.field("at", &at, "When.")
  }

  func apply(to state: inout State) {
    for sender in state.senders.ids where state.senders[sender].row.account == account {
      state.senders[sender].row.accountStoppedAt = at
    }
  }
}
