/// What the executions of a flow may save, each once, in the order of its nodes.
package struct ChatflowWrites {
  package private(set) var variables: [String] = []
  /// Custom fields of guests.
  package private(set) var fields: [String] = []
  /// Custom fields of guests that are of one event each.
  package private(set) var eventFields: [String] = []

  package init(_ graph: ChatflowGraph) { self.init(graph.nodes.lazy.map(\.data)) }

  init(_ nodes: some Sequence<any NodeContent>) {
    for target in nodes.flatMap(\.writes) {
      if let name = target.variable, !variables.contains(name) { variables.append(name) }
      if let name = target.customField, !fields.contains(name) { fields.append(name) }
      if let name = target.eventField, !eventFields.contains(name) { eventFields.append(name) }
    }
  }
}
