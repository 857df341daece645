import CampaignEngine
import JSONRPC
import Persistence
import Wire

/// Telling subscribers. Only what is durable is told, and each connection gets its replies first.
extension OperationCenter {
  func subscribe(_ filter: EventFilter, after sequence: UInt64) throws -> String {
    try subscriptions.add(filter, after: sequence, for: call.connection)
  }

  func subscribe(
    toStatisticsOf campaign: CampaignID, everyMilliseconds: Int64
  ) throws -> String {
    try subscriptions.add(
      statisticsOf: campaign, everyMilliseconds: everyMilliseconds, for: call.connection,
      at: configuration.milliseconds())
  }

  // MARK: - Connections

  /// Nothing is sent to a connection that is gone, and nothing is worked out for it.
  package func connectionClosed(_ connection: UInt64) {
    forgetJobs(of: connection)
    subscriptions.closed(connection)
    congested.remove(connection)
    access.close(connection)
  }

  /// The peer does not read the answers to what it asks.
  package func connectionCongested(_ connection: UInt64) { congested.insert(connection) }

  package func connectionRelieved(_ connection: UInt64) { congested.remove(connection) }

  /// The peer has as much to read as it is told unasked.
  package func connectionFilled(_ connection: UInt64) { subscriptions.filled(connection) }

  package func connectionDrained(_ connection: UInt64) { subscriptions.drained(connection) }

  /// The peer says nothing more, and all that it said is answered. What has happened until now it
  /// is still told.
  /// - Returns: whether that is anything; then `Configuration.close` says when it was all.
  package func inputEnded(on connection: UInt64) -> Bool {
    subscriptions.inputEnded(connection, at: sequence)
  }

  // MARK: - Turns

  /// A turn's time did not suffice for all that could be told.
  package var isTelling: Bool { subscriptions.hasUntold }

  /// After a commit. Whoever an erasure finds further behind is told that the past is gone.
  func tell() {
    subscriptions.beginTurn()
    tellStatistics()
    let reader = subscriptions.tellEvents(from: { eventSource }, configuration.notify)
    if let reader { readPast(for: reader) }
    history.forgetErased()
    for connection in subscriptions.takeEnded() { configuration.close(connection) }
  }

  /// The state is told as it stands, so only once all of it is durable.
  private func tellStatistics() {
    guard subscriptions.hasStatistics, durableSequence == sequence else { return }
    subscriptions.tellStatistics(
      at: configuration.milliseconds(),
      { campaign in
        engine.state.find(campaign) == nil ? nil : CampaignStatsView(campaign, in: self)
      }, configuration.notify)
  }

  var millisecondsToNextStatistics: Int64? {
    subscriptions.nextStatistics.map { max(0, $0 - configuration.milliseconds()) }
  }

  var eventSource: EventSource {
    EventSource(history: history, state: engine.state, durable: durableSequence)
  }

  /// The newest event that may be told.
  var durableSequence: UInt64 { journal?.durableSequence ?? sequence }

  // MARK: - What is older than memory

  /// Another thread reads it.
  package var isReadingPast: Bool { subscriptions.isReadingPast }

  /// Whoever else waits for a page has their turn next.
  private func readPast(for subscription: EventSubscription) {
    guard let reader = pastReader(after: subscription.place, kinds: subscription.filter.kinds)
    else { return }
    subscriptions.beginReadingPast()
    let id = subscription.id
    onAnotherThread {
      Result { try reader.page() }
    } then: { read, center in
      let page = try? center.taken(read, after: reader.after)
      center.subscriptions.pastRead(
        page, for: id, after: reader.after, from: center.eventSource, center.configuration.notify)
    }
  }

  // MARK: - Where to begin

  /// A filter that names what exists.
  func filter(
    project: ProjectID?, campaign: CampaignID?, execution: ExecutionID? = nil,
    guest: GuestID? = nil, kinds: [PublicKind]?
  ) throws -> EventFilter {
    let project = project ?? call.project
    if let project { _ = try self.project(project) }
    if let campaign { _ = try self.campaign(campaign) }
    if let execution { _ = try self.execution(execution) }
    if let guest, engine.state.find(guest) == nil {
      throw Rejection.notFound(guest)
    }
    return EventFilter(
      project: project, campaign: campaign, execution: execution, guest: guest,
      kinds: kinds.map(Set.init))
  }

  /// Where somebody goes on who has seen all up to `after`.
  func checkKept(after sequence: UInt64) throws {
    guard sequence <= self.sequence else {
      throw Rejection.invalidParams(
        field: "after_sequence", reason: "out_of_range",
        "expected at most \(self.sequence), the newest event; found \(sequence)")
    }
    guard sequence + 1 >= history.oldest else { throw RPCError.gone(oldest: history.oldest) }
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
