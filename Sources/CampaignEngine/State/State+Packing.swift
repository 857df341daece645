/// Where packing stands: which day it is for, and how far it has come. It is no part of what the engine
/// knows, so no event speaks of it.
struct PackingProgress: Sendable {
  var day: UInt32 = 0
  /// Number of the table, of all that senders and projects have.
  var table = 0
  var block: Int? = 0
}

extension State {
  /// Packs blocks of rows that nothing has changed for a day of the state's own time, or for two.
  /// - Parameter limit: how many at most; the rest has time.
  /// - Returns: whether there may be more.
  mutating func packResting(limit: Int) -> Bool {
    let day = now.day
    if day != packing.day { beginDay(day) }
    var limit = limit
    while packing.table < tableCount {
      changeTable(packing.table, limit: &limit)
      guard packing.block == nil else { return true }
      (packing.table, packing.block) = (packing.table + 1, 0)
    }
    return false
  }

  private mutating func beginDay(_ day: UInt32) {
    packing = PackingProgress(day: day)
    for id in senders.ids {
      senders[id].persons.begin(day: day)
      senders[id].messages.begin(day: day)
    }
    for space in projects.spaces {
      projects[space].guests.begin(day: day)
      projects[space].executions.begin(day: day)
      projects[space].messages.begin(day: day)
    }
  }

  private var tableCount: Int { Int(senders.count) * 2 + Int(projects.count) * 3 }

  private mutating func changeTable(_ number: Int, limit: inout Int) {
    let ofSenders = Int(senders.count) * 2
    guard number >= ofSenders else {
      let sender = SenderID(space: 0, counter: UInt32(number / 2 + 1))
      return number % 2 == 0
        ? senders[sender].persons.packResting(from: &packing.block, limit: &limit)
        : senders[sender].messages.packResting(from: &packing.block, limit: &limit)
    }
    let space = UInt32((number - ofSenders) / 3)
    switch (number - ofSenders) % 3 {
    case 0: projects[space].guests.packResting(from: &packing.block, limit: &limit)
    case 1: projects[space].executions.packResting(from: &packing.block, limit: &limit)
    default: projects[space].messages.packResting(from: &packing.block, limit: &limit)
    }
  }
}

extension Timestamp {
  /// Days since the epoch, whole ones.
  var day: UInt32 { UInt32(clamping: milliseconds / TimeSpan.days(1).milliseconds) }
}
