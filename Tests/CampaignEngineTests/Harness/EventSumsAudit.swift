@testable import CampaignEngine

/// Guests and people of each event counted from the rows alone, one by one, against the sums that are kept.
struct EventSumsAudit {
  let state: State

  static func faults(of state: State) -> [String] {
    let audit = EventSumsAudit(state: state)
    return state.projects.spaces.flatMap { space in
      audit.faults(of: space) + audit.faults(ofCampaignsIn: space)
    }
  }

  private func faults(of space: UInt32) -> [String] {
    var guests: [GuestID] = []
    state.projects[space].guests.forEach { counter, row in
      if !row.isDeleted, !row.isTester { guests.append(GuestID(space: space, counter: counter)) }
    }
    return faults(
      "project \(space + 1)", state.projects[space].counters.totals, guests, in: space)
  }

  private func faults(ofCampaignsIn space: UInt32) -> [String] {
    state.projects[space].campaigns.ids(in: space).flatMap { id in
      faults(
        id.wireText, state[id].counters, state.members(of: id).map { state[$0].guest }, in: space)
    }
  }

  private func faults(
    _ name: String, _ counters: CampaignCounters, _ guests: [GuestID], in space: UInt32
  ) -> [String] {
    let project = state.project(of: space)
    return (0..<max(project.row.events.count, 1)).flatMap { event in
      let kept = Self.numbers(counters.sums(ofEvent: event, in: project))
      let counted = numbers(of: guests, at: event)
      return kept == counted
        ? [] : ["\(name), event \(event): \(kept) are kept, and \(counted) are counted"]
    }
  }

  private static func numbers(_ sums: EventSums) -> [Int64] {
    RSVP.allCases.map { Int64(sums.guests($0)) } + RSVP.allCases.map(sums.heads)
      + [sums.headsInvited, sums.headsExtra, sums.childrenInvited, sums.childrenAttending]
  }

  private func numbers(of guests: [GuestID], at event: Int) -> [Int64] {
    var (byAnswer, heads) = ([RSVP: Int64](), [RSVP: Int64]())
    var (invited, extra, childrenInvited, childrenAttending) = (
      Int64(0), Int64(0), Int64(0), Int64(0)
    )
    for guest in guests where isInvited(guest, to: event) {
      let row = state[guest]
      let answer = row.answers.first { $0.event == event }
      let party = (answer?.partySize).flatMap { $0 == 0 ? nil : Int64($0) } ?? row.partySize
      let rsvp = answer?.rsvp ?? .pending
      let coming = answer?.attendingCount ?? 0
      let children = min(Int64(row.children), party)
      byAnswer[rsvp, default: 0] += 1
      invited += party
      childrenInvited += children
      if rsvp == .attending {
        heads[.attending, default: 0] += coming
        heads[.declined, default: 0] += max(0, party - coming)
        extra += max(0, coming - party)
        let told = answer?.children.map { min(Int64($0), coming) }
        childrenAttending += told ?? max(0, min(children, coming - party + children))
      } else {
        heads[rsvp, default: 0] += party
      }
    }
    return RSVP.allCases.map { byAnswer[$0] ?? 0 } + RSVP.allCases.map { heads[$0] ?? 0 }
      + [invited, extra, childrenInvited, childrenAttending]
  }

  private func isInvited(_ guest: GuestID, to event: Int) -> Bool {
    let project = state.project(of: guest.space)
    guard let keys = InvitedEvents.keys(in: project.symbols[state[guest].invitedTo]) else {
      return true
    }
    return project.row.events.indices.contains(event)
      && keys.contains(project.row.events[event].key)
  }
}
