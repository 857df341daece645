/// Takes a guest off the list: what is under way for them ends, and nothing is sent any more.
package struct DeleteGuest: Command {
  package let guest: GuestID
  package init(guest: GuestID) { self.guest = guest }

  package func perform(in engine: inout Engine) throws(Rejection) {
    try engine.state.checkExists(guest)
    engine.delete(guest)
  }
}

extension Engine {
  mutating func delete(_ guest: GuestID) {
    for execution in state.executions(of: guest) {
      if !state[execution].status.isEnded {
        end(execution, .cancelled, reason: "guest_deleted")
      }
      // A question that was to be repeated for a late answer does not hang on the execution's end.
      for message in state.messages(of: execution) where state[message].isInLane {
        emit(MessageSettled(message: message, status: .cancelled))
      }
    }
    // What an operator wrote, and reminders.
    for message in state.looseMessages(of: guest) where state[message].isInLane {
      emit(MessageSettled(message: message, status: .cancelled))
    }
    emit(GuestDeleted(guest: guest))
  }
}
