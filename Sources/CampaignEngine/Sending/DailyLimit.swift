/// WhatsApp bounds how many different people a number writes to outside their session windows in
/// any 24 hours: 250 at first, then 2,000, 10,000, 100,000 (Meta, "Messaging limits"). It counts what
/// is delivered; we count what is handed over, which is never less.
package enum DailyLimit {
  package static let length = TimeSpan.hours(24)
}

/// A person who counts for the daily limit, since their newest message outside a window.
package struct DailySend: Comparable, Sendable {
  package let at: Timestamp
  package let person: UInt32

  package static func < (left: Self, right: Self) -> Bool {
    left.at != right.at ? left.at < right.at : left.person < right.person
  }
}

extension Person {
  package func countsForDailyLimit(at time: Timestamp) -> Bool {
    sentOutsideWindowAt > .zero && sentOutsideWindowAt + DailyLimit.length > time
  }
}

extension SenderState {
  /// Persons who count at a time.
  package func dailyCount(at time: Timestamp) -> Int { dailySends.count - expired(at: time) }

  /// When one more person may be written to: `time` itself where that is now, or where there is no
  /// limit; else the moment at which enough of the oldest leave the 24 hours.
  package func nextDailyRoom(at time: Timestamp) -> Timestamp {
    guard let limit = row.dailyLimit else { return time }
    let surplus = dailyCount(at: time) - Int(clamping: limit)
    guard surplus >= 0 else { return time }
    let last = dailySends.element(atRank: expired(at: time) + surplus)
    return last.map { $0.at + DailyLimit.length } ?? .distantFuture
  }

  /// Those that have left the 24 hours are dropped only when somebody else enters.
  private func expired(at time: Timestamp) -> Int {
    let oldest = time + TimeSpan(milliseconds: 1 - DailyLimit.length.milliseconds)
    return dailySends.rank(of: DailySend(at: oldest, person: 0))
  }
}

extension State {
  /// Books one message on the rates of its person.
  mutating func countSend(to person: UInt32, of sender: SenderID, isOutsideWindow: Bool) {
    let now = now
    let before = self[sender].persons[person].sentOutsideWindowAt
    modifyPerson(person, of: sender) { row in
      row.takePairToken(at: now)
      if isOutsideWindow { row.sentOutsideWindowAt = now }
    }
    guard isOutsideWindow else { return }
    senders[sender].dailySends.remove(DailySend(at: before, person: person))
    senders[sender].dailySends.insert(DailySend(at: now, person: person))
    while let oldest = senders[sender].dailySends.first, oldest.at + DailyLimit.length <= now {
      _ = senders[sender].dailySends.popFirst()
    }
  }
}
