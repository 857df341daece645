#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The actor that a loop serves. It is pinned to the loop's thread by a `LoopExecutor`, and the
/// loop runs on it: each of these is a plain call.
package protocol LoopDelegate: Actor {
  func opened(_ connection: ConnectionID, _ peer: Peer) -> Standing

  /// One complete frame. The slice is not to be kept.
  func receive(
    _ frame: ArraySlice<UInt8>, from connection: ConnectionID, slot: ReplySlot
  ) -> Reply

  /// Whether a frame may not wait with others of its connection: it is received at once, and once
  /// more when its turn comes. It has no answer.
  func overtakes(_ frame: ArraySlice<UInt8>) -> Bool

  func closed(_ connection: ConnectionID, _ reason: CloseReason)

  /// We have ended a connection of this peer, or have not taken it up: it does not end by itself
  /// like that, so somebody will ask why.
  func turnedAway(_ peer: Peer, _ reason: CloseReason)

  /// The peer does not read the answers to what it asks.
  func congested(_ connection: ConnectionID)
  func relieved(_ connection: ConnectionID)

  /// As much waits for the peer as it is to be told unasked; the rest waits here until it is
  /// drained.
  func filled(_ connection: ConnectionID)
  func drained(_ connection: ConnectionID)

  /// The peer has ended its input, and all of that is answered. Where there is more to say it is
  /// true, and then `LoopHandle.close` says when that is all.
  func inputEnded(_ connection: ConnectionID) -> Bool

  /// Timers, and what has come from elsewhere. After the requests of a turn, before its commit.
  func turn()

  /// Makes durable what the turn has changed. Nothing that the turn has to say leaves before; if
  /// this throws, nothing leaves at all and the loop ends. What is sent from here follows the
  /// replies of the turn.
  func commit() throws

  func millisecondsToNextTimer() -> Int64?
}

extension LoopDelegate {
  package func opened(_ connection: ConnectionID, _ peer: Peer) -> Standing { .trusted }
  package func overtakes(_ frame: ArraySlice<UInt8>) -> Bool { false }
  package func closed(_ connection: ConnectionID, _ reason: CloseReason) {}
  package func turnedAway(_ peer: Peer, _ reason: CloseReason) {}
  package func congested(_ connection: ConnectionID) {}
  package func relieved(_ connection: ConnectionID) {}
  package func filled(_ connection: ConnectionID) {}
  package func drained(_ connection: ConnectionID) {}
  package func inputEnded(_ connection: ConnectionID) -> Bool { false }
}

package struct ConnectionID: Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// The place of one reply among those of its connection.
package struct ReplySlot: Hashable, Sendable {
  package let connection: ConnectionID
  package let number: UInt64

  package init(connection: ConnectionID, number: UInt64) {
    self.connection = connection
    self.number = number
  }
}

package enum Reply: Sendable {
  case none
  case now([UInt8])
  /// `LoopHandle.answer` will give it. Replies to later requests wait behind it.
  case later
  /// The same, and later requests of the connection are not even started before.
  case laterHoldingUp
  /// Whether a stranger may stay, and what it is told.
  case verdict(Verdict)
}

/// What a peer may take of the service.
package enum Standing: Sendable {
  case trusted
  /// It has yet to say who it is: one small request at a time, and not for long. A `Verdict` ends
  /// that.
  case stranger
}

/// The end of a stranger's being one. What it sends meanwhile stays unread.
package struct Verdict: Equatable, Sendable {
  /// Otherwise the connection is closed over the reply.
  package var isAdmitted: Bool
  /// Nil where nothing is to be said.
  package var reply: [UInt8]?
  /// Whoever guesses is answered late, and keeps nobody else waiting.
  package var delayMilliseconds: Int64

  package init(isAdmitted: Bool, reply: [UInt8]?, delayMilliseconds: Int64 = 0) {
    self.isAdmitted = isAdmitted
    self.reply = reply
    self.delayMilliseconds = delayMilliseconds
  }
}

package enum Peer: Hashable, Sendable, CustomStringConvertible {
  case standardStreams
  case address(String)

  package var description: String {
    switch self {
    case .standardStreams: "standard input"
    case .address(let host): host
    }
  }
}

package enum CloseReason: Hashable, Sendable, CustomStringConvertible {
  case endOfInput
  /// Our own wish, `LoopHandle.close` or a stop.
  case requested
  /// It speaks another protocol, or floods us. Nothing of it was executed.
  case foreign(String)
  /// Its last message could not be told from the next.
  case brokenFraming
  case frameTooSlow
  /// A stranger that did not say in time who it is.
  case notAuthenticated
  /// A stranger that was refused.
  case refused
  case doesNotRead
  /// There was no room for it.
  case crowded(String)
  /// Nothing more can be read from it.
  case failed(Int32)
  /// Nothing more can be written to it.
  case outputFailed(Int32)

  /// The peer would have gone on.
  var isOurs: Bool {
    switch self {
    case .foreign, .brokenFraming, .frameTooSlow, .notAuthenticated, .refused, .doesNotRead,
      .crowded:
      true
    case .endOfInput, .requested, .failed, .outputFailed: false
    }
  }

  package var description: String {
    switch self {
    case .endOfInput: "it has ended"
    case .requested: "closed by this side"
    case .foreign(let what): "it sent \(what)"
    case .brokenFraming: "its header lines could not be understood"
    case .frameTooSlow: "a message took too long to arrive"
    case .notAuthenticated: "it did not authenticate in time"
    case .refused: "it was refused"
    case .doesNotRead: "it does not read what it is sent"
    case .crowded(let message): message
    case .failed(let code), .outputFailed(let code): String(cString: strerror(code))
    }
  }
}

package enum StopReason: Hashable, Sendable {
  /// Standard input has ended, and everything on it is answered.
  case endOfInput
  /// Standard input cannot be read.
  case inputFailed(Int32)
  /// Standard output cannot be written, though somebody may still wait for it.
  case outputFailed(Int32)
  case signal(Int32)
  case requested
  /// The process that was watched is gone.
  case processEnded
}
