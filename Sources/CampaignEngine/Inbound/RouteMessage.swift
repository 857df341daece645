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
    guard let row = engine.state.find(message) else { throw .notFound(message) }
    guard row.needsAttention else {
      let status =
        row.direction == .outbound
        ? row.status.rawValue
        : row.disposition == .waits ? "waits" : row.routedBy == nil ? "dismissed" : "routed"
      throw .invalidState(
        id: message.wireText, action: "route", done: "routed", status: status, allowed: [])
    }
    guard !execution.isNone else {
      engine.emit(MessageRouted(message: message, disposition: .applied))
      engine.note(filing: message)
      return false
    }
    guard let target = engine.state.find(execution) else {
      throw .notFound(execution)
    }
    try engine.state.checkExists(target.guest)
    guard engine.state.senderID(ofSpace: execution.space) == row.sender else {
      throw .invalidParams(
        field: "execution_id", reason: "other_sender",
        "expected an execution of a project of \(row.sender.wireText), which the message was written to"
      )
    }
    // It would hang in no chain of the other project, and an erasure of its guest would not find it.
    guard !message.isOfProject || message.space == execution.space else {
      throw .invalidParams(
        field: "execution_id", reason: "other_project",
        "expected an execution of the project that \(message.wireText) belongs to")
    }
    return try engine.give(message, to: execution)
  }
}

extension Engine {
  fileprivate mutating func give(
    _ message: MessageID, to execution: ExecutionID
  ) throws(Rejection) -> Bool {
    let route = Routing.route(given: state[message], to: execution, in: state)
    let isBlocked = route.map { mustWait($0) } ?? false
    // Only messages of its own project hang in an execution's chain, where a resume looks for them.
    if isBlocked, message.space != execution.space {
      throw .invalidState(
        id: execution.wireText, action: "route", done: "given a message from elsewhere",
        status: state[execution].status.rawValue, allowed: [ExecutionAction.resume.rawValue])
    }
    emit(
      MessageRouted(
        message: message, execution: execution, isUnapplied: isBlocked,
        disposition: isBlocked ? .waits : .applied))
    guard !isBlocked else {
      takeReplies(of: execution)
      return false
    }
    let filing = EventReference(sequence: sequence, kind: .messageRouted)
    return take(message, by: route, filing: filing)
  }

  /// An operator's word is what a dismissed message caused.
  fileprivate mutating func note(filing message: MessageID) {
    emit(
      MessageDisposed(
        message: message, disposition: .applied,
        cause: EventReference(sequence: sequence, kind: .messageRouted)))
  }
}
