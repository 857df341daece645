import Wire

/// An execution waits: for its guest, for the clock, or for a message to be taken.
struct ExecutionWaits: Event {
  static let kind = EventKind.executionWaits
  var execution = ExecutionID.none
  var wait = Wait()
  /// The message that is waited for.
  var sending = MessageID.none
  /// Number of the node where it waits.
  var node: UInt16?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("wait", &wait, "What for, and until when.")
    try visit.field("sending", &sending, "Message that is waited for.")
    try visit.field("node", &node, "Number of the node.")
  }

  func apply(to state: inout State) {
    state.modify(execution) { $0.awaitedMessage = sending }
    state.setWait(wait, of: execution)
  }
}

extension ExecutionWaits {
  static var publicData: (any PublicData.Type)? { ExecutionWaitingData.self }

  mutating func complete(from state: State) { node = state.standing(execution) }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionWaitingData()
    data.node = state.nodeID(node, of: execution)
    data.kind = wait.kind
    data.until = wait.until == .zero ? nil : wait.until
    let message = MessageID(space: execution.space, counter: sending.counter)
    return PublicEvent(
      data, execution: execution, message: sending.isNone ? .none : message, in: state)
  }
}

package struct ExecutionWaitingData: PublicData {
  package static let kind = PublicKind("execution_waiting")
  package static let summary = "An execution waits: for its guest, the clock, or a message."
  package var node: String?
  package var kind = WaitKind.reply
  package var until: Timestamp?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node where it waits.")
    try visit.field("kind", &kind, "What is waited for.")
    try visit.field("until", &until, "When the wait ends by itself; null where it does not.")
  }
}
