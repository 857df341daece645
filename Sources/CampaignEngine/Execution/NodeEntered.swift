import Wire

/// An execution left its node by a way out and entered the next.
struct NodeEntered: Event {
  static let kind = EventKind.nodeEntered
  var execution = ExecutionID.none
  /// Number of the way out that was taken.
  var handle: UInt16 = 0
  var node: UInt16 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("handle", &handle, "Number of the way out.")
    try visit.field("node", &node, "Number of the node entered.")
  }

  func apply(to state: inout State) {
    state.leaveNode(.passed, handle: handle, execution: execution)
    state.enterNode(Int(node), execution: execution)
  }
}
