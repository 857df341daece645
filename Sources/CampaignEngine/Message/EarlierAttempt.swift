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
  /// What its failure proves; nil where it has not failed, and from before this was kept.
  package var failure: FailureProof?

  package init() {}

  /// The present attempt of a message before another takes its place: whatever is known of it, more
  /// may be heard. Nil where there was none, and where journals from before it was kept what a
  /// failure proves had nothing that refers to it.
  init?(_ row: Message) {
    isUnknown = row.mayHaveBeenTaken
    guard row.attempts > 0, isUnknown || !row.gatewayID.isEmpty || row.failure != nil else {
      return nil
    }
    (number, gatewayID, at, cost) = (row.currentAttempt, row.gatewayID, row.attemptAt, row.cost)
    status = isUnknown ? .outcomeUnknown : .failed
    failure = isUnknown ? nil : row.failure
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("number", &number, "Number of the attempt.")
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id.")
    try visit.field("is_unknown", &isUnknown, "Its outcome was not known.")
    try visit.field("status", &status, "What became of it.")
    try visit.field("at", &at, "When.")
    try visit.field("cost", &cost, "Cost.")
    try visit.field("failure", &failure, "What its failure proves.")
  }

  /// Statuses move up. What failed is believed to have been taken only where that is refuted.
  func isNews(_ news: MessageStatus) -> Bool {
    if status == .failed { return (failure ?? .notDelivered).isRefuted(by: news) }
    if news == .failed { return status.rank < MessageStatus.delivered.rank }
    return status == .outcomeUnknown || news.rank > status.rank
  }
}

extension Message {
  /// Attempts that WhatsApp took: more than one where the guest has it twice.
  var takenAttempts: Int {
    earlier.count { $0.status.isWithWhatsApp } + (status.isWithWhatsApp ? 1 : 0)
  }

  /// The present attempt joins those before it. A number that is throttled for days makes many that
  /// nothing was heard of but a refusal; of those the newest are kept.
  mutating func keepPresentAttempt() {
    guard let attempt = EarlierAttempt(self) else { return }
    earlier.append(attempt)
    guard earlier.count > Limits.earlierAttempts else { return }
    let oldest = earlier.firstIndex {
      $0.status == .failed && $0.failure == .notAccepted && $0.gatewayID.isEmpty
    }
    if let oldest { earlier.remove(at: oldest) }
  }

  /// Index of the attempt that the message tells of once the present one has failed: one that was
  /// taken, else the newest of all where nobody knows what became of it. Older unknown ones were
  /// followed by another because somebody said so.
  var replacement: Int? {
    earlier.indices.filter { earlier[$0].status.isWithWhatsApp }
      .max { earlier[$0].status.rank < earlier[$1].status.rank }
      ?? earlier.firstIndex { $0.number == attempts && $0.status == .outcomeUnknown }
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
