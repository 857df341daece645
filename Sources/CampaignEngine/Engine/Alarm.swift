/// The moment at which something other than an execution falls due: a campaign's schedule, a
/// reminder, the deadline of a message. It is derived from the row's own time; if the row has moved
/// on since, the alarm does nothing.
package struct Alarm: Comparable, Sendable {
  /// The order decides between alarms of one moment.
  package enum Kind: UInt8, Sendable, CaseIterable {
    case campaign, reminder, message
  }

  package let due: Timestamp
  package let kind: Kind
  /// The row's identifier.
  package let id: UInt64

  package init(_ kind: Kind, _ id: UInt64, due: Timestamp) {
    (self.kind, self.id, self.due) = (kind, id, due)
  }

  package static func < (left: Self, right: Self) -> Bool {
    if left.due != right.due { return left.due < right.due }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    return left.id < right.id
  }
}

extension State {
  /// Sets the alarm of a row that has a time; a time of zero sets none.
  mutating func addAlarm(_ kind: Alarm.Kind, _ id: UInt64, at due: Timestamp) {
    if due > .zero { alarms.insert(Alarm(kind, id, due: due)) }
  }
}

extension Engine {
  /// Each kind of row answers for its alarms in its own file; this only forwards.
  mutating func ring(_ alarm: Alarm) {
    switch alarm.kind {
    case .campaign: campaignFallsDue(CampaignID(rawValue: alarm.id), at: alarm.due)
    case .reminder: startReminder(alarm)
    case .message: ringForMessage(alarm)
    }
  }
}
