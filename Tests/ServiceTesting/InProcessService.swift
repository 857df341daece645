import CampaignEngine
import Gateways
import JSONRPC
import OperationCenterService
import Persistence
import Wire

/// The whole service on the thread of the test, with a clock that stands still until it is told.
/// Frames go in and out as they do in the event loop: a call, then what it made due, then a commit,
/// and only then the answer.
package final class InProcessService {
  package let center: OperationCenter
  private let mailbox: Mailbox
  private var nextID: Int64 = 1

  package init(
    _ storage: StorageChoice = .memory, at start: Timestamp = StoryTime.start, seed: UInt64 = 1,
    simulator: SimulatorSettings = .silent, events: EventLimits = EventLimits(),
    access: AccessPolicy = .open, snapshotBytes: Int? = nil, pace: Pace = Pace(),
    document: String = #"{"openrpc":"1.3.2"}"#
  ) throws {
    let mailbox = Mailbox()
    self.mailbox = mailbox
    var configuration = OperationCenter.Configuration(
      clock: .virtual(start), seed: seed, simulator: simulator, version: "0",
      describe: { RawJSON(validated: Array(document.utf8)) },
      log: { mailbox.log($0) }, post: { mailbox.post($0) },
      reply: { _, body in mailbox.reply(body) }, notify: { mailbox.notify($1, to: $0) },
      close: { mailbox.close($0) }, stop: { mailbox.stop() })
    configuration.events = events
    configuration.milliseconds = { mailbox.milliseconds }
    configuration.access = access
    configuration.pace = pace
    configuration.webhookSecrets = try SampleWebhook.secrets()
    configuration.snapshotBytes = snapshotBytes ?? configuration.snapshotBytes
    configuration.connectionBounds = ConnectionBounds()
    center = try OperationCenter(
      executor: CallerExecutor(), configuration: configuration, storage: storage)
  }

  /// A service that keeps its journal on a disk of the test.
  package convenience init(
    on disk: MemoryStorage, at start: Timestamp = StoryTime.start, seed: UInt64 = 1,
    simulator: SimulatorSettings = .silent, events: EventLimits = EventLimits(),
    snapshotBytes: Int? = nil, pace: Pace = Pace()
  ) throws {
    var options = JournalOptions()
    options.segmentBytes = 1 << 20
    options.reserveBytes = 128 << 10
    options.preallocationBytes = 128 << 10
    try self.init(
      .journal(storage: disk, directory: "/data", options: options), at: start, seed: seed,
      simulator: simulator, events: events, snapshotBytes: snapshotBytes, pace: pace)
  }

  package var log: [String] { mailbox.lines }
  /// Connections that the service has ended.
  package var closed: [UInt64] { mailbox.closedConnections }
  package var hasBeenStopped: Bool { mailbox.isStopped }

  // MARK: Frames

  /// One frame in; nil where nothing is to be said.
  package func exchange(_ frame: [UInt8], on connection: UInt64 = 1) throws -> [UInt8]? {
    let answer = try center.assumeIsolated { center in
      let answer = center.answer(frame[...], from: connection)
      if case .waiting(let waiting) = answer {
        center.hold(waiting, at: ReplyPlace(connection: connection, number: 1))
      }
      try Self.workOff(center)
      try center.commit()
      return answer
    }
    var reply: [UInt8]?
    if case .waiting = answer {
      reply = try awaitReply()
      try workAndCommit()
    }
    try awaitWebhook()
    // A snapshot that nobody waits for ends here, so that runs are the same at every speed.
    try awaitSnapshot()
    if let reply { return reply }
    guard case .complete(let body) = answer else { return nil }
    return body
  }

  private func workAndCommit() throws {
    try center.assumeIsolated { center in
      try Self.workOff(center)
      try center.commit()
    }
  }

  /// What is due, in turns that are counted: whatever one call made due ends within so many.
  private static func workOff(_ center: isolated OperationCenter) throws {
    for _ in 0..<mostTurns where !center.work() { return }
    throw Fault("still at work after \(mostTurns) turns")
  }

  /// A turn does up to 64 things, and no test has a million.
  package static let mostTurns = 20_000

  /// A large webhook is taken apart on another thread.
  private func awaitWebhook() throws {
    while center.assumeIsolated({ $0.isReadingWebhook }) {
      try mailbox.runCalls()
      try workAndCommit()
    }
  }

  /// Begins a frame and leaves its turn open; nil where nothing is said at once.
  @discardableResult
  package func begin(_ frame: String, on connection: UInt64 = 1) -> [UInt8]? {
    center.assumeIsolated { center in
      switch center.answer(Array(frame.utf8)[...], from: connection) {
      case .nothing: return nil
      case .complete(let body): return body
      case .waiting(let waiting):
        center.hold(waiting, at: ReplyPlace(connection: connection, number: 1))
        return nil
      }
    }
  }

  /// What a job has answered, or will.
  package func awaitReply() throws -> [UInt8] { try mailbox.awaitReply() }

  /// What jobs have answered since the last time, so far.
  package func takeReplies() -> [[UInt8]] { mailbox.takeReplies() }

  package func commit() throws { try center.assumeIsolated { try $0.commit() } }

  /// The result of a call; its refusal is thrown.
  @discardableResult
  package func call(
    _ method: String, _ params: JSONValue? = nil, on connection: UInt64 = 1
  ) throws -> JSONValue {
    let params = params.map { RawJSON(validated: JSON.encode($0)) }
    let call = Call(id: nextID, method: method, params: params)
    nextID += 1
    guard let body = try exchange(call.encoded(), on: connection) else {
      throw Fault("\(method) gave no answer")
    }
    switch try ServerMessage(body) {
    case .result(let result, _): return try JSON.decode(JSONValue.self, from: result.bytes)
    case .error(let error, _): throw error
    case .notification, .batch: throw Fault("\(method) was answered by something else")
    }
  }

  @discardableResult
  package func call(
    _ method: String, _ params: String, on connection: UInt64 = 1
  ) throws -> JSONValue {
    try call(method, JSON.decode(JSONValue.self, from: Array(params.utf8)), on: connection)
  }

  /// The refusal of a call that must be refused.
  package func refusal(_ method: String, _ params: String) throws -> RPCError {
    do {
      try call(method, params)
    } catch let error as RPCError {
      return error
    }
    throw Fault("\(method) was not refused: \(params)")
  }

  /// Until the snapshot that is being written has ended.
  package func awaitSnapshot() throws {
    while center.assumeIsolated({ $0.isSnapshotRunning }) { try mailbox.runCalls() }
  }

  // MARK: Notifications

  /// What a connection was told since the last time, params only.
  package func takeNotifications(on connection: UInt64 = 1) throws -> [JSONValue] {
    try mailbox.takeNotifications(to: connection).map { body in
      guard case .notification(_, let params?) = try ServerMessage(body) else {
        throw Fault("a notification is something else")
      }
      return try JSON.decode(JSONValue.self, from: params.bytes)
    }
  }

  /// Turns of the loop in which nothing comes in, until there is nothing more to tell.
  package func tellAll() throws {
    while true {
      try center.assumeIsolated { center in
        repeat { try center.commit() } while center.isTelling
      }
      guard center.assumeIsolated({ $0.isReadingPast }) else { return }
      try mailbox.runCalls()
    }
  }

  /// Time by the clock that is not turned.
  package func pass(milliseconds: Int64) { mailbox.pass(milliseconds: milliseconds) }

  // MARK: The clock and the end

  package var now: Timestamp { center.assumeIsolated { $0.now } }

  package func pass(_ span: TimeSpan) throws { try run(until: now + span) }

  /// Lets everything happen that falls due until then, each at its own time, and makes it durable.
  package func run(until end: Timestamp) throws {
    runUncommitted(until: end)
    try center.assumeIsolated { center in
      try center.commit()
      if end > center.clock.now() { center.setVirtualTime(end) }
    }
  }

  /// The same, but what has happened since the last commit is in memory only.
  package func runUncommitted(until end: Timestamp) {
    center.assumeIsolated { center in
      while let due = center.nextDue, due <= end {
        center.setVirtualTime(max(center.clock.now(), due))
        center.work(limit: 256)
      }
    }
  }

  /// Number of the newest event.
  package var sequence: UInt64 { center.assumeIsolated { $0.sequence } }

  package var state: State { center.assumeIsolated { $0.engine.state } }

  package func recover() throws { try center.assumeIsolated { try $0.recover() } }

  /// Ends in order, so that another service may open the same disk.
  package func close() throws { try center.assumeIsolated { try $0.close(clean: true) } }
}

extension SimulatorSettings {
  /// WhatsApp takes its time to answer, so that whatever happens is said by the test.
  package static var silent: SimulatorSettings {
    var settings = SimulatorSettings()
    settings.whatsApp.answerLatency = .days(40)
    return settings
  }
}
