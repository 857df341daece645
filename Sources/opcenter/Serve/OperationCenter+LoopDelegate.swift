import JSONRPC
import OperationCenterService
import Transports

/// The event loop serves the service's actor directly: no hop lies between a frame and its method.
extension OperationCenter: LoopDelegate {
  package func opened(_ connection: ConnectionID, _ peer: Peer) -> Standing {
    var host: String?
    if case .address(let name) = peer { host = name }
    return connectionOpened(connection.rawValue, from: host) ? .stranger : .trusted
  }

  package func receive(
    _ frame: ArraySlice<UInt8>, from connection: ConnectionID, slot: ReplySlot
  ) -> Reply {
    let answer = answer(frame, from: connection.rawValue)
    if let verdict = takeVerdict() { return .verdict(Verdict(verdict, answer)) }
    switch answer {
    case .nothing: return .none
    case .complete(let body): return .now(body)
    case .waiting(let answer):
      hold(answer, at: ReplyPlace(connection: slot.connection.rawValue, number: slot.number))
      return answer.isChange ? .laterHoldingUp : .later
    }
  }

  package func overtakes(_ frame: ArraySlice<UInt8>) -> Bool { isCancellation(frame) }

  package func closed(_ connection: ConnectionID, _ reason: CloseReason) {
    connectionClosed(connection.rawValue)
  }

  package func turnedAway(_ peer: Peer, _ reason: CloseReason) {
    noteClosing(of: "\(peer)", "\(reason)")
  }

  package func congested(_ connection: ConnectionID) { connectionCongested(connection.rawValue) }

  package func relieved(_ connection: ConnectionID) { connectionRelieved(connection.rawValue) }

  package func filled(_ connection: ConnectionID) { connectionFilled(connection.rawValue) }

  package func drained(_ connection: ConnectionID) { connectionDrained(connection.rawValue) }

  package func inputEnded(_ connection: ConnectionID) -> Bool {
    inputEnded(on: connection.rawValue)
  }

  package func turn() {
    dropRevoked()
    work(for: .milliseconds(5))
  }

  package func millisecondsToNextTimer() -> Int64? {
    [millisecondsToNextDue, millisecondsToAccessCheck].compactMap { $0 }.min()
  }
}

extension Verdict {
  init(_ verdict: AccessVerdict, _ answer: Answer) {
    var reply: [UInt8]?
    if case .complete(let body) = answer { reply = body }
    switch verdict {
    case .admitted(let delay):
      self.init(isAdmitted: true, reply: reply, delayMilliseconds: delay)
    case .refused(let delay):
      self.init(isAdmitted: false, reply: reply, delayMilliseconds: delay)
    }
  }
}
