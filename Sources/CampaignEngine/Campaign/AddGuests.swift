/// Lets guests join who came to match after the start: all of them, or those that are named.
package struct AddGuests: Command {
  package let campaign: CampaignID
  /// Taken whether or not the filter matches them; nil for all that it matches.
  package let guests: [GuestID]?
  /// Those that it matches, where they were counted before the call since the list is long.
  package let counted: CountedAudience?

  package init(campaign: CampaignID, guests: [GuestID]?, counted: CountedAudience? = nil) {
    (self.campaign, self.guests, self.counted) = (campaign, guests, counted)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let row = try engine.campaign(campaign, allows: .addGuests, done: "joined")
    for (index, guest) in (guests ?? []).enumerated() {
      guard guest.space == campaign.space, let found = engine.state.find(guest) else {
        throw .notFound(guest)
      }
      guard found.isTester != row.testOf.isNone else {
        throw .invalidParams(
          field: "guest_ids[\(index)]", reason: found.isTester ? "tester" : "no_tester",
          found.isTester
            ? "expected a guest; testers walk tests only"
            : "expected a tester; guests do not walk tests")
      }
    }
    let status: CampaignStatus = row.status == .paused ? .paused : .running
    if let guests {
      engine.enrol(guests, into: campaign, status: status)
    } else {
      engine.extendEnrolment(of: campaign, status: status, counted: counted)
    }
    engine.completeCampaignIfDone(campaign)
  }
}

extension Engine {
  /// The whole project is judged once more; those who are in already are passed over.
  /// - Parameter counted: those who join, where somebody has counted them.
  mutating func extendEnrolment(
    of campaign: CampaignID, status: CampaignStatus, counted: CountedAudience? = nil
  ) {
    guard var enrolment = state[campaign].progress.enrolment else { return }
    let audience = Audience(campaign: campaign, in: state)
    let joining = counted?.joining ?? countIfShort(audience)
    guard joining != 0 else { return }
    let done = counted?.done ?? enrolment.done
    // An enrolment that still goes on has not met those behind its cursor, nor those behind an
    // earlier count.
    let last = max(enrolment.lastGuest, lastGuest(of: campaign, counted))
    enrolment.begin(upTo: last, total: joining.map { done + $0 })
    emit(EnrolmentExtended(campaign: campaign, status: status, enrolment: enrolment))
  }

  /// All of them are in before the first is set going: one whose flow ends at once does not end the
  /// campaign of the others.
  fileprivate mutating func enrol(
    _ guests: [GuestID], into campaign: CampaignID, status: CampaignStatus
  ) {
    guard let before = state[campaign].progress.enrolment else { return }
    var audience = Audience(campaign: campaign, in: state)
    audience.named = Set(guests)
    var joined: [ExecutionID] = []
    for guest in guests {
      let reasons = audience.judge(guest, in: state).filter { $0.code != .excludedByID }
      guard reasons.first?.code != .alreadyInCampaign else { continue }
      if state[campaign].status != status {
        emit(EnrolmentExtended(campaign: campaign, status: status, enrolment: before))
      }
      joined.append(
        enter(guest, campaign, leftOutFor: reasons.first, isReady: joined.count >= pace.walks))
    }
    guard !joined.isEmpty else { return }
    emit(
      EnrolmentAdvanced(
        campaign: campaign, cursor: before.cursor, done: before.done + joined.count))
    for execution in joined where state[execution].status == .active {
      run(execution, .entered)
    }
  }

  /// One guest more in the audience, set going if nothing speaks against it and the campaign runs.
  mutating func join(_ guest: GuestID, _ campaign: CampaignID, leftOutFor reason: LeftOut?) {
    guard let enrolment = state[campaign].progress.enrolment else { return }
    let execution = enter(guest, campaign, leftOutFor: reason, isReady: !agenda.mayWalk)
    if state[execution].status == .active {
      agenda.countWalk()
      run(execution, .entered)
    }
    emit(
      EnrolmentAdvanced(
        campaign: campaign, cursor: enrolment.cursor, done: enrolment.done + 1))
  }

  /// Guests whom the running command created or changed, and who now match a campaign that takes
  /// guests in as they come, are enrolled at once.
  mutating func workOffChangedGuests() {
    while case let guests = agenda.takeChangedGuests(), !guests.isEmpty {
      // What a walk changes of a guest brings them up once more, and then the filter is read anew.
      var audiences: [CampaignID: Audience] = [:]
      for guest in guests {
        guard state.find(guest) != nil else { continue }
        for campaign in state.projects[of: guest].joinableCampaigns {
          let id = CampaignID(space: guest.space, counter: campaign)
          guard !hasEnded(id) else { continue }
          var audience = audiences.removeValue(forKey: id) ?? Audience(campaign: id, in: state)
          audience.named = Set(guests.filter { $0.space == guest.space })
          joinIfMatching(guest, id, &audience)
          audiences[id] = audience
        }
      }
      workOffWoken()
    }
  }

  /// Also whoever was left out before, once nothing speaks against them any more.
  private mutating func joinIfMatching(
    _ guest: GuestID, _ campaign: CampaignID, _ audience: inout Audience
  ) {
    let known = state.execution(of: guest, in: campaign)
    if let known, state[known].status != .skipped || !state[known].steps.isEmpty { return }
    guard audience.matches(guest, in: state) else { return }
    // Who joined before may have another number by now.
    let reasons = audience.judge(guest, in: state).filter { $0.code != .alreadyInCampaign }
    if known == nil, let first = reasons.first, first.code == .throughHousehold {
      return join(guest, campaign, leftOutFor: first)
    }
    guard reasons.isEmpty else { return }
    if let known {
      apply(.retry, to: known)
      if agenda.mayWalk {
        agenda.countWalk()
        runIfReady(known)
      }
    } else {
      for member in audience.joining(with: guest, in: state) {
        join(member, campaign, leftOutFor: LeftOut(code: .throughHousehold, guest: guest))
      }
      join(guest, campaign, leftOutFor: nil)
      if let execution = state.execution(of: guest, in: campaign) { takeIn(behind: execution) }
    }
  }

  /// The end of a campaign that takes guests in as they come.
  func hasEnded(_ campaign: CampaignID) -> Bool {
    state[campaign].settings.schedule?.endsAt.map { state.now >= $0 } ?? false
  }
}
