import JSONRPC

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One peer: what it has sent, what it is to be sent, and how far its end has come.
///
/// It decides nothing about time or order between connections; the loop asks and acts.
final class Connection {
  enum Phase: Equatable {
    case open
    /// No more input is taken: it has ended, or we want to end. Answers still go out.
    case inputEnded(CloseReason)
    /// Everything is said and our side is shut; what still comes is thrown away until the peer
    /// has read its last answer, since closing over unread input would destroy that answer.
    case lingering(CloseReason)
  }

  let id: ConnectionID
  let peer: Peer
  let input: ByteStream
  let output: ByteStream
  var decoder = FrameDecoder()
  var replies = ReplyQueue()
  /// What a cancellation may overtake.
  private(set) var parked = ParkedMessages()
  private(set) var phase = Phase.open
  /// Requests may be left in the decoder. Until they are started little more is read.
  var mayHaveFrames = false
  var isTouched = false
  /// The peer has been told of more than it reads.
  var isCongested = false
  /// As much waits for the peer as it is told unasked.
  var isFull = false
  /// The delegate knows that all its input is answered, and still has something to say.
  private(set) var isLastWordOwed = false
  private var hasNotedEnd = false
  /// Set when the connection must end at once.
  private(set) var doom: CloseReason?
  private var nextSlot: UInt64 = 0
  /// The reply before which nothing more is started.
  private var barrier: UInt64?

  /// What is being watched at the poller; nil where nothing is.
  var inputInterest: Interest?
  var outputInterest: Interest?

  /// Nil once it is trusted.
  private(set) var strangerDeadline: Int64?
  /// What it will be told, and when.
  private var verdict: (Verdict, at: Int64)?

  /// The message that is arriving, and when it must be complete or have brought enough.
  private var frameDeadline: (ordinal: Int, at: Int64, receivedBytes: Int)?
  private var receivedBytes = 0
  var congestionDeadline: Int64?
  var lingerDeadline: Int64?

  init(id: ConnectionID, peer: Peer, input: ByteStream, output: ByteStream) {
    self.id = id
    self.peer = peer
    self.input = input
    self.output = output
  }

  /// Both directions are one descriptor.
  var isSocket: Bool { input === output }

  /// A parent process is trusted with its own time, other peers are not.
  var isTimed: Bool { peer != .standardStreams }

  var framing: Framing { decoder.framing ?? .newline }

  /// One that is held up is read a little further, since it may cancel what it waits for.
  func wantsInput(_ limits: TransportLimits) -> Bool {
    switch phase {
    case .open: !isJudged && (!mayHaveFrames || !isStranger && isHeldUp(limits) && canPark(limits))
    case .inputEnded: false
    case .lingering: true
    }
  }

  /// A peer that does not read, or waits for many jobs, or for one that the next request relies on,
  /// gets nothing more started.
  func isHeldUp(_ limits: TransportLimits) -> Bool {
    barrier != nil || replies.behindCount >= limits.requestsPerTurn
      || replies.pendingBytes > limits.congestedBytes
  }

  func holdUp(until slot: UInt64) { barrier = slot }

  func goOn(after slot: UInt64) {
    if barrier == slot { barrier = nil }
  }

  private func canPark(_ limits: TransportLimits) -> Bool {
    parked.cost + decoder.bufferedBytes < limits.parkedBytes
  }

  /// Nothing is left to be started, answered or written.
  var isDone: Bool {
    guard case .inputEnded = phase else { return false }
    return !mayHaveFrames && !isJudged && replies.isEmpty && !isLastWordOwed
  }

  /// True once: the peer has ended its input, and nothing of it is left to be started or awaited.
  func noteEndOfInput() -> Bool {
    guard !hasNotedEnd, phase == .inputEnded(.endOfInput), !mayHaveFrames, !isJudged,
      replies.behindCount == 0
    else { return false }
    hasNotedEnd = true
    return true
  }

  func waitForLastWord() { isLastWordOwed = true }

  func lastWordSaid() { isLastWordOwed = false }

  func endInput(_ reason: CloseReason) {
    if phase == .open { phase = .inputEnded(reason) }
  }

  func fail(_ reason: CloseReason) {
    if doom == nil { doom = reason }
  }

  /// Shuts our side; false where there is nothing to wait for.
  func beginLingering() -> Bool {
    guard case .inputEnded(let reason) = phase, reason != .endOfInput, isSocket else {
      return false
    }
    phase = .lingering(reason)
    return shutdown(output.descriptor, Platform.shutdownWriting) == 0
  }

  var closeReason: CloseReason {
    switch phase {
    case .open: doom ?? .requested
    case .inputEnded(let reason), .lingering(let reason): doom ?? reason
    }
  }

  func makeSlot() -> ReplySlot {
    defer { nextSlot += 1 }
    return ReplySlot(connection: id, number: nextSlot)
  }

  func append(_ body: [UInt8]) {
    replies.append(body, framing)
  }

  /// Reads once. One read is enough for thousands of requests, and others want their turn.
  func read(into buffer: UnsafeMutableRawBufferPointer) {
    switch input.read(into: buffer) {
    case .bytes(let count):
      if phase == .open {
        receivedBytes &+= count
        decoder.append(UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]))
        mayHaveFrames = true
      }
    case .wouldBlock: break
    case .ended:
      if phase == .open {
        // The decoder may still hold a last line.
        mayHaveFrames = true
        endInput(.endOfInput)
      } else {
        fail(closeReason)
      }
    case .failed(let code): fail(.failed(code))
    }
  }

  // MARK: - A stranger

  var isStranger: Bool { strangerDeadline != nil }

  /// It waits to be told whether it may stay, and nothing of it is looked at.
  var isJudged: Bool { verdict != nil }

  func beginAsStranger(at now: Int64, _ limits: TransportLimits) {
    strangerDeadline = now + limits.strangerMilliseconds
    decoder.limits.frameBytes = limits.strangerFrameBytes
    decoder.limits.headerBytes = limits.strangerFrameBytes
    decoder.limits.discardedBytes = 0
  }

  func judge(_ verdict: Verdict, at now: Int64) {
    self.verdict = (verdict, now + verdict.delayMilliseconds)
    announceVerdict(at: now)
  }

  /// True if its time had come.
  @discardableResult
  func announceVerdict(at now: Int64) -> Bool {
    guard let (verdict, due) = verdict, due <= now else { return false }
    self.verdict = nil
    if let reply = verdict.reply { append(reply) }
    if verdict.isAdmitted {
      strangerDeadline = nil
      decoder.limits = .standard
    } else {
      refuse()
    }
    return true
  }

  /// What it has been told is the last word, and what it has sent besides is dropped.
  func refuse() {
    mayHaveFrames = false
    endInput(.refused)
  }

  /// The next message; at the end of the input also one that no line feed ended.
  func nextEvent() -> FrameDecoder.Event? {
    if let event = parked.popFirst() ?? decoder.next() { return event }
    if phase == .inputEnded(.endOfInput) { return decoder.finish() }
    return nil
  }

  /// The next message to be looked at before its turn comes, where there is room to keep it.
  func nextEventAhead(_ limits: TransportLimits) -> FrameDecoder.Event? {
    parked.cost < limits.parkedBytes ? decoder.next() : nil
  }

  func park(_ event: FrameDecoder.Event) { parked.append(event) }

  /// When something about this connection will have taken too long.
  func deadline(now: Int64, _ limits: TransportLimits) -> Int64? {
    if phase == .open, isTimed, !mayHaveFrames, decoder.isInsideFrame {
      if frameDeadline?.ordinal != decoder.frameOrdinal {
        frameDeadline = (decoder.frameOrdinal, now + limits.frameMilliseconds, receivedBytes)
      }
    } else {
      frameDeadline = nil
    }
    // Once refused it is only waited for, until it has read why.
    let standing = verdict?.at ?? (phase == .open ? strangerDeadline : nil)
    return [frameDeadline?.at, congestionDeadline, lingerDeadline, standing].compactMap { $0 }.min()
  }

  /// Gives a message that has brought enough as much time again. True if it has.
  func prolongFrame(at now: Int64, _ limits: TransportLimits) -> Bool {
    guard let (ordinal, at, before) = frameDeadline, at <= now,
      receivedBytes &- before >= limits.frameProgressBytes
    else { return false }
    frameDeadline = (ordinal, now + limits.frameMilliseconds, receivedBytes)
    return true
  }

  /// Why it ends, if one of its deadlines has passed.
  func expired(at now: Int64) -> CloseReason? {
    if phase == .open, let strangerDeadline, !isJudged, strangerDeadline <= now {
      return .notAuthenticated
    }
    if let deadline = frameDeadline?.at, deadline <= now { return .frameTooSlow }
    if let congestionDeadline, congestionDeadline <= now { return .doesNotRead }
    if let lingerDeadline, lingerDeadline <= now { return closeReason }
    return nil
  }
}
