import JSONRPC
import Testing
import Transports

/// A service that writes down what the loop does with it, in order.
///
/// A frame is a command for it: `echo` and the like, with no JSON behind it beyond what framing
/// asks for.
actor TestService: LoopDelegate {
  let executor: LoopExecutor
  let handle: LoopHandle
  var log: [String] = []
  var peers: [Peer] = []
  var closed: [CloseReason] = []
  var turnedAway: [CloseReason] = []
  var slots: [ReplySlot] = []
  var subscriber: ConnectionID?
  var commitError: (any Error)?
  var timerMilliseconds: Int64?
  /// What new peers are.
  var standing = Standing.trusted
  /// `filled` and `drained`, apart from the log since they come at many places.
  var rooms: [String] = []
  /// Connections whose input has ended, and whether they are owed something.
  var ended: [ConnectionID] = []
  var owes = false
  var turns = 0
  /// Said to `[big]`.
  var bigReply = [UInt8](repeating: UInt8(ascii: "x"), count: 300 << 10)

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(executor: LoopExecutor) {
    self.executor = executor
    handle = LoopHandle(executor: executor)
  }

  func opened(_ connection: ConnectionID, _ peer: Peer) -> Standing {
    peers.append(peer)
    return standing
  }

  func filled(_ connection: ConnectionID) { rooms.append("filled") }

  func drained(_ connection: ConnectionID) { rooms.append("drained") }

  func inputEnded(_ connection: ConnectionID) -> Bool {
    ended.append(connection)
    return owes
  }

  func receive(
    _ frame: ArraySlice<UInt8>, from connection: ConnectionID, slot: ReplySlot
  ) -> Reply {
    let text = String(decoding: frame, as: UTF8.self)
    log.append(text.count > 40 ? "a long frame" : text)
    switch text {
    case "[quiet]", "[quick]": return .none
    case "[big]": return .now(bigReply)
    case "[later]":
      slots.append(slot)
      return .later
    case "[change]":
      slots.append(slot)
      return .laterHoldingUp
    case "[subscribe]":
      subscriber = connection
      handle.send(Array("[event]".utf8), to: connection)
    case "[publish]":
      if let subscriber { handle.send(Array("[event]".utf8), to: subscriber) }
    case "[stop]": handle.stop()
    case "[close]": handle.close(connection)
    case "[admit]": return .verdict(Verdict(isAdmitted: true, reply: Array("yes".utf8)))
    case "[admit late]": return verdict(true)
    case "[refuse]": return verdict(false)
    default: break
    }
    return .now(Array("re:\(text.prefix(40))".utf8))
  }

  private func verdict(_ isAdmitted: Bool) -> Reply {
    .verdict(
      Verdict(
        isAdmitted: isAdmitted, reply: Array((isAdmitted ? "yes" : "no").utf8),
        delayMilliseconds: 250))
  }

  func overtakes(_ frame: ArraySlice<UInt8>) -> Bool { frame.elementsEqual("[quick]".utf8) }

  func closed(_ connection: ConnectionID, _ reason: CloseReason) {
    closed.append(reason)
  }

  func turnedAway(_ peer: Peer, _ reason: CloseReason) {
    turnedAway.append(reason)
  }

  func congested(_ connection: ConnectionID) {
    log.append("congested")
  }

  func relieved(_ connection: ConnectionID) {
    log.append("relieved")
  }

  func turn() {
    turns += 1
  }

  func commit() throws {
    if let commitError { throw commitError }
    if log.last != "commit" { log.append("commit") }
  }

  func millisecondsToNextTimer() -> Int64? { timerMilliseconds }

  func note(_ text: String) {
    log.append(text)
  }

  /// What was received, without the commits between.
  var frames: [String] { log.filter { $0 != "commit" } }
}

/// Every poller that works here.
enum PollerKind: CaseIterable, Sendable {
  case native
  case poll

  func make() throws -> any Poller {
    switch self {
    case .native: try makePoller()
    case .poll: PollPoller()
    }
  }
}

/// Runs a test on the actor that a loop serves, on this thread.
func onLoop<Result: Sendable>(
  _ body: (isolated TestService) throws -> Result
) rethrows -> Result {
  try TestService(executor: LoopExecutor()).assumeIsolated(body)
}
