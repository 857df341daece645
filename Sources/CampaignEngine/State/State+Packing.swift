/// Where packing stands: which day it is for, and how far it has come. It is no part of what the engine
/// knows, so no event speaks of it.
struct PackingProgress: Sendable {
  var day: Int64 = 0
  /// Number of the table: messages of each sender, then executions and messages of each project.
  var table = 0
  var block: Int? = 0
}

extension State {
  private static var rest: TimeSpan { .days(1) }

  /// Packs blocks of rows that nothing has changed for a day of the state's own time, once a day.
  /// - Parameter limit: how many are looked at; the rest has time.
  /// - Returns: whether there may be more.
  mutating func packResting(limit: Int) -> Bool {
    let day = now.milliseconds / Self.rest.milliseconds
    if day != packing.day { packing = PackingProgress(day: day) }
    var limit = limit
    while packing.table < Int(senders.count) + 2 * Int(projects.count) {
      packTable(packing.table, limit: &limit)
      guard packing.block == nil else { return true }
      (packing.table, packing.block) = (packing.table + 1, 0)
    }
    return false
  }

  private mutating func packTable(_ number: Int, limit: inout Int) {
    let since = now + TimeSpan(milliseconds: -Self.rest.milliseconds)
    let place = UInt32(number)
    guard place >= senders.count else {
      return senders[counter: place + 1].messages.packResting(
        since: since, from: &packing.block, limit: &limit)
    }
    let (space, isOfMessages) = ((place - senders.count) / 2, (place - senders.count) % 2 == 1)
    if isOfMessages {
      projects[space].messages.packResting(since: since, from: &packing.block, limit: &limit)
    } else {
      projects[space].executions.packResting(since: since, from: &packing.block, limit: &limit)
    }
  }
}
