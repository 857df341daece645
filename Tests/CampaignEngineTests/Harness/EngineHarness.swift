import Testing
import Wire

import CampaignEngine

/// An engine on a virtual clock, and a twin that is fed nothing but the journal. After each command
/// the two must be the same, and the ledger must hold.
final class EngineHarness {
  private(set) var engine: Engine
  private(set) var twin = State()
  var now: Timestamp
  /// Printed with every fault, so that a random run can be repeated.
  var note = ""
  /// The whole state is compared every so many commands; a cheap part of it always.
  var fullComparisonInterval = 1
  private(set) var hasFault = false
  private var commandCount = 0
  private var gatewayIDCount = 0
  /// All that was written so far, where it is wanted.
  var records: [EventBatch.Record] { commands.flatMap(\.self) }
  /// The same by command.
  private(set) var commands: [[EventBatch.Record]] = []
  /// Kinds of event that came up so far.
  private(set) var seenKinds: Set<EventKind> = []
  /// Kinds of all events so far, the first one first.
  private(set) var kinds: [EventKind] = []
  /// Hash of all events so far, where it is wanted: equal runs give equal journals.
  var journal: StableHash?
  var keepsRecords = false
  /// Everything that was handed to the gateway, in order.
  private(set) var sent: [SendRequest] = []

  var sender = SenderID.none
  var project = ProjectID.none

  var state: State { engine.state }

  init(
    startingAt start: Timestamp = time("2026-11-23T02:15:00.000Z"), fullComparisonInterval: Int = 1,
    pace: Pace = Pace()
  ) {
    (now, self.fullComparisonInterval) = (start, fullComparisonInterval)
    engine = Engine(pace: pace, secret: Self.secret)
  }

  private static let secret = Array("a key that only tests know".utf8)

  // MARK: Commands

  @discardableResult
  func perform<C: Command>(
    _ command: C, sourceLocation: SourceLocation = #_sourceLocation
  ) throws(Rejection) -> C.Result {
    defer {
      _ = engine.packRestingRows()
      verify(sourceLocation)
    }
    do {
      return try engine.perform(command, at: now)
    } catch {
      guard let rejection = error as? Rejection else { preconditionFailure("\(error)") }
      throw rejection
    }
  }

  /// Why a command is refused; nil where it is not.
  func refusal(
    of command: some Command, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Rejection? {
    do throws(Rejection) {
      _ = try perform(command, sourceLocation: sourceLocation)
      return nil
    } catch {
      return error
    }
  }

  func verify(_ location: SourceLocation = #_sourceLocation, isFull: Bool = false) {
    commandCount += 1
    let records = engine.takeEvents()
    if keepsRecords, !records.isEmpty { commands.append(records) }
    if state.now < twin.now { report("time went back", location) }
    do {
      for record in records {
        seenKinds.insert(record.kind)
        kinds.append(record.kind)
        journal?.add(UInt64(record.kind.rawValue))
        if journal != nil { for byte in record.payload { journal?.add(UInt64(byte)) } }
        try twin.replay(
          kind: record.kind.rawValue, version: eventVersion, payload: record.payload)
      }
    } catch {
      report("replay: \(error)", location)
    }
    let isTimeForAll = isFull || commandCount % fullComparisonInterval == 0
    // Where no event came, the ledger is what it was, and so is the time.
    if records.isEmpty, !isTimeForAll {
      if state.now != twin.now { report("the time has moved without an event", location) }
      return
    }
    let difference =
      isTimeForAll
      ? StateComparison.firstDifference(state, twin)
      : StateComparison.firstQuickDifference(state, twin)
    if let difference { report("live and replayed differ: \(difference)", location) }
    for fault in state.checkInvariants() { report(fault, location) }
    for fault in StateAudit.faults(of: state) { report(fault, location) }
    for fault in ErasureAudit.faults(of: engine) { report(fault, location) }
    for fault in DispositionAudit.faults(of: state, events: kinds) { report(fault, location) }
    if engine.sequence != UInt64(kinds.count) { report("events are counted wrong", location) }
  }

  private func report(_ fault: String, _ location: SourceLocation) {
    hasFault = true
    #expect(Bool(false), "\(note) command \(commandCount): \(fault)", sourceLocation: location)
  }

  /// Begins where another harness stands.
  init(after other: EngineHarness.Scene, fullComparisonInterval: Int, pace: Pace = Pace()) {
    (engine, twin) = (Engine(state: other.state, pace: pace, secret: Self.secret), other.state)
    (now, sender, project) = (other.state.now, other.sender, other.project)
    kinds = other.kinds
    engine.sequence = UInt64(kinds.count)
    self.fullComparisonInterval = fullComparisonInterval
  }

  /// A world at rest, from which many runs may begin.
  struct Scene: Sendable {
    let state: State
    let sender: SenderID
    let project: ProjectID
    let kinds: [EventKind]
  }

  var scene: Scene { Scene(state: twin, sender: sender, project: project, kinds: kinds) }

  /// The process stops and starts again, from the journal or from a snapshot: what was derived, not
  /// recorded, is derived anew.
  func restart(fromSnapshot: Bool = false, sourceLocation: SourceLocation = #_sourceLocation) throws
  {
    if fromSnapshot {
      let restored = try Self.restored(from: engine.state)
      if let difference = StateComparison.firstDifference(restored, twin) {
        report("restored and replayed differ: \(difference)", sourceLocation)
      }
      if !StateComparison.hasCurrentTimers(restored) { report("timers are lost", sourceLocation) }
      twin = restored
    }
    let sequence = engine.sequence
    engine = Engine(state: twin, pace: engine.pace, secret: Self.secret)
    engine.sequence = sequence
  }

  static func restored(from state: State) throws -> State {
    var restored = State()
    try state.encodeSnapshot { tag, payload in
      try restored.restore(tag: tag.rawValue, payload: payload)
    }
    try restored.rebuildIndexes()
    return restored
  }

  // MARK: The gateway

  func nextGatewayID() -> String {
    gatewayIDCount += 1
    return "wamid.\(gatewayIDCount)"
  }

  /// Hands due messages over, without an answer yet.
  @discardableResult
  func dispatch() throws -> [SendRequest] {
    let isClaimed = sender != .none && !state[sender].row.isPushed
    let requests =
      isClaimed
      ? try perform(ClaimSends(sender: sender, limit: 20, lease: .minutes(2)))
      : try perform(DispatchSends())
    sent += requests
    return requests
  }

  @discardableResult
  func accept(
    _ request: SendRequest, isHeld: Bool = false, userID: String? = nil
  ) throws -> String {
    let gatewayID = nextGatewayID()
    try perform(
      ReportAttempt(
        attempt: request.attempt,
        outcome: .accepted(gatewayID: gatewayID, isHeld: isHeld, userID: userID)))
    return gatewayID
  }

  func refuse(
    _ request: SendRequest, _ errorClass: ErrorClass, code: Int64? = nil, after: TimeSpan? = nil
  ) throws {
    let error = MessageError(errorClass, code: code, message: "refused")
    try perform(
      ReportAttempt(attempt: request.attempt, outcome: .refused(error, retryAfter: after)))
  }

  func lose(_ request: SendRequest) throws {
    try perform(ReportAttempt(attempt: request.attempt, outcome: .unknown("The answer was lost.")))
  }

  /// A webhook about one attempt.
  @discardableResult
  func report(
    _ request: SendRequest, _ status: ReportedStatus, gatewayID: String? = nil,
    error: MessageError? = nil, billed: Int64? = nil
  ) throws -> ReportStatus.Result {
    try report(
      gatewayID: gatewayID ?? state[request.attempt.message].gatewayID, status,
      attempt: request.attempt, error: error, billed: billed)
  }

  @discardableResult
  func report(
    gatewayID: String, _ status: ReportedStatus, attempt: AttemptID? = nil,
    error: MessageError? = nil, billed: Int64? = nil
  ) throws -> ReportStatus.Result {
    var report = DeliveryReport()
    (report.status, report.at, report.error, report.billedMicros) = (status, now, error, billed)
    return try perform(
      ReportStatus(sender: sender, gatewayID: gatewayID, attempt: attempt, report: report))
  }

  // MARK: The clock

  /// When there is something to do, a program that sends for us asked as well.
  var nextDue: Timestamp? {
    let claim = state[sender].row.isPushed ? nil : state.nextSend(of: sender)
    return [state.nextDue, claim].compactMap { $0 }.min()
  }

  func pass(_ span: TimeSpan) { now = now + span }

  /// Works until nothing is due at this moment. Every send is accepted at once.
  func settle() throws {
    for _ in 0..<1000 {
      while state.busyCampaigns.first != nil { try perform(ContinueCampaigns()) }
      try perform(FireTimers())
      while state.busyReminders.first != nil { try perform(ContinueReminders()) }
      let requests = try dispatch()
      for request in requests { try accept(request) }
      let isIdle = requests.isEmpty && state.busyCampaigns.first == nil
      if isIdle, state.nextDue.map({ $0 > now }) ?? true { return }
    }
    Issue.record("\(note) does not settle")
  }

  /// Lets the clock run, stopping wherever anything is due.
  func run(until end: Timestamp) throws {
    while let due = state.nextDue, due <= end {
      now = max(now, due)
      try settle()
    }
    now = max(now, end)
  }

  func run(for span: TimeSpan) throws { try run(until: now + span) }
}

/// A time that the test itself spells; a wrong spelling is a fault of the test.
func time(_ text: String) -> Timestamp {
  guard let time = Timestamp(wireText: text) else { preconditionFailure("no time: \(text)") }
  return time
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
