import CampaignEngine
import JSONRPC

/// Who is told what, and how much each connection still takes. A turn tells no more than it has time for
/// and than a connection has room for: the rest waits in the history. Nobody is cut off for being slow,
/// only where the history no longer has what comes next.
struct Subscriptions: Sendable {
  typealias Send = (_ connection: UInt64, _ body: [UInt8]) -> Void

  private let limits: EventLimits
  private var events: [EventSubscription] = []
  private var statistics: [StatsSubscription] = []
  private var nextNumber: UInt64 = 1
  /// Who was told first in the last turn.
  private var firstOfEvents = 0
  private var firstOfStatistics = 0
  /// Connections that have as much to read as they are told.
  private var full: Set<UInt64> = []
  /// Connections that say nothing more and have yet to be told the rest.
  private var ending: Set<UInt64> = []
  /// A turn's time did not suffice for all that could be told.
  private(set) var hasUntold = false
  /// Another thread reads what is older than memory: one page at a time for all.
  private(set) var isReadingPast = false
  /// Since the start, those that the history has overtaken.
  private(set) var laggedCount = 0

  init(_ limits: EventLimits) { self.limits = limits }

  var count: Int { events.count + statistics.count }
  var isEmpty: Bool { count == 0 }

  // MARK: - Who wants to be told

  /// - Parameter place: the last event that is not told.
  mutating func add(
    _ filter: EventFilter, after place: UInt64, for connection: UInt64
  ) throws(Rejection) -> String {
    let id = try newID(for: connection)
    events.append(EventSubscription(id: id, connection: connection, filter: filter, place: place))
    return id
  }

  /// - Parameter now: by the clock that is not turned.
  mutating func add(
    statisticsOf campaign: CampaignID, everyMilliseconds: Int64, for connection: UInt64,
    at now: Int64
  ) throws(Rejection) -> String {
    let id = try newID(for: connection)
    statistics.append(
      StatsSubscription(
        id: id, connection: connection, campaign: campaign,
        everyMilliseconds: everyMilliseconds, dueAt: now))
    return id
  }

  private mutating func newID(for connection: UInt64) throws(Rejection) -> String {
    let count =
      events.count { $0.connection == connection }
      + statistics.count { $0.connection == connection }
    guard count < limits.subscriptions else {
      throw .limitExceeded(
        "A connection has at most \(limits.subscriptions) subscriptions; end one first.",
        reason: "subscriptions")
    }
    defer { nextNumber += 1 }
    return "sub_\(nextNumber)"
  }

  mutating func end(events id: String, of connection: UInt64) throws(Rejection) {
    guard let index = events.firstIndex(where: { $0.id == id && $0.connection == connection })
    else { throw .notFound(id, "Subscription") }
    events.remove(at: index)
  }

  mutating func end(statistics id: String, of connection: UInt64) throws(Rejection) {
    guard let index = statistics.firstIndex(where: { $0.id == id && $0.connection == connection })
    else { throw .notFound(id, "Subscription") }
    statistics.remove(at: index)
  }

  // MARK: - Connections

  mutating func closed(_ connection: UInt64) {
    events.removeAll { $0.connection == connection }
    statistics.removeAll { $0.connection == connection }
    full.remove(connection)
    ending.remove(connection)
  }

  mutating func filled(_ connection: UInt64) { full.insert(connection) }

  mutating func drained(_ connection: UInt64) {
    full.remove(connection)
    hasUntold = hasUntold || isToBeTold(connection)
  }

  /// The peer says nothing more. What has happened until now it is still told.
  /// - Returns: whether that is anything; then `takeEnded` says when it was all.
  mutating func inputEnded(_ connection: UInt64, at sequence: UInt64) -> Bool {
    for index in events.indices where events[index].connection == connection {
      events[index].end = sequence
    }
    for index in statistics.indices where statistics[index].connection == connection {
      statistics[index].isLast = true
    }
    events.removeAll(where: \.isDone)
    guard isToBeTold(connection) else { return false }
    ending.insert(connection)
    hasUntold = true
    return true
  }

  /// Connections that say nothing more and have now been told all.
  mutating func takeEnded() -> [UInt64] {
    let ended = ending.filter { !isToBeTold($0) }
    ending.subtract(ended)
    return ended.sorted()
  }

  private func isToBeTold(_ connection: UInt64) -> Bool {
    events.contains { $0.connection == connection }
      || statistics.contains { $0.connection == connection }
  }

  // MARK: - Telling

  mutating func beginTurn() { hasUntold = false }

  /// Who comes first changes from turn to turn, since the time may not suffice for all.
  /// - Returns: the first who wants to be told what is older than memory, if nobody reads that yet.
  mutating func tellEvents(
    from source: () -> EventSource, _ send: Send
  ) -> EventSubscription? {
    guard !events.isEmpty else { return nil }
    let source = source()
    var budget = TellBudget(limits)
    var reader: EventSubscription?
    firstOfEvents = (firstOfEvents + 1) % events.count
    for offset in events.indices {
      let index = (firstOfEvents + offset) % events.count
      if tellEvents(at: index, from: source, &budget, send) { reader = reader ?? events[index] }
    }
    events.removeAll(where: \.isDone)
    return isReadingPast ? nil : reader
  }

  /// - Returns: whether it goes on with what is older than memory.
  private mutating func tellEvents(
    at index: Int, from source: EventSource, _ budget: inout TellBudget, _ send: Send
  ) -> Bool {
    var subscription = events[index]
    guard !full.contains(subscription.connection) else { return false }
    defer { events[index] = subscription }
    let newest = min(source.durable, subscription.end ?? .max)
    while subscription.place < newest {
      let next = subscription.place + 1
      guard next >= source.history.oldestHeld else {
        guard next < source.history.oldest else { return true }
        laggedCount += 1
        Self.send(source.lagged(subscription), to: subscription, send)
        subscription.isLost = true
        return false
      }
      guard budget.allows(subscription.connection) else {
        hasUntold = true
        return false
      }
      var byteCount = 0
      if let event = source.event(next, matching: subscription.filter) {
        byteCount = Self.send(event, to: subscription, send)
      }
      budget.take(byteCount, for: subscription.connection)
      subscription.place = next
    }
    return false
  }

  @discardableResult
  private static func send(
    _ event: EventView, to subscription: EventSubscription, _ send: Send
  ) -> Int {
    var params = EventNotification.Params()
    (params.subscription, params.event) = (subscription.id, event)
    let body = Notification.encode(EventNotification.self, params)
    send(subscription.connection, body)
    return body.count
  }

  mutating func beginReadingPast() { isReadingPast = true }

  /// All of a page is sent when it comes, so that nothing is held for anybody. Where there is no
  /// room for it after all, it is read again.
  /// - Parameter page: nil where nothing could be read.
  mutating func pastRead(
    _ page: PastPage?, for id: String, after place: UInt64, from source: EventSource, _ send: Send
  ) {
    isReadingPast = false
    hasUntold = true
    guard let page, let index = events.firstIndex(where: { $0.id == id }),
      events[index].place == place, !full.contains(events[index].connection)
    else { return }
    let end = min(page.end, events[index].end ?? .max)
    for record in page.records where record.sequence <= end {
      if let event = source.event(record, matching: events[index].filter) {
        Self.send(event, to: events[index], send)
      }
    }
    events[index].place = end
  }

  // MARK: - Numbers

  /// When the next numbers are due; nil where nobody who has room waits for any.
  var nextStatistics: Int64? {
    statistics.isEmpty
      ? nil : statistics.filter { !full.contains($0.connection) }.map(\.dueAt).min()
  }

  var hasStatistics: Bool { !statistics.isEmpty }

  /// Who comes first changes from turn to turn.
  /// - Parameter view: the numbers of a campaign; nil where it was deleted.
  mutating func tellStatistics(
    at now: Int64, _ view: (CampaignID) -> CampaignStatsView?, _ send: Send
  ) {
    guard !statistics.isEmpty else { return }
    var left = limits.statisticsPerTurn
    firstOfStatistics = (firstOfStatistics + 1) % statistics.count
    for offset in statistics.indices {
      let index = (firstOfStatistics + offset) % statistics.count
      guard statistics[index].isDue(at: now), !full.contains(statistics[index].connection)
      else { continue }
      guard left > 0 else {
        hasUntold = true
        break
      }
      left -= 1
      let body = statistics[index].news(view(statistics[index].campaign), at: now)
      if let body { send(statistics[index].connection, body) }
    }
    statistics.removeAll(where: \.isDone)
  }
}

/// What one turn may spend on telling.
private struct TellBudget {
  private var events: Int
  private let bytesPerConnection: Int
  private var bytes: [UInt64: Int] = [:]

  init(_ limits: EventLimits) {
    (events, bytesPerConnection) = (limits.eventsPerTurn, limits.bytesPerTurn)
  }

  func allows(_ connection: UInt64) -> Bool {
    events > 0 && bytes[connection, default: 0] < bytesPerConnection
  }

  mutating func take(_ byteCount: Int, for connection: UInt64) {
    events -= 1
    if byteCount > 0 { bytes[connection, default: 0] += byteCount }
  }
}
