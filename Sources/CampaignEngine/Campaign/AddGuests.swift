/// Lets guests join who came to match after the start: all of them, or those that are named.
package struct AddGuests: Command {
  package let campaign: CampaignID
  /// Taken whether or not the filter matches them; nil for all that it matches.
  package let guests: [GuestID]?

  package init(campaign: CampaignID, guests: [GuestID]?) {
    (self.campaign, self.guests) = (campaign, guests)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let row = try engine.campaign(campaign, allows: .addGuests, done: "joined")
    for guest in guests ?? [] where engine.state.find(guest) == nil || guest.space != campaign.space
    {
      throw .notFound(guest.wireText, "Guest")
    }
    let status: CampaignStatus = row.status == .paused ? .paused : .running
    if let guests {
      engine.enrol(guests, into: campaign, status: status)
    } else {
      engine.extendEnrolment(of: campaign, status: status)
    }
    engine.completeCampaignIfDone(campaign)
  }
}

extension Engine {
  /// The whole project is judged once more; those who are in already are passed over.
  mutating func extendEnrolment(of campaign: CampaignID, status: CampaignStatus) {
    guard var enrolment = state[campaign].enrolment else { return }
    let audience = Audience(campaign: campaign, in: state)
    let count = state.project(of: campaign.space).guests.count
    var joining = 0
    for counter in 1..<(count + 1) {
      let guest = GuestID(space: campaign.space, counter: counter)
      if audience.matches(guest, in: state), state.execution(of: guest, in: campaign) == nil {
        joining += 1
      }
    }
    // An enrolment that still goes on has not met those behind its cursor.
    (enrolment.cursor, enrolment.lastGuest) = (0, count)
    enrolment.total = enrolment.done + joining
    emit(EnrolmentExtended(campaign: campaign, status: status, enrolment: enrolment))
  }

  fileprivate mutating func enrol(
    _ guests: [GuestID], into campaign: CampaignID, status: CampaignStatus
  ) {
    guard let before = state[campaign].enrolment else { return }
    if state[campaign].status != status {
      emit(EnrolmentExtended(campaign: campaign, status: status, enrolment: before))
    }
    var audience = Audience(campaign: campaign, in: state)
    isInDialogue = false
    for guest in guests {
      let reasons = audience.judge(guest, in: state).filter { $0.code != .excludedByID }
      guard reasons.first?.code != .alreadyInCampaign else { continue }
      join(guest, campaign, leftOutFor: reasons.first)
    }
  }

  /// One guest more in the audience, set going if nothing speaks against it and the campaign runs.
  mutating func join(_ guest: GuestID, _ campaign: CampaignID, leftOutFor reason: LeftOut?) {
    guard let enrolment = state[campaign].enrolment else { return }
    enrol(guest, into: campaign, leftOutFor: reason)
    emit(
      EnrolmentAdvanced(
        campaign: campaign, cursor: enrolment.cursor, done: enrolment.done + 1))
  }

  /// Guests whom the running command created or changed, and who now match a campaign that takes
  /// guests in as they come, are enrolled at once.
  mutating func workOffChangedGuests() {
    while !changedGuests.isEmpty {
      let guests = changedGuests
      changedGuests = []
      for guest in guests {
        guard state.find(guest) != nil else { continue }
        for campaign in state.project(of: guest.space).joinableCampaigns {
          let id = CampaignID(space: guest.space, counter: campaign)
          if state.execution(of: guest, in: id) == nil, !hasEnded(id) { joinIfMatching(guest, id) }
        }
      }
      workOffWoken()
    }
  }

  private mutating func joinIfMatching(_ guest: GuestID, _ campaign: CampaignID) {
    var audience = Audience(campaign: campaign, in: state)
    guard audience.matches(guest, in: state), audience.judge(guest, in: state).isEmpty else {
      return
    }
    isInDialogue = false
    join(guest, campaign, leftOutFor: nil)
  }

  /// The end of a campaign that takes guests in as they come.
  func hasEnded(_ campaign: CampaignID) -> Bool {
    state[campaign].schedule?.endsAt.map { state.now >= $0 } ?? false
  }
}
