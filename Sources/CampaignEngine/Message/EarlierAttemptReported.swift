import Wire

/// News of an attempt that was followed by another while nobody knew its outcome. If it was taken
/// and the newer one is not known to be, the message stands for it from now on; if both were, the
/// guest has it twice, and both are paid for. News that the attempt failed of which the message tells
/// gives its place to another that was taken, or may have been.
struct EarlierAttemptReported: Event {
  static let kind = EventKind.earlierAttemptReported
  var message = MessageID.none
  var number: UInt16 = 0
  var status = MessageStatus.sent
  var at = Timestamp.zero
  var gatewayID = ""
  var billedMicros: Int64?
  var failure: FailureProof?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("number", &number, "Number of the attempt.")
    try visit.field("status", &status, "What became of it.")
    try visit.field("at", &at, "When, by WhatsApp's clock.")
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id, where it was not known.")
    try visit.field("billed", &billedMicros, "Price of the delivery.")
    try visit.field("failure", &failure, "What its failure proves.")
  }

  func apply(to state: inout State) {
    let now = state.now
    let before = state[message]
    if status == .delivered || status == .read,
      let attempt = before.earlier.first(where: { $0.number == number }),
      attempt.status.rank < MessageStatus.delivered.rank
    {
      state.countDelivery(of: attempt.cost.category, by: before.sender, at: at)
    }
    state.modify(message) { row in
      if number == row.currentAttempt { return row.giveWay(at: now) }
      guard let index = row.earlier.firstIndex(where: { $0.number == number }) else { return }
      row.earlier[index].status = status
      row.earlier[index].at = at
      if status == .failed {
        row.earlier[index].failure = failure
      } else if !row.earlier[index].isUnknown, row.earlier[index].failure == nil {
        // It failed before it was kept what that proves.
        row.earlier[index].failure = .notDelivered
      }
      if row.earlier[index].gatewayID.isEmpty { row.earlier[index].gatewayID = gatewayID }
      if status.rank >= MessageStatus.delivered.rank, status.isWithWhatsApp {
        row.earlier[index].cost.billedMicros = billedMicros
      }
      if status.isWithWhatsApp, !row.status.isWithWhatsApp { row.stand(for: index, at: now) }
    }
  }
}

extension Message {
  /// The attempt that the row tells of has failed, and another takes its place.
  fileprivate mutating func giveWay(at now: Timestamp) {
    guard let index = replacement else { return }
    (failure, unknownSince) = (.notDelivered, .zero)
    stand(for: index, at: now)
  }

  /// The earlier attempt takes the place of the newest one, and the other way round.
  fileprivate mutating func stand(for index: Int, at now: Timestamp) {
    let taken = earlier.remove(at: index)
    if let newest = EarlierAttempt(self) { earlier.append(newest) }
    (standing, gatewayID, status, cost) = (taken.number, taken.gatewayID, taken.status, taken.cost)
    (error, block, failure) = (nil, nil, nil)
    (leaseUntil, failedAt) = (.zero, .zero)
    let isUnknown = taken.status == .outcomeUnknown
    (unknownSince, acceptedAt) = isUnknown ? (now, .zero) : (.zero, now)
    (sentAt, deliveredAt, readAt) = (.zero, .zero, .zero)
    switch taken.status {
    case .sent: sentAt = taken.at
    case .delivered: deliveredAt = taken.at
    case .read: (deliveredAt, readAt) = (taken.at, taken.at)
    default: break
    }
  }
}

extension EarlierAttemptReported {
  static var publicData: (any PublicData.Type)? { EarlierAttemptReportedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = EarlierAttemptReportedData()
    (data.attempt, data.status) = (number, status)
    (data.reportedAt, data.billedMicros) = (at, billedMicros)
    return PublicEvent(data, message: message, in: state)
  }
}

package struct EarlierAttemptReportedData: PublicData {
  package static let kind = PublicKind("earlier_attempt_reported")
  package static let summary =
    "It became known what had become of an attempt that was repeated meanwhile."
  package var attempt: UInt16 = 1
  package var status = MessageStatus.sent
  package var reportedAt = Timestamp.zero
  package var billedMicros: Int64?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("attempt", &attempt, "The first, the second, and so on.")
    try visit.field("status", &status, "accepted, sent, delivered, read or failed.")
    try visit.field("reported_at", &reportedAt, "When, by WhatsApp's clock.")
    try visit.field("billed_micros", &billedMicros, "Price of the delivery.")
  }
}
