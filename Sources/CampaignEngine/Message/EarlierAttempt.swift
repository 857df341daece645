import Wire

/// An attempt before the present one. WhatsApp may still report on it: by its own id, or by our name
/// for it; and where nobody knew what had become of it, it may turn out to have been taken.
package struct EarlierAttempt: WireObject, Equatable {
  package var number: UInt16 = 0
  package var gatewayID = ""
  /// Nobody knew its outcome when the next attempt began.
  package var isUnknown = false
  package var status = MessageStatus.failed
  package var at = Timestamp.zero
  package var cost = MessageCost()

  package init() {}

  /// What has to be kept of a message's present attempt before another takes its place; nil where
  /// nothing can refer to it any more.
  init?(_ row: Message) {
    isUnknown = row.mayHaveBeenTaken
    guard row.attempts > 0, isUnknown || !row.gatewayID.isEmpty else { return nil }
    (number, gatewayID, at, cost) = (row.currentAttempt, row.gatewayID, row.attemptAt, row.cost)
    status = isUnknown ? .outcomeUnknown : .failed
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("number", &number, "Number of the attempt.")
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id.")
    try visit.field("is_unknown", &isUnknown, "Its outcome was not known.")
    try visit.field("status", &status, "What became of it.")
    try visit.field("at", &at, "When.")
    try visit.field("cost", &cost, "Cost.")
  }
}

extension Message {
  /// Attempts that WhatsApp took: more than one where the guest has it twice.
  var takenAttempts: Int {
    earlier.count { $0.status.isWithWhatsApp } + (status.isWithWhatsApp ? 1 : 0)
  }

  /// Every id by which WhatsApp may speak of this message.
  package var gatewayIDs: [String] {
    ([gatewayID] + earlier.map(\.gatewayID)).filter { !$0.isEmpty }
  }

  /// The earlier attempt that a report is about, if it is about one.
  func earlierAttempt(named attempt: AttemptID?, gatewayID: String) -> UInt16? {
    if let attempt {
      return earlier.contains { $0.number == attempt.number } ? attempt.number : nil
    }
    guard !gatewayID.isEmpty, gatewayID != self.gatewayID else { return nil }
    return earlier.first { $0.gatewayID == gatewayID }?.number
  }
}
