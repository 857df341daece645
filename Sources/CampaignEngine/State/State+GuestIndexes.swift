/// Where guests are looked up and counted. Whoever appends or changes one, live or after a snapshot, comes
/// by here.
extension State {
  /// Enters a guest that no index knows yet.
  mutating func index(_ id: GuestID, _ row: Guest) {
    projects[of: id].countAnswers(to: row.answeredEvents, 1)
    if row.isDeleted { projects[of: id].deletedGuestCount += 1 }
    if !row.key.isEmpty { projects[of: id].guestsByExternalID[row.key] = id.counter }
  }

  /// Follows a change.
  mutating func index(_ id: GuestID, from before: GuestEntry, to after: GuestEntry) {
    if before.answeredEvents != after.answeredEvents {
      projects[of: id].countAnswers(to: before.answeredEvents, -1)
      projects[of: id].countAnswers(to: after.answeredEvents, 1)
    }
    if !before.isDeleted, after.isDeleted { projects[of: id].deletedGuestCount += 1 }
    guard before.key != after.key else { return }
    if projects[of: id].guestsByExternalID[before.key] == id.counter {
      projects[of: id].guestsByExternalID[before.key] = nil
    }
    if !after.key.isEmpty { projects[of: id].guestsByExternalID[after.key] = id.counter }
  }
}

/// What the indexes know of a guest.
struct GuestEntry {
  let key: String
  let answeredEvents: [Int]
  let isDeleted: Bool

  init(_ row: Guest) {
    (key, answeredEvents, isDeleted) = (row.key, row.answeredEvents, row.isDeleted)
  }
}

extension Guest {
  /// The key of the caller's own list; of a deleted guest it may be another's.
  fileprivate var key: String { isDeleted ? "" : externalID }

  /// Places of the events for which the guest is not pending.
  fileprivate var answeredEvents: [Int] {
    answers.isEmpty || isDeleted ? [] : answers.filter { $0.rsvp != .pending }.map(\.event)
  }
}

extension ProjectState {
  fileprivate mutating func countAnswers(to events: [Int], _ difference: Int) {
    for event in events {
      while answerCounts.count <= event { answerCounts.append(0) }
      answerCounts[event] += difference
    }
    while answerCounts.last == 0 { answerCounts.removeLast() }
  }
}
