import JSONRPC

/// One peer: what it has sent, what it is to be sent, and how far its end has come.
///
/// A state machine without input and output. It is told what has happened, and says what is to be done;
/// the loop does it. Of other connections it knows nothing.
struct Connection {
  enum Phase: Equatable {
    case open
    /// No more input is taken: it has ended, or we want to end. Answers still go out.
    case inputEnded(CloseReason)
    /// Everything is said and our side is shut; what still comes is thrown away until the peer
    /// has read its last answer, since closing over unread input would destroy that answer.
    case lingering(CloseReason)
  }

  /// What is to be done once a turn has been committed, and its replies written.
  enum Action: Equatable {
    /// All that the peer will ever ask is answered. Whoever has more to say `waitForLastWord`s.
    case noteEndOfInput
    /// Shuts the output and waits for the peer; where that cannot be done, `shutFailed`.
    case shutOutput
    case tell(Notice)
    /// The last one.
    case close(CloseReason)
  }

  /// What whoever writes to the peer has to know of how far it reads.
  enum Notice: Equatable {
    case congested, relieved
    case filled, drained
  }

  let id: ConnectionID
  let peer: Peer
  /// Both directions are one descriptor.
  let isSocket: Bool
  private let limits: TransportLimits

  private(set) var decoder = FrameDecoder()
  var replies = ReplyQueue()
  /// What a cancellation may overtake.
  private(set) var parked = ParkedMessages()
  private(set) var phase = Phase.open
  /// Requests may be left in the decoder. Until they are started little more is read.
  private(set) var mayHaveFrames = false
  /// The peer has been told of more than it reads.
  private var isCongested = false
  /// As much waits for the peer as it is told unasked.
  private var isFull = false
  /// The delegate knows that all its input is answered, and still has something to say.
  private var isLastWordOwed = false
  private var hasNotedEnd = false
  /// Set when the connection must end at once.
  private var doom: CloseReason?
  private var nextSlot: UInt64 = 0
  /// The reply before which nothing more is started.
  private var barrier: UInt64?
  private var stranger: Stranger?
  private var arrival = Arrival()
  private var congestionDeadline: Int64?
  private var lingerDeadline: Int64?

  init(id: ConnectionID, peer: Peer, isSocket: Bool, limits: TransportLimits) {
    (self.id, self.peer, self.isSocket, self.limits) = (id, peer, isSocket, limits)
  }

  /// A parent process is trusted with its own time, other peers are not.
  private var isTimed: Bool { peer != .standardStreams }

  private var framing: Framing { decoder.framing ?? .newline }

  var isStranger: Bool { stranger != nil }

  /// It waits to be told whether it may stay, and nothing of it is looked at.
  private var isJudged: Bool { stranger?.verdict != nil }

  /// It is at its end, whatever it still had to say.
  var isDoomed: Bool { doom != nil }

  // MARK: - What comes in

  /// How much of its input may be read now; nil where none is.
  ///
  /// One that is held up is read a little further, since it may cancel what it waits for. A stranger's
  /// bytes are not taken in before there is a request to use them up.
  var wantedBytes: Int? {
    switch phase {
    case .open where isJudged: nil
    case .open where mayHaveFrames && (isStranger || !isHeldUp || !canPark): nil
    case .inputEnded: nil
    case .open, .lingering: isStranger ? limits.strangerFrameBytes : limits.readBytes
    }
  }

  private var canPark: Bool { parked.cost + decoder.bufferedBytes < limits.parkedBytes }

  mutating func received(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard phase == .open else { return }
    arrival.add(bytes.count)
    decoder.append(bytes)
    mayHaveFrames = true
  }

  mutating func inputEnded() {
    guard phase == .open else { return fail(closeReason) }
    // The decoder may still hold a last line.
    mayHaveFrames = true
    endInput(.endOfInput)
  }

  /// Takes no more input, and ends when everything is said.
  mutating func endInput(_ reason: CloseReason) {
    if phase == .open { phase = .inputEnded(reason) }
  }

  /// Our own wish: nothing is owed but answers, and a stranger not even those.
  mutating func end(owesStrangers: Bool) {
    if isStranger, !owesStrangers { fail(.requested) }
    endInput(.requested)
    isLastWordOwed = false
  }

  /// Ends at once, whatever waits.
  mutating func fail(_ reason: CloseReason) {
    if doom == nil { doom = reason }
  }

  // MARK: - Requests

  /// A peer that does not read, or waits for many jobs, or for one that the next request relies on,
  /// gets nothing more started.
  private var isHeldUp: Bool {
    barrier != nil || replies.behindCount >= limits.requestsPerTurn
      || replies.pendingBytes > limits.congestedBytes
  }

  /// Whether a request may be started in the next turn, though nothing happens until then.
  var canGoOn: Bool { mayHaveFrames && !isJudged && !isHeldUp }

  /// The next request to be started. What is no request is answered here.
  /// - Parameter started: how many were in this turn, those that were none included.
  mutating func nextRequest(_ started: inout Int) -> ArraySlice<UInt8>? {
    while mayHaveFrames, doom == nil, mayStart(started) {
      guard let event = parked.popFirst() ?? decoder.next() ?? lastEvent() else {
        mayHaveFrames = false
        return nil
      }
      started += 1
      switch event {
      case .frame(let frame): return frame
      case .fault(let error):
        append(Response.failure(error))
        if isStranger { refuse() }
      case .lastFault(let error):
        append(Response.failure(error))
        endInput(.brokenFraming)
        mayHaveFrames = false
      case .close(let what): fail(.foreign(what))
      }
    }
    return nil
  }

  /// One that sends without pause leaves a part of every turn to the others.
  private func mayStart(_ started: Int) -> Bool {
    if isStranger, isJudged || started > 0 { return false }
    return started < limits.requestsPerTurn && !isHeldUp
  }

  /// At the end of the input also a message that no line feed ended.
  private mutating func lastEvent() -> FrameDecoder.Event? {
    phase == .inputEnded(.endOfInput) ? decoder.finish() : nil
  }

  /// The next message of one that is held up, to be looked at before its turn comes, as long as there
  /// is room to keep such. What cancels must not wait behind what it cancels. It keeps its turn too:
  /// what it cancels may not have been started yet.
  mutating func nextRequestAhead() -> ArraySlice<UInt8>? {
    guard mayHaveFrames, doom == nil, !isStranger else { return nil }
    while isHeldUp, parked.cost < limits.parkedBytes, let event = decoder.next() {
      parked.append(event)
      if case .frame(let frame) = event { return frame }
    }
    return nil
  }

  mutating func makeSlot() -> ReplySlot {
    defer { nextSlot += 1 }
    return ReplySlot(connection: id, number: nextSlot)
  }

  // MARK: - What goes out

  mutating func take(_ reply: Reply, for slot: ReplySlot, at now: Int64) {
    switch reply {
    case .none: break
    case .now(let body): append(body)
    case .later: replies.await(slot.number)
    case .laterHoldingUp:
      replies.await(slot.number)
      barrier = slot.number
    case .verdict(let verdict):
      // Who was known and is a stranger again, since a token was revoked, is judged like any.
      var judged = stranger ?? Stranger(deadline: now + limits.strangerMilliseconds)
      judged.judge(verdict, at: now)
      stranger = judged
      announceVerdict(at: now)
    }
  }

  /// What was to come later; nil where nothing is to be said.
  mutating func fill(_ slot: ReplySlot, with body: [UInt8]?) {
    replies.fill(slot.number, with: body, framing)
    if barrier == slot.number { barrier = nil }
  }

  /// Requests stop in time to leave room; only what the peer did not ask for can go too far.
  mutating func notify(_ body: [UInt8]) {
    if replies.pendingBytes + body.count > limits.outputBytes {
      fail(.doesNotRead)
    } else {
      append(body)
    }
  }

  private mutating func append(_ body: [UInt8]) {
    replies.append(body, framing)
  }

  mutating func waitForLastWord() { isLastWordOwed = true }

  mutating func shutFailed() { fail(closeReason) }

  // MARK: - The end of a turn

  /// The next thing to be done; nil when the connection can wait.
  /// - Parameter isStopping: a stop owes nobody more than answers. Whoever comes back is told the rest.
  mutating func nextAction(at now: Int64, isStopping: Bool = false) -> Action? {
    if doom == nil {
      if !isStopping, noteEndOfInput() { return .noteEndOfInput }
      if isDone {
        if beginLingering(at: now) { return .shutOutput }
        fail(closeReason)
      }
    }
    if let doom { return .close(doom) }
    return (noteRoom() ?? noteCongestion(at: now)).map(Action.tell)
  }

  /// True once: the peer has ended its input, and nothing of it is left to be started or awaited.
  private mutating func noteEndOfInput() -> Bool {
    guard !hasNotedEnd, phase == .inputEnded(.endOfInput), !mayHaveFrames, !isJudged,
      replies.behindCount == 0
    else { return false }
    hasNotedEnd = true
    return true
  }

  /// Nothing is left to be started, answered or written.
  private var isDone: Bool {
    guard case .inputEnded = phase else { return false }
    return !mayHaveFrames && !isJudged && replies.isEmpty && !isLastWordOwed
  }

  /// False where there is nothing to wait for.
  private mutating func beginLingering(at now: Int64) -> Bool {
    guard case .inputEnded(let reason) = phase, reason != .endOfInput, isSocket else {
      return false
    }
    phase = .lingering(reason)
    lingerDeadline = now + limits.lingerMilliseconds
    return true
  }

  private var closeReason: CloseReason {
    switch phase {
    case .open: doom ?? .requested
    case .inputEnded(let reason), .lingering(let reason): doom ?? reason
    }
  }

  private mutating func noteRoom() -> Notice? {
    let wasFull = isFull
    isFull = replies.pendingBytes > limits.notifiedBytes
    return isFull == wasFull ? nil : isFull ? .filled : .drained
  }

  private mutating func noteCongestion(at now: Int64) -> Notice? {
    let wasCongested = isCongested
    isCongested = replies.pendingBytes > limits.congestedBytes
    if isCongested == wasCongested { return nil }
    congestionDeadline = isCongested && isTimed ? now + limits.congestedMilliseconds : nil
    return isCongested ? .congested : .relieved
  }

  // MARK: - Time

  /// When something about this connection will have taken too long.
  mutating func nextDeadline(at now: Int64) -> Int64? {
    let isArriving = phase == .open && isTimed && !mayHaveFrames && decoder.isInsideFrame
    arrival.watch(isArriving ? decoder.frameOrdinal : nil, at: now, limits)
    return [arrival.deadline, congestionDeadline, lingerDeadline, strangerDeadline]
      .compactMap { $0 }.min()
  }

  /// Once refused it is only waited for, until it has read why.
  private var strangerDeadline: Int64? {
    stranger.flatMap { $0.verdict?.at ?? (phase == .open ? $0.deadline : nil) }
  }

  /// Does what was to be done by now, and ends what has taken too long.
  /// - Returns: whether anything came of it.
  mutating func advance(to now: Int64) -> Bool {
    var hasChanged = announceVerdict(at: now)
    if arrival.prolong(at: now, limits) { hasChanged = true }
    guard let reason = expiry(at: now) else { return hasChanged }
    fail(reason)
    return true
  }

  private func expiry(at now: Int64) -> CloseReason? {
    if phase == .open, let stranger, !isJudged, stranger.deadline <= now {
      return .notAuthenticated
    }
    if let deadline = arrival.deadline, deadline <= now { return .frameTooSlow }
    if let congestionDeadline, congestionDeadline <= now { return .doesNotRead }
    if let lingerDeadline, lingerDeadline <= now { return closeReason }
    return nil
  }

  // MARK: - A stranger

  mutating func beginAsStranger(at now: Int64) {
    stranger = Stranger(deadline: now + limits.strangerMilliseconds)
    decoder.limits.frameBytes = limits.strangerFrameBytes
    decoder.limits.headerBytes = limits.strangerFrameBytes
    decoder.limits.discardedBytes = 0
  }

  /// True if its time had come.
  @discardableResult
  private mutating func announceVerdict(at now: Int64) -> Bool {
    guard let verdict = stranger?.takeVerdict(at: now) else { return false }
    if let reply = verdict.reply { append(reply) }
    if verdict.isAdmitted {
      stranger = nil
      decoder.limits = .standard
    } else {
      refuse()
    }
    return true
  }

  /// What it has been told is the last word, and what it has sent besides is dropped.
  private mutating func refuse() {
    mayHaveFrames = false
    endInput(.refused)
  }
}
