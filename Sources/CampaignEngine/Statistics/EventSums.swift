/// Guests and people of one event, of those who are invited to it.
package struct EventSums: Equatable, Sendable {
  package private(set) var guestsInvited = 0
  package private(set) var headsInvited: Int64 = 0
  package private(set) var childrenInvited: Int64 = 0
  private var answers = EventCount()

  package init() {}

  /// - Parameter event: its index; 0 is the main one, in a project without events too.
  package init(_ groups: some Sequence<CategoryCount>, ofEvent event: Int, in project: ProjectState)
  {
    for group in groups where project.isInvited(group.invitedTo, toEventAt: event) {
      let answers = group.answers(toEvent: event)
      guestsInvited += group.guests
      headsInvited += group.headsInvited + answers.moreInvited
      childrenInvited += group.childrenInvited + answers.moreChildrenInvited
      self.answers.add(answers)
    }
  }

  /// Their sum is `guestsInvited`.
  package func guests(_ rsvp: RSVP) -> Int {
    switch rsvp {
    case .pending: guestsInvited - answers.answered
    case .attending: answers.attending
    case .declined: answers.declined
    case .maybe: answers.maybe
    }
  }

  /// Their sum is `headsInvited + headsExtra`. Who stays away from a party that comes has declined.
  package func heads(_ rsvp: RSVP) -> Int64 {
    switch rsvp {
    case .pending:
      headsInvited - answers.partiesAttending - answers.partiesDeclined - answers.partiesMaybe
    case .attending: answers.headsAttending
    case .declined: answers.partiesDeclined + answers.headsAbsent
    case .maybe: answers.partiesMaybe
    }
  }

  /// People who come though nobody invited them.
  package var headsExtra: Int64 {
    answers.headsAttending + answers.headsAbsent - answers.partiesAttending
  }

  package var childrenAttending: Int64 { answers.childrenAttending }
}

extension CampaignCounters {
  package func sums(ofEvent event: Int, in project: ProjectState) -> EventSums {
    EventSums(categories, ofEvent: event, in: project)
  }
}
