import Wire

/// A request for a change, already well-formed. It checks first and refuses before it changed
/// anything; then it emits events, and from there on nothing can fail.
package protocol Command: Sendable {
  associatedtype Result
  /// Why it may do nothing: a `Rejection`, or `Never`.
  associatedtype Refusal: Error
  /// Who brings its events about; nil where it goes on with what another command did.
  static var cause: CauseKind? { get }
  func perform(in engine: inout Engine) throws(Refusal) -> Result
}

extension Command {
  package static var cause: CauseKind? { .operator }
}

/// The campaign engine: a state and the rules that change it. No clock, no randomness, no input or
/// output: the same commands at the same times give the same events, bit by bit.
package struct Engine: Sendable {
  package private(set) var state: State
  /// Events of the commands since the last `takeEvents`.
  private var batch = EventBatch()
  var agenda = Agenda()
  /// Of each first share an execution that is waited for; found anew after a restart.
  var awaitedOfShares: [CampaignID: ExecutionID] = [:]
  /// Number of the newest event, as the journal counts them; whoever keeps one says where it begins.
  package var sequence: UInt64 = 0

  package let pace: Pace
  /// Key of the hashes that are left of erased numbers. It is no part of the state: whoever has a
  /// journal or a snapshot alone can make none of them again.
  package var secret: [UInt8] = []

  /// False where nobody will ask for the events: then they are counted and not encoded.
  private let keepsEvents: Bool

  package init(
    state: State = State(), keepsEvents: Bool = true, pace: Pace = Pace(), secret: [UInt8] = []
  ) {
    (self.state, self.keepsEvents, self.pace, self.secret) = (state, keepsEvents, pace, secret)
  }

  /// - Parameter name: of the operator's token, where one was used.
  package mutating func perform<C: Command>(
    _ command: C, at time: Timestamp, by name: String? = nil
  ) throws(C.Refusal) -> C.Result {
    agenda.begin(walks: pace.walks)
    let before = (
      time: state.now, cause: state.cause, count: batch.records.count, sequence: sequence
    )
    if time > state.now { emit(TimeAdvanced(to: time)) }
    if let kind = C.cause {
      let cause = Cause(kind, name: kind == .operator ? name : nil)
      if cause != state.cause { emit(CauseChanged(cause: cause)) }
    }
    let headCount = batch.records.count
    /// A command that said nothing leaves no record, so nothing of its head may stay either: the
    /// next command at this very moment still has to write the time of its events.
    func takeBackHead() {
      (state.now, state.cause) = (before.time, before.cause)
      sequence = before.sequence
      batch.dropRecords(after: before.count)
    }
    do {
      let result = try command.perform(in: &self)
      workOffWoken()
      workOffChangedGuests()
      if batch.records.count == headCount { takeBackHead() } else { pauseAfterShares() }
      return result
    } catch {
      precondition(batch.records.count == headCount, "a refused command has changed something")
      takeBackHead()
      throw error
    }
  }

  /// A command as a part of another one, which goes on where this one is refused. What it sets free
  /// goes on before it returns.
  mutating func performPart<C: Command>(_ command: C) throws(C.Refusal) -> C.Result {
    let count = batch.records.count
    do {
      let result = try command.perform(in: &self)
      workOffWoken()
      workOffChangedGuests()
      return result
    } catch {
      precondition(batch.records.count == count, "a refused command has changed something")
      throw error
    }
  }

  /// Applies an event and keeps it for the journal: the only way to change the state.
  mutating func emit<Kind: Event>(_ event: consuming Kind) {
    event.complete(from: state)
    event.apply(to: &state)
    sequence += 1
    note(effect: Kind.self)
    if keepsEvents { batch.append(event) } else { batch.note(Kind.kind) }
    if let guest = event.changedGuest(in: state) { noteChange(of: guest) }
    for guest in event.changedGuests(in: state) { noteChange(of: guest) }
  }

  /// That somebody wrote is no effect of what they wrote.
  private mutating func note<Kind: Event>(effect type: Kind.Type) {
    guard agenda.isTakingEffect,
      Kind.kind != .personChanged, Kind.kind != .messageDisposed, Kind.kind != .messageReceived,
      Kind.kind != .answerTold
    else { return }
    agenda.note(
      EventReference(sequence: sequence, kind: Kind.kind), isTold: Kind.publicData != nil)
  }

  private mutating func noteChange(of guest: GuestID) {
    if state.projects[of: guest].joinableCampaigns.isEmpty { return }
    agenda.noteChange(of: guest)
  }

  /// The events since the last call, in order.
  package mutating func takeEvents() -> [EventBatch.Record] {
    defer { batch = EventBatch() }
    return batch.records
  }

  /// When something happens by itself next. Asked here, so that nobody copies the state to ask.
  package var nextDue: Timestamp? { state.nextDue }

  /// Packs rows that rest, a few blocks at a time: it changes nothing that anybody can ask for.
  /// - Returns: whether there may be more to pack.
  package mutating func packRestingRows(limit: Int = 4) -> Bool {
    state.packResting(limit: limit)
  }

  package var hasEvents: Bool { !batch.records.isEmpty }

  /// A timer or a lane entry that was looked at and found to have nothing to say now. Indexes are
  /// not journalled: whoever needs the entry again puts it back.
  mutating func popTimer(dueBy time: Timestamp) -> Timer? {
    guard let first = state.timers.first, first.due <= time else { return nil }
    return state.timers.popFirst()
  }

  mutating func popAlarm() -> Alarm? { state.alarms.popFirst() }

  mutating func setAside(_ message: MessageID) {
    state.removeFromLane(message, state[message])
  }

  mutating func putBack(_ message: MessageID) {
    state.addToLane(message, state[message])
  }

  mutating func putBackTimer(of execution: ExecutionID) {
    state.addTimer(of: execution, state[execution])
  }
}

extension EventBatch {
  mutating func dropRecords(after count: Int) { records.removeSubrange(count...) }
}
