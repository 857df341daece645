import Wire

/// A graph as the React Flow editor draws it. Keys that are not ours (`position`, `width`, a
/// `label` in `data`) survive a round trip.
package struct ChatflowDocument: WireObject {
  package var nodes: [ChatflowNode] = []
  package var edges: [ChatflowEdge] = []
  package var viewport: RawJSON?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try graphFields(&visit)
    try viewportField(&visit)
  }

  /// Apart from the viewport, which came later and stands behind the other params of a method.
  package mutating func graphFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("nodes", &nodes, "The steps.", .length(1...Limits.nodesPerChatflow))
    try visit.field("edges", &edges, "The ways between them.", .length(0...Limits.edgesPerChatflow))
  }

  package mutating func viewportField(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("viewport", &viewport, "What the editor shows of the graph.", .omittable)
  }
}

package struct ChatflowNode: WireObject {
  package var id = ""
  package var data = NodeData(tag: .trigger)
  package var position: RawJSON?
  package var unknownData = WireExtras()
  package var unknown = WireExtras()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Name of the node, unique in the graph.", .pattern(.nodeID))
    try visit.union(
      "type", content: "data", &data, extras: &unknownData, "What the node does, and how.")
    try visit.field("position", &position, "Where the editor shows it.", .omittable)
    try visit.extras(&unknown)
  }
}

package struct ChatflowEdge: WireObject {
  package var id: String?
  package var source = ""
  package var target = ""
  package var sourceHandle: String?
  package var unknown = WireExtras()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "The editor's name of the edge.", .omittable)
    try visit.field("source", &source, "Node that it leaves.")
    try visit.field("target", &target, "Node that it enters.")
    try visit.field(
      "sourceHandle", &sourceHandle, "Way out that it takes; default if absent.", .omittable)
    try visit.extras(&unknown)
  }

  package var handle: String { sourceHandle ?? "default" }
}
