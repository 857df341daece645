/// Where guests are looked up and counted. Whoever appends or changes one, live or after a snapshot, comes
/// by here.
extension State {
  /// Enters a guest that no index knows yet.
  mutating func index(_ id: GuestID, _ row: Guest) {
    projects[of: id].countAnswers(to: row.answeredEvents, 1)
    if row.isDeleted { projects[of: id].deletedGuestCount += 1 }
    if !row.key.isEmpty { projects[of: id].guestsByExternalID[row.key] = id.counter }
    enter(id, named: row.knownName)
    enter(id, ofHousehold: row.knownHousehold)
  }

  /// Follows a change.
  mutating func index(_ id: GuestID, from before: GuestEntry, to after: GuestEntry) {
    if before.answeredEvents != after.answeredEvents {
      projects[of: id].countAnswers(to: before.answeredEvents, -1)
      projects[of: id].countAnswers(to: after.answeredEvents, 1)
    }
    if !before.isDeleted, after.isDeleted { projects[of: id].deletedGuestCount += 1 }
    if before.name != after.name {
      if let entry = NameEntry(before.name, id) { projects[of: id].guestsByName.remove(entry) }
      enter(id, named: after.name)
    }
    if before.household != after.household {
      if let entry = HouseholdEntry(before.household, id) {
        projects[of: id].guestsByHousehold.remove(entry)
      }
      enter(id, ofHousehold: after.household)
    }
    guard before.key != after.key else { return }
    if projects[of: id].guestsByExternalID[before.key] == id.counter {
      projects[of: id].guestsByExternalID[before.key] = nil
    }
    if !after.key.isEmpty { projects[of: id].guestsByExternalID[after.key] = id.counter }
  }
}

extension State {
  private mutating func enter(_ id: GuestID, named name: String) {
    if let entry = NameEntry(name, id) { projects[of: id].guestsByName.insert(entry) }
  }

  /// Guests of a name, however it is written, lowest first. Of a name that very many have, some.
  func guests(named name: String, in space: UInt32) -> [GuestID] {
    guard let first = NameEntry(name, GuestID(space: space, counter: 0)) else { return [] }
    let folded = FoldedText(name)
    return projects[space].guestsByName.elements(from: first, limit: Limits.namesakes)
      .prefix { $0.hash == first.hash }
      .map { GuestID(space: space, counter: $0.guest) }
      .filter { FoldedText(projects[space].guests[$0].name) == folded }
  }
}

/// A guest's place among the names. They are in order of a hash, which says nothing but that two are alike.
package struct NameEntry: Comparable, Sendable {
  fileprivate let hash: Int
  fileprivate let guest: UInt32

  /// Nil where there is nothing to be called by.
  fileprivate init?(_ name: String, _ id: GuestID) {
    let folded = FoldedText(name)
    if folded.isEmpty { return nil }
    (hash, guest) = (folded.hashValue, id.counter)
  }

  package static func < (one: Self, other: Self) -> Bool {
    (one.hash, one.guest) < (other.hash, other.guest)
  }
}

/// What the indexes know of a guest.
struct GuestEntry {
  let key: String
  let name: String
  let household: String
  let answeredEvents: [Int]
  let isDeleted: Bool

  init(_ row: Guest) {
    (key, answeredEvents, isDeleted) = (row.key, row.answeredEvents, row.isDeleted)
    (name, household) = (row.knownName, row.knownHousehold)
  }
}

extension Guest {
  /// The key of the caller's own list; of a deleted guest it may be another's.
  fileprivate var key: String { isDeleted ? "" : externalID }

  /// Nobody asks for a deleted guest by name, nor for a tester.
  fileprivate var knownName: String { isDeleted || isTester ? "" : name }

  fileprivate var knownHousehold: String { isDeleted || isTester ? "" : household }

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
