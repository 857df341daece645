import CampaignEngine
import JSONRPC
import Persistence
import Wire

/// Telling subscribers. Only events that are durable are told, each connection gets its replies
/// first, and a turn tells no more than it has time for.
extension OperationCenter {
  func subscribe(_ filter: EventFilter, after sequence: UInt64) throws -> String {
    let count = subscriptions.count { $0.connection == caller }
    guard count < configuration.events.subscriptions else {
      throw Rejection.limitExceeded(
        "A connection has at most \(configuration.events.subscriptions) subscriptions; end one first.",
        reason: "subscriptions")
    }
    let id = "sub_\(nextSubscription)"
    nextSubscription += 1
    subscriptions.append(
      EventSubscription(
        id: id, connection: caller, filter: filter, place: sequence,
        isLive: sequence == self.sequence))
    return id
  }

  func unsubscribe(_ id: String) throws {
    guard let index = subscriptions.firstIndex(where: { $0.id == id && $0.connection == caller })
    else { throw Rejection.notFound(id, "Subscription") }
    subscriptions.remove(at: index)
  }

  /// Nothing is sent to a connection that is gone, and nothing is worked out for it.
  package func connectionClosed(_ connection: UInt64) {
    forgetJobs(of: connection)
    subscriptions.removeAll { $0.connection == connection }
    congested.remove(connection)
    access.close(connection)
  }

  /// The peer does not read as fast as it is sent to.
  package func connectionCongested(_ connection: UInt64) { congested.insert(connection) }

  package func connectionRelieved(_ connection: UInt64) {
    congested.remove(connection)
    for subscription in subscriptions where subscription.connection == connection {
      if subscription.isLagging { sendLagged(subscription) }
    }
    subscriptions.removeAll { $0.connection == connection && $0.isLagging }
    hasUntold = hasUntold || subscriptions.contains { $0.connection == connection }
  }

  /// A turn's time did not suffice for all that could be told.
  package var isTelling: Bool { hasUntold }

  /// After a commit. Who comes first changes from turn to turn, since the time may not suffice for
  /// all. Whoever an erasure finds further behind is told that the past is gone.
  func tell() {
    defer { history.forgetErased() }
    hasUntold = false
    guard !subscriptions.isEmpty else { return }
    var budget = TellBudget(configuration.events)
    let count = subscriptions.count
    firstTold = (firstTold + 1) % count
    for offset in 0..<count { tell(&subscriptions[(firstTold + offset) % count], &budget) }
    subscriptions.removeAll { $0.isLagging && !congested.contains($0.connection) }
  }

  private func tell(_ subscription: inout EventSubscription, _ budget: inout TellBudget) {
    let newest = durableSequence
    let isCongested = congested.contains(subscription.connection)
    if subscription.isLagging || (isCongested && !subscription.isLive) { return }
    while subscription.place < newest {
      guard budget.allows(subscription.connection) else {
        hasUntold = true
        return
      }
      let sequence = subscription.place + 1
      if sequence < history.oldestHeld {
        // It was overtaken. What it missed is gone, and the next subscription will be told so.
        subscription.isLagging = true
        if !isCongested { sendLagged(subscription) }
        return
      }
      let event = event(sequence, matching: subscription.filter)
      if event != nil, isCongested {
        subscription.isLagging = true
        return
      }
      var byteCount = 0
      if let event { byteCount = send(event, to: subscription) }
      budget.take(byteCount, for: subscription.connection)
      subscription.place = sequence
    }
    subscription.isLive = true
  }

  @discardableResult
  private func send(_ event: EventView, to subscription: EventSubscription) -> Int {
    var params = EventNotification.Params()
    (params.subscription, params.event) = (subscription.id, event)
    let body = Notification.encode(EventNotification.self, params)
    configuration.notify(subscription.connection, body)
    return body.count
  }

  private func sendLagged(_ subscription: EventSubscription) {
    laggedSubscriptions += 1
    var data = LaggedData()
    data.resumeAfter = subscription.place
    data.missed = durableSequence - subscription.place
    send(
      EventView(
        data, sequence: durableSequence, at: engine.state.now,
        project: subscription.filter.onlyProject), to: subscription)
  }

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
    RPCError(
      code: ServiceError.gone.code,
      message:
        "Events before \(oldest) are no longer kept; read the present state and go on with after_sequence \(oldest - 1).",
      data: .object { writer in
        writer.key("kind")
        writer.string(ServiceError.gone.message)
        writer.key("oldest_sequence")
        writer.integer(Int64(clamping: oldest))
      })
  }
}
