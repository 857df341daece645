/// Answers that one of a household gives for all who are asked with them.
extension Engine {
  /// - Parameter event: its key; nil for the main one.
  mutating func keep(
    _ answers: [(guest: GuestID, rsvp: RSVP)], toEvent key: String?, _ visit: Visit
  ) {
    let project = state.project(of: visit.guest.space).row
    guard let event = project.answerIndex(of: key) else { return }
    keep(answers, toEventAt: event, visit)
  }

  /// What a member or an operator has answered stays; that somebody says otherwise is for an operator to
  /// look at.
  mutating func keep(
    _ answers: [(guest: GuestID, rsvp: RSVP)], toEventAt event: Int, _ visit: Visit
  ) {
    for (guest, rsvp) in answers where state.isInvited(guest, toEventAt: event) {
      let isOwn = guest == visit.guest
      let before = state[guest].answer(toEvent: event)
      // Whoever says the same themselves has said it.
      guard before.rsvp != rsvp || isOwn && before.source == .contact else { continue }
      if !isOwn, before.rsvp != .pending, before.source != .contact {
        emit(AnswerKept(execution: visit.execution, guest: guest, event: event, refused: rsvp))
        // Who wrote an answer down has it before them.
        if answerSource(visit) == .guest { agenda.noteConflict() }
        continue
      }
      var answer = before
      answer.rsvp = rsvp
      answer.attendingCount = rsvp == .attending ? state[guest].partySize(atEvent: event) : 0
      if rsvp != .attending { answer.children = nil }
      var profile = GuestProfile()
      profile.answers = [answer]
      emit(
        GuestUpdated(
          guest: guest, profile: profile, isByGuest: isOwn, execution: visit.execution,
          by: isOwn ? answerSource(visit) : .contact))
    }
  }

  /// What the guest said elsewhere was written down by an operator.
  func answerSource(_ visit: Visit) -> AnswerSource {
    let newest = state.newestMessage(of: visit.execution) { $0.direction == .inbound }
    return newest.flatMap { state[$0].told } == nil ? .guest : .operator
  }
}
