import CampaignEngine

/// A report that is not due yet, in as little room as possible: with a million guests there are
/// millions of them. What can be computed again, such as identifiers, is not kept.
struct PendingReport: Sendable {
  enum Fact: Sendable {
    case accepted(isHeld: Bool, userNumber: UInt64?)
    case refused(code: Int64)
    case lost
    case status(ReportedStatus, at: Timestamp, code: Int64?, isNamed: Bool)
    indirect case inbound(InboundFact)
  }

  let due: Timestamp
  let attempt: AttemptID
  let sender: SenderID
  /// Place in the story of the attempt.
  let index: UInt8
  let fact: Fact
}

struct InboundFact: Sendable {
  var kind = ContentKind.text
  var text = ""
  var payload = ""
  var isQuoting = false
  /// Tells the messages that one attempt leads to apart; a webhook that comes twice has the same.
  var ordinal: UInt64 = 0
  var sentAt = Timestamp.zero
  var from: Phone?
  var userNumber: UInt64?
}

/// Earliest first; what WhatsApp says goes before what people write. The rest of the order hangs
/// on identifiers alone, so that it is the same in whatever order attempts were handed over.
extension PendingReport: Comparable {
  var isInbound: Bool {
    if case .inbound = fact { true } else { false }
  }

  static func == (left: Self, right: Self) -> Bool {
    left.due == right.due && left.attempt == right.attempt && left.index == right.index
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.due != right.due { return left.due < right.due }
    if left.isInbound != right.isInbound { return right.isInbound }
    if left.attempt.message != right.attempt.message {
      return left.attempt.message < right.attempt.message
    }
    if left.attempt.number != right.attempt.number {
      return left.attempt.number < right.attempt.number
    }
    return left.index < right.index
  }
}
