import CampaignEngine
import Gateways
import JSONRPC
import Persistence
import Wire

/// The one actor of the service. It is pinned to the thread of the event loop, so every method runs
/// to its end without another in between, and it owns all that changes: the engine, the journal,
/// the gateway and the clock.
package actor OperationCenter {
  /// What the service is made with.
  package struct Configuration: Sendable {
    package var clock: ServiceClock
    package var seed: UInt64
    package var simulator: SimulatorSettings
    package var version: String
    /// Renders the description of all methods for `rpc.discover`.
    package var describe: @Sendable () -> RawJSON
    /// SHA-256 of the schema as the committed file has it, in hexadecimal digits.
    package var schemaDigest: @Sendable () -> String = { "" }
    package var log: @Sendable (String) -> Void
    /// Runs a call on the loop's thread; for work that ends on another.
    package var post: @Sendable (@escaping @Sendable () -> Void) -> Void
    /// Gives the answer to a request whose job has ended.
    package var reply: @Sendable (ReplyPlace, [UInt8]) -> Void
    /// Sends a notification to a connection, after the reply that is being given.
    package var notify: @Sendable (_ connection: UInt64, [UInt8]) -> Void
    /// Ends a connection once it has read what it was sent.
    package var close: @Sendable (_ connection: UInt64) -> Void
    /// Ends the loop once everything is answered.
    package var stop: @Sendable () -> Void
    /// A snapshot is made when the journal has grown this much since the last.
    package var snapshotBytes = 256 << 20
    /// What whoever carries bytes bounds; nil where nothing does.
    package var connectionBounds: ConnectionBounds?
    package var events = EventLimits()
    /// A clock that is not turned: what is told every so often goes by it.
    package var milliseconds: @Sendable () -> Int64 = {
      let (seconds, attoseconds) = Configuration.start.duration(to: .now).components
      return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
    private static let start = ContinuousClock.now
    /// How much of a list is looked at before other calls get their turn.
    package var pace = Pace()
    package var access = AccessPolicy.open
    package var webhookSecrets = WebhookSecrets()

    package init(
      clock: ServiceClock, seed: UInt64 = 1, simulator: SimulatorSettings = SimulatorSettings(),
      version: String, describe: @escaping @Sendable () -> RawJSON = { .null },
      log: @escaping @Sendable (String) -> Void = { _ in },
      post: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = { _ in },
      reply: @escaping @Sendable (ReplyPlace, [UInt8]) -> Void = { _, _ in },
      notify: @escaping @Sendable (UInt64, [UInt8]) -> Void = { _, _ in },
      close: @escaping @Sendable (UInt64) -> Void = { _ in },
      stop: @escaping @Sendable () -> Void = {}
    ) {
      (self.clock, self.seed, self.simulator) = (clock, seed, simulator)
      (self.version, self.describe, self.log) = (version, describe, log)
      (self.post, self.reply, self.notify) = (post, reply, notify)
      (self.close, self.stop) = (close, stop)
    }
  }

  private nonisolated let executor: any SerialExecutor
  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  package let configuration: Configuration
  let dispatcher: Dispatcher<OperationCenter>
  let startedAt = ContinuousClock.now
  /// Where the key of the hashes of erased numbers is kept.
  let secretFile: DataSecret?
  package internal(set) var clock: ServiceClock
  package internal(set) var engine: Engine
  /// Nil where nothing is kept: `--memory`, and runs without a journal.
  var journal: Journal?
  var gateway: any Gateway
  var turn = TurnState()

  var call = PresentCall()
  var access: AccessGate
  var requestCounts = RequestCounts(methods: MethodRegistry<OperationCenter>.all.entries.count)
  var closingLog = ClosingLog()
  /// Connections that do not read the answers to what they ask.
  var congested: Set<UInt64> = []

  var jobs = JobTable()
  var workQueues = WorkQueues()
  var webhookWork = WebhookWork()
  var snapshots: SnapshotKeeper

  /// What subscribers are told from.
  var history: EventHistory
  var subscriptions: Subscriptions

  package init(
    executor: any SerialExecutor, configuration: Configuration, storage: StorageChoice
  ) throws {
    self.executor = executor
    self.configuration = configuration
    clock = configuration.clock
    let log = configuration.log
    access = AccessGate(configuration.access)
    let observe = { @Sendable (observation: Dispatcher<OperationCenter>.Observation) in
      if case .internalFault(let method, let error) = observation {
        log("\(method) failed inside the service: \(error.sentence)")
      }
    }
    dispatcher = Dispatcher(
      .all, observe: observe, permit: Self.permit,
      cancel: { id, jobs, center in center.cancel(id, begun: jobs) },
      count: { $2.requestCounts.count($1, ofMethodAt: $0) },
      unknown: { [version = configuration.version] in .noMethod($0, version: version) })
    var opened = try storage.open(events: configuration.events, log: log)
    engine = Engine(state: opened.state, pace: configuration.pace, secret: opened.secret)
    secretFile = opened.secretFile
    engine.sequence = opened.sequence
    history = opened.history
    subscriptions = Subscriptions(configuration.events)
    snapshots = SnapshotKeeper(erasure: opened.unfinishedErasure, at: .now)
    journal = opened.journal.take()
    gateway = Simulator(seed: configuration.seed, settings: configuration.simulator)
    clock = clock.starting(noEarlierThan: engine.state.now)
  }

  /// Answers one frame; nothing for notifications.
  package func answer(_ frame: ArraySlice<UInt8>, from connection: UInt64 = 0) -> Answer {
    call.connection = connection
    guard let known = access.caller(on: connection) else { return answerStranger(frame) }
    call.operatorName = known == .local ? nil : known.name
    call.project = known.project
    defer { (call.operatorName, call.project) = (nil, nil) }
    return dispatcher.answer(frame, in: self)
  }

  /// Number of the newest event.
  package var sequence: UInt64 { engine.sequence }

  package func setVirtualTime(_ time: Timestamp) { clock = .virtual(time) }

  package var asOf: AsOf {
    var asOf = AsOf()
    asOf.sequence = sequence
    asOf.at = max(clock.now(), engine.state.now)
    return asOf
  }

  package var isPersistent: Bool { journal != nil }

  func requestStop() { configuration.stop() }

  package var now: Timestamp { max(clock.now(), engine.state.now) }
}

/// The call that is being answered.
struct PresentCall: Sendable {
  var connection: UInt64 = 0
  /// Name of the token behind it; nil where none was asked for, and while nobody is answered.
  var operatorName: String?
  /// The only project that whoever calls may see; nil where it is all, and while nobody is answered.
  var project: ProjectID?
  /// The frame is a request for a method, known or not.
  var isUnderstood = false
}

/// What one turn of the loop leaves to the next.
struct TurnState: Sendable {
  /// Attempts that leave once the events that started them are durable.
  var outbound: [SendRequest] = []
  /// Commands within commands: the group of the journal may end behind the outermost.
  var commandDepth = 0
  /// The disk had no room for what a start has to note down. It comes before any other change.
  var isRecoveryDue = false
  /// The disk has no room, so what falls due has to wait.
  var isStalled = false
  var lastWatermarkAt = ContinuousClock.now
}
