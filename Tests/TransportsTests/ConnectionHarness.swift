import JSONRPC

@testable import Transports

/// A connection, a clock and a peer, with no socket between them: what the loop would do is done at
/// once, and what the peer would have received is kept.
struct ConnectionHarness {
  var connection: Connection
  var now: Int64 = 0
  /// Requests that were started, in order.
  private(set) var started: [String] = []
  /// Those among them that are to be answered later.
  private(set) var awaited: [(slot: ReplySlot, text: String)] = []
  private(set) var received: [UInt8] = []
  private(set) var actions: [Connection.Action] = []
  var deadline: Int64?

  init(
    limits: TransportLimits = TransportLimits(), peer: Peer = .address("test"),
    isSocket: Bool = true
  ) {
    connection = Connection(
      id: ConnectionID(rawValue: 1), peer: peer, isSocket: isSocket, limits: limits)
  }

  var closed: CloseReason? {
    if case .close(let reason) = actions.last { reason } else { nil }
  }

  var lines: [String] {
    String(decoding: received, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  mutating func send(_ text: String) { send(Array(text.utf8)[...]) }

  mutating func send(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBufferPointer { connection.received($0) }
  }

  /// A turn of the loop: requests are started, replies written as far as the peer reads, and the
  /// connection left so that it can wait.
  mutating func turn(reads: Int = .max, isStopping: Bool = false, owes: Bool = false) {
    var count = 0
    while let frame = connection.nextRequest(&count) { start(frame) }
    while let frame = connection.nextRequestAhead() {
      if Self.text(frame).contains("quick") { start(frame) }
    }
    if !connection.isDoomed { read(reads) }
    while closed == nil, let action = connection.nextAction(at: now, isStopping: isStopping) {
      actions.append(action)
      if action == .noteEndOfInput, owes { connection.waitForLastWord() }
      if case .close = action { break }
    }
    deadline = closed == nil ? connection.nextDeadline(at: now) : nil
  }

  /// Time goes on to the next deadline, which is taken note of.
  mutating func passDeadline() {
    guard let deadline else { return }
    now = deadline
    _ = connection.advance(to: now)
  }

  mutating func answer(_ index: Int) {
    let (slot, text) = awaited.remove(at: index)
    connection.fill(slot, with: Array("re:\(text)".utf8))
  }

  private mutating func start(_ frame: ArraySlice<UInt8>) {
    let text = Self.text(frame)
    started.append(text)
    let slot = connection.makeSlot()
    connection.take(reply(to: text, slot), for: slot, at: now)
  }

  private mutating func reply(to text: String, _ slot: ReplySlot) -> Reply {
    switch true {
    case text.contains("quick"): return .none
    case text.contains("later"):
      awaited.append((slot, text))
      return text.contains("change") ? .laterHoldingUp : .later
    case text.contains("token"):
      let isRight = text.contains("right")
      let verdict = Verdict(
        isAdmitted: isRight, reply: Array("re:\(text)".utf8),
        delayMilliseconds: isRight ? 0 : 500)
      return .verdict(verdict)
    default: return .now(Array("re:\(text)".utf8))
    }
  }

  private mutating func read(_ limit: Int) {
    var left = limit
    while left > 0, connection.replies.hasOutput {
      let taken = connection.replies.withOutput { Array($0.prefix(left)) }
      received += taken
      connection.replies.wrote(taken.count)
      left -= taken.count
    }
  }

  private static func text(_ frame: ArraySlice<UInt8>) -> String {
    String(decoding: frame, as: UTF8.self)
  }
}
