/// Gives an inbound message that nothing routed to an execution, where it acts as if it had been
/// routed there, or dismisses it. Either way it no longer needs attention.
package struct RouteMessage: Command {
  package let message: MessageID
  /// None dismisses the message.
  package let execution: ExecutionID

  package init(message: MessageID, execution: ExecutionID) {
    (self.message, self.execution) = (message, execution)
  }

  /// Returns true where the message took its execution back to a wait that it had left.
  package func perform(in engine: inout Engine) throws(Rejection) -> Bool {
    guard let row = engine.state.find(message) else { throw .notFound(message.wireText, "Message") }
    guard row.needsAttention else {
      let status =
        row.direction == .outbound
        ? row.status.rawValue : row.routedBy == nil ? "dismissed" : "routed"
      throw .invalidState(
        id: message.wireText, action: "route", done: "routed", status: status, allowed: [])
    }
    guard !execution.isNone else {
      engine.emit(MessageRouted(message: message))
      return false
    }
    guard let target = engine.state.find(execution) else {
      throw .notFound(execution.wireText, "Execution")
    }
    try engine.state.checkExists(target.guest)
    guard engine.state.senderID(ofSpace: execution.space) == row.sender else {
      throw .invalidParams(
        path: "params.execution_id", reason: "other_sender",
        "expected an execution of a project of \(row.sender.wireText), which the message was written to"
      )
    }
    return try engine.give(message, to: execution)
  }
}

extension Engine {
  fileprivate mutating func give(
    _ message: MessageID, to execution: ExecutionID
  ) throws(Rejection) -> Bool {
    let route = Routing.route(given: state[message], to: execution, in: state)
    let isBlocked = route.map { $0.decides && mustWait($0.execution) } ?? false
    // Only messages of its own project hang in an execution's chain, where a resume looks for them.
    if isBlocked, message.space != execution.space {
      throw .invalidState(
        id: execution.wireText, action: "route", done: "given a message from elsewhere",
        status: ExecutionStatus.paused.rawValue, allowed: [ExecutionAction.resume.rawValue])
    }
    emit(MessageRouted(message: message, execution: execution, isUnapplied: isBlocked))
    guard let route else { return false }
    guard !isBlocked else {
      if mayAct(execution) { catchUp(execution) }
      return false
    }
    isInDialogue = true
    defer { isInDialogue = false }
    return act(on: route, message)
  }
}
