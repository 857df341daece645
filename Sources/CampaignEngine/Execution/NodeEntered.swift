import Wire

/// An execution left its node by a way out and entered the next.
struct NodeEntered: Event {
  static let kind = EventKind.nodeEntered
  var execution = ExecutionID.none
  /// Number of the way out that was taken.
  var handle: UInt16 = 0
  var node: UInt16 = 0
  /// Number of the node left.
  var from: UInt16 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("handle", &handle, "Number of the way out.")
    try visit.field("node", &node, "Number of the node entered.")
    try visit.field("from", &from, "Number of the node left.")
  }

  func apply(to state: inout State) {
    state.leaveNode(.passed, handle: handle, execution: execution)
    state.enterNode(Int(node), execution: execution)
  }
}

extension NodeEntered {
  static var publicData: (any PublicData.Type)? { NodeEnteredData.self }

  mutating func complete(from state: State) { from = state.standing(execution) ?? 0 }

  func publish(in state: State) -> PublicEvent? {
    let campaign = state[execution].campaign
    var data = NodeEnteredData()
    data.node = state.nodeID(node, of: campaign) ?? ""
    data.from = state.nodeID(from, of: campaign) ?? ""
    if state[campaign].chatflowVersion > 0 {
      let nodes = state.graph(of: campaign).nodes
      let handles = nodes.indices.contains(Int(from)) ? nodes[Int(from)].handles : []
      if handles.indices.contains(Int(handle)) { data.handle = handles[Int(handle)] }
    }
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct NodeEnteredData: PublicData {
  package static let kind = PublicKind("execution_entered_node")
  package static let summary = "An execution left a node by a way out and entered the next."
  package var node = ""
  package var handle = ""
  package var from = ""

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node that was entered.")
    try visit.field("handle", &handle, "The way out that was taken.")
    try visit.field("from", &from, "Node that was left.")
  }
}
