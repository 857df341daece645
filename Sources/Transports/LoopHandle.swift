import Synchronization

/// What the rest of the service holds of the loop. Everything said through it takes effect in the
/// loop's turn: bodies leave only after the next commit.
package final class LoopHandle: Sendable {
  enum Order: Sendable {
    case send([UInt8], ConnectionID)
    case answer(ReplySlot, [UInt8]?)
    case close(ConnectionID)
    case stop
  }

  package let executor: LoopExecutor
  private let orders = Mutex<[Order]>([])
  /// Asked after every request, and nearly always false.
  private let hasOrdersFlag = Atomic(false)

  package init(executor: LoopExecutor) {
    self.executor = executor
  }

  /// Sends a notification. One that is sent while a request is being received comes after the
  /// reply to that request.
  package func send(_ body: [UInt8], to connection: ConnectionID) {
    add(.send(body, connection))
  }

  /// Gives the reply that `receive` put off; nil where nothing is to be said after all.
  package func answer(_ slot: ReplySlot, with body: [UInt8]?) {
    add(.answer(slot, body))
  }

  /// Ends a connection once it has read what it was sent; also the last word to one that
  /// `inputEnded` kept open.
  package func close(_ connection: ConnectionID) {
    add(.close(connection))
  }

  /// Ends the loop once what was read is answered.
  package func stop() {
    add(.stop)
  }

  var hasOrders: Bool { hasOrdersFlag.load(ordering: .acquiring) }

  func takeOrders() -> [Order] {
    guard hasOrders else { return [] }
    return orders.withLock { orders in
      hasOrdersFlag.store(false, ordering: .releasing)
      defer { orders = [] }
      return orders
    }
  }

  private func add(_ order: Order) {
    orders.withLock { orders in
      orders.append(order)
      hasOrdersFlag.store(true, ordering: .releasing)
    }
    executor.wake()
  }
}
