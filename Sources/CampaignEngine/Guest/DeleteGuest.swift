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
    var ended: [ExecutionID] = []
    agenda.holdsCompletion = true
    for execution in state.executions(of: guest) {
      if !state[execution].status.isEnded {
        end(execution, .cancelled, reason: "guest_deleted")
        ended.append(execution)
      }
      // A question that was to be repeated for a late answer does not hang on the execution's end.
      for message in state.messages(of: execution) where state[message].isInLane {
        emit(MessageSettled(message: message, status: .cancelled))
      }
    }
    takeBackLooseMessages(of: guest)
    emit(GuestDeleted(guest: guest))
    for execution in ended { passOn(from: execution) }
    // Who has not joined yet may be the one through whom others were to be asked.
    for campaign in state.projects[of: guest].campaigns.ids(in: guest.space)
    where state[campaign].status == .running || state[campaign].status == .paused {
      forsake(guest, in: campaign)
    }
    agenda.holdsCompletion = false
    for execution in ended { completeCampaignIfDone(state[execution].campaign) }
  }

  /// What an operator wrote, and reminders.
  mutating func takeBackLooseMessages(of guest: GuestID) {
    for message in state.looseMessages(of: guest) where state[message].isInLane {
      emit(MessageSettled(message: message, status: .cancelled))
    }
  }
}
