import Wire

/// What the executions of a flow may save, in the order of its nodes.
package struct ChatflowWrites {
  package private(set) var variables: [String] = []
  /// Custom fields of guests.
  package private(set) var fields: [String] = []

  package init(_ graph: ChatflowGraph) {
    for node in graph.nodes { add(node.data) }
  }

  private mutating func add(_ data: NodeData.Content) {
    switch data {
    case .waitReply(let wait):
      if let name = wait.saveAs {
        add(variable: name)
        add(variable: name + "_text")
      }
    case .guestForm(let form):
      for question in form.questions {
        add(variable: question.key)
        if let target = question.saveTo.flatMap(GuestTarget.init) { add(target) }
      }
    case .updateGuest(let update):
      for name in update.set.keys {
        if let target = GuestTarget(name.hasPrefix("vars.") ? name : "guest.\(name)") {
          add(target)
        }
      }
    case .trigger, .sendTemplate, .sendMessage, .condition, .delay, .split, .end: break
    }
  }

  private mutating func add(_ target: GuestTarget) {
    switch target {
    case .variable(let name): add(variable: name)
    case .field(let name): if !fields.contains(name) { fields.append(name) }
    case .name, .category, .language, .partySize, .subscription, .rsvp, .attendingCount: break
    }
  }

  private mutating func add(variable name: String) {
    if !variables.contains(name) { variables.append(name) }
  }
}
