import JSONRPC
import OperationCenterService
import Transports

/// The event loop serves the service's actor directly: no hop lies between a frame and its method.
extension OperationCenter: LoopDelegate {
  package func receive(
    _ frame: ArraySlice<UInt8>, from connection: ConnectionID, slot: ReplySlot
  ) -> Reply {
    switch answer(frame, from: connection.rawValue) {
    case .nothing: return .none
    case .complete(let body): return .now(body)
    case .waiting(let answer):
      hold(answer, at: ReplyPlace(connection: slot.connection.rawValue, number: slot.number))
      return .later
    }
  }

  package func closed(_ connection: ConnectionID, _ reason: CloseReason) {
    connectionClosed(connection.rawValue)
  }

  package func congested(_ connection: ConnectionID) { connectionCongested(connection.rawValue) }

  package func relieved(_ connection: ConnectionID) { connectionRelieved(connection.rawValue) }

  package func turn() { work() }

  package func millisecondsToNextTimer() -> Int64? { millisecondsToNextDue }
}
