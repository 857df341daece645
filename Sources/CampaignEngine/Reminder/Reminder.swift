import Wire

/// A message to one guest or to many, at a time, for whom it still holds then.
package struct Reminder: WireObject {
  package var plan = ReminderPlan()
  /// The plan's time as an instant.
  package var dueAt = Timestamp.zero
  package var phase = ReminderPhase.scheduled
  /// Candidate judged last, and the last one to judge; nil before the first slice.
  package var cursor: UInt32 = 0
  package var lastCandidate: UInt32?
  /// After a cancel: messages looked at so far, so that those not yet sent are taken back.
  package var cleared = 0
  package var counters = ReminderCounters()
  package var createdAt = Timestamp.zero
  package var startedAt = Timestamp.zero
  package var endedAt = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("plan", &plan, "Whom, what and when.")
    try visit.field("due_at", &dueAt, "When it is due.")
    try visit.field("phase", &phase, "How far its work has come.")
    try visit.field("cursor", &cursor, "Candidate judged last.")
    try visit.field("last_candidate", &lastCandidate, "Last candidate to judge.")
    try visit.field("cleared", &cleared, "Messages looked at after a cancel.")
    try visit.field("counters", &counters, "Statistics.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("started_at", &startedAt, "When it began to be sent.")
    try visit.field("ended_at", &endedAt, "When nothing was left to send.")
  }

  /// Follows from how far the work has come and from what became of the messages, so that a failure
  /// that WhatsApp reports late is seen here too.
  package var status: ReminderStatus {
    switch phase {
    case .scheduled: .scheduled
    case .sending: .sending
    case .cancelled: .cancelled
    case .judged: counters.open > 0 ? .sending : counters.outcome
    }
  }
}

/// How far the work on a reminder has come.
package enum ReminderPhase: String, WireEnum {
  case scheduled
  /// Guests are judged, slice by slice.
  case sending
  /// All were judged; the rest is up to their messages.
  case judged
  case cancelled
}

package enum ReminderStatus: String, WireEnum {
  case scheduled, sending, sent
  case partlySent = "partly_sent"
  case cancelled
  /// Nobody was written to: nobody matched, or each had a reason.
  case skipped
  case failed
}

/// What can be done to a reminder; the words of the answers' `allowed`.
package enum ReminderAction: String, WireEnum {
  case update, cancel
  case sendNow = "send_now"
}

extension ReminderStatus {
  /// The one table that decides what may be done.
  package var allowed: [ReminderAction] {
    switch self {
    case .scheduled: [.update, .cancel, .sendNow]
    case .sending: [.cancel]
    case .sent, .partlySent, .cancelled, .skipped, .failed: []
    }
  }
}

/// Why a guest who matches is not reminded; the words of `LeftOutCode`, and two more.
package enum ReminderSkipReason {
  package static let condition = "condition"
  /// The guest's execution in the campaign was cancelled.
  package static let cancelled = "cancelled"
}

/// A guest who matched and was not written to.
package struct ReminderSkip: WireObject, Equatable {
  package var guest = GuestID.none
  package var reason = Symbol.none

  package init() {}
  package init(guest: GuestID, reason: Symbol) { (self.guest, self.reason) = (guest, reason) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Guest.")
    try visit.field("reason", &reason, "Why.")
  }
}
