import CampaignEngine
import JSONRPC
import Persistence
import Wire

/// Telling subscribers. Only events that are durable are told, each connection gets its replies
/// first, and a turn tells no more than it has time for and than a connection has room for: the
/// rest waits in the history. Nobody is cut off for being slow, only where the history no longer
/// has what comes next.
extension OperationCenter {
  func subscribe(_ filter: EventFilter, after sequence: UInt64) throws -> String {
    let id = try newSubscriptionID()
    subscriptions.append(
      EventSubscription(id: id, connection: caller, filter: filter, place: sequence))
    return id
  }

  func newSubscriptionID() throws -> String {
    let count =
      subscriptions.count { $0.connection == caller }
      + statsSubscriptions.count { $0.connection == caller }
    guard count < configuration.events.subscriptions else {
      throw Rejection.limitExceeded(
        "A connection has at most \(configuration.events.subscriptions) subscriptions; end one first.",
        reason: "subscriptions")
    }
    defer { nextSubscription += 1 }
    return "sub_\(nextSubscription)"
  }

  func unsubscribe(_ id: String) throws {
    guard let index = subscriptions.firstIndex(where: { $0.id == id && $0.connection == caller })
    else { throw Rejection.notFound(id, "Subscription") }
    subscriptions.remove(at: index)
  }

  // MARK: - Connections

  /// Nothing is sent to a connection that is gone, and nothing is worked out for it.
  package func connectionClosed(_ connection: UInt64) {
    forgetJobs(of: connection)
    subscriptions.removeAll { $0.connection == connection }
    statsSubscriptions.removeAll { $0.connection == connection }
    full.remove(connection)
    ending.remove(connection)
    congested.remove(connection)
    access.close(connection)
  }

  /// The peer does not read the answers to what it asks.
  package func connectionCongested(_ connection: UInt64) { congested.insert(connection) }

  package func connectionRelieved(_ connection: UInt64) { congested.remove(connection) }

  /// The peer has as much to read as it is told unasked.
  package func connectionFilled(_ connection: UInt64) { full.insert(connection) }

  package func connectionDrained(_ connection: UInt64) {
    full.remove(connection)
    hasUntold = hasUntold || isToBeTold(connection)
  }

  /// The peer says nothing more, and all that it said is answered. What has happened until now it
  /// is still told.
  /// - Returns: whether that is anything; then `Configuration.close` says when it was all.
  package func inputEnded(on connection: UInt64) -> Bool {
    for index in subscriptions.indices where subscriptions[index].connection == connection {
      subscriptions[index].end = sequence
    }
    for index in statsSubscriptions.indices
    where statsSubscriptions[index].connection == connection {
      statsSubscriptions[index].isLast = true
    }
    subscriptions.removeAll(where: \.isDone)
    guard isToBeTold(connection) else { return false }
    ending.insert(connection)
    hasUntold = true
    return true
  }

  private func isToBeTold(_ connection: UInt64) -> Bool {
    subscriptions.contains { $0.connection == connection }
      || statsSubscriptions.contains { $0.connection == connection }
  }

  // MARK: - Turns

  /// A turn's time did not suffice for all that could be told.
  package var isTelling: Bool { hasUntold }

  /// After a commit. Who comes first changes from turn to turn, since the time may not suffice for
  /// all. Whoever an erasure finds further behind is told that the past is gone.
  func tell() {
    hasUntold = false
    tellStatistics()
    tellEvents()
    history.forgetErased()
    for connection in ending where !isToBeTold(connection) {
      ending.remove(connection)
      configuration.close(connection)
    }
  }

  private func tellEvents() {
    guard !subscriptions.isEmpty else { return }
    var budget = TellBudget(configuration.events)
    let count = subscriptions.count
    firstTold = (firstTold + 1) % count
    for offset in 0..<count { tell(&subscriptions[(firstTold + offset) % count], &budget) }
    subscriptions.removeAll(where: \.isDone)
  }

  private func tell(_ subscription: inout EventSubscription, _ budget: inout TellBudget) {
    let newest = min(durableSequence, subscription.end ?? .max)
    guard !full.contains(subscription.connection) else { return }
    while subscription.place < newest {
      let next = subscription.place + 1
      guard next >= history.oldestHeld else {
        if next < history.oldest { sendLagged(&subscription) } else { readPast(for: subscription) }
        return
      }
      guard budget.allows(subscription.connection) else {
        hasUntold = true
        return
      }
      var byteCount = 0
      if let event = event(next, matching: subscription.filter) {
        byteCount = send(event, to: subscription)
      }
      budget.take(byteCount, for: subscription.connection)
      subscription.place = next
    }
  }

  @discardableResult
  private func send(_ event: EventView, to subscription: EventSubscription) -> Int {
    var params = EventNotification.Params()
    (params.subscription, params.event) = (subscription.id, event)
    let body = Notification.encode(EventNotification.self, params)
    configuration.notify(subscription.connection, body)
    return body.count
  }

  /// The subscription ends, and a new one may begin where this one says.
  private func sendLagged(_ subscription: inout EventSubscription) {
    laggedSubscriptions += 1
    var data = LaggedData()
    data.resumeAfter = history.oldest - 1
    data.missed = data.resumeAfter - subscription.place
    send(
      EventView(
        data, sequence: data.resumeAfter, at: engine.state.now,
        project: subscription.filter.onlyProject), to: subscription)
    subscription.isLost = true
  }

  // MARK: - What is older than memory

  /// One page at a time is read for all; whoever waits has their turn next.
  private func readPast(for subscription: EventSubscription) {
    guard !isReadingPast,
      let reader = pastReader(after: subscription.place, kinds: subscription.filter.kinds)
    else { return }
    isReadingPast = true
    let id = subscription.id
    onAnotherThread {
      Result { try reader.page() }
    } then: { page, center in
      center.pastRead(page, for: id, after: reader.after)
    }
  }

  /// All of a page is sent when it comes, so that nothing is held for anybody. Where there is no
  /// room for it after all, it is read again.
  private func pastRead(
    _ read: Result<PastPage, any Error>, for id: String, after sequence: UInt64
  ) {
    isReadingPast = false
    hasUntold = true
    guard let page = try? taken(read, after: sequence),
      let index = subscriptions.firstIndex(where: { $0.id == id }),
      subscriptions[index].place == sequence, !full.contains(subscriptions[index].connection)
    else { return }
    tell(page, &subscriptions[index])
  }

  private func tell(_ page: PastPage, _ subscription: inout EventSubscription) {
    let end = min(page.end, subscription.end ?? .max)
    for record in page.records where record.sequence <= end {
      if let event = event(record, matching: subscription.filter) { send(event, to: subscription) }
    }
    subscription.place = end
  }
}

extension OperationCenter {
  /// The newest event that may be told.
  var durableSequence: UInt64 { journal?.durableSequence ?? sequence }
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

extension RPCError {
  static func gone(oldest: UInt64) -> RPCError {
    var data = GoneData()
    data.oldestSequence = oldest
    return RPCError(
      "Events before \(oldest) are no longer kept; read the present state and go on with after_sequence \(oldest - 1).",
      data)
  }
}
