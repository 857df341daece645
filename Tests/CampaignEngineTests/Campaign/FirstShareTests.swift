import Testing
import Wire

import CampaignEngine

/// Some guests go first; the rest waits for an operator.
struct FirstShareTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  /// Starts with a first share, and enrols it.
  private func start(
    first: Int, expectedEligible: Int? = nil, _ configure: (inout Campaign) -> Void = { _ in }
  ) throws -> CampaignID {
    let campaign = try harness.campaign(try harness.flow(document(rsvpFlow)), configure)
    try harness.perform(
      StartCampaign(campaign: campaign, expectedEligible: expectedEligible, first: first))
    try harness.enrol()
    return campaign
  }

  private func stage(_ campaign: CampaignID) -> FirstShare.Stage? {
    harness.state[campaign].progress.share?.stage
  }

  private func outcome(_ campaign: CampaignID) throws -> FirstShareOutcome {
    let share = try #require(harness.state[campaign].progress.share)
    return FirstShareOutcome(share, of: campaign, in: harness.state)
  }

  /// Has WhatsApp take all that is due, and deliver it.
  private func deliver() throws {
    for request in try harness.dispatch() {
      try harness.accept(request)
      try harness.report(request, .delivered)
    }
  }

  @Test func `only the share is enrolled, and the campaign is paused once it is delivered`() throws
  {
    try harness.guests(20)
    let campaign = try start(first: 5, expectedEligible: 20)
    #expect(harness.members(of: campaign).count == 5 && stage(campaign) == .underWay)
    #expect(harness.state[campaign].allowed.contains(.continue))
    try deliver()
    #expect(harness.status(campaign) == .paused && stage(campaign) == .done)
    #expect(harness.state[campaign].pauseReason == "first_share_done")
    #expect(harness.sent.count == 5)
    try harness.restart(fromSnapshot: true)
    #expect(stage(campaign) == .done)
  }

  @Test func `what follows lets in everybody else, once each`() throws {
    try harness.guests(20)
    let campaign = try start(first: 5)
    try deliver()
    try harness.perform(ContinueCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.members(of: campaign).count == 20 && harness.sent.count == 20)
    #expect(Set(harness.sent.map(\.to)).count == 20)
    #expect(harness.state[campaign].progress.enrolment?.isFinished == true)
    #expect(!harness.state[campaign].allowed.contains(.continue))
    let refusal = harness.refusal(of: ContinueCampaign(campaign: campaign))
    #expect(refusal?.code == .invalidState && refusal?.action == "continue")
  }

  @Test func `nobody need wait for the share to be done`() throws {
    try harness.guests(20)
    let campaign = try start(first: 5)
    try harness.perform(ContinueCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.status(campaign) == .running && harness.sent.count == 20)
  }

  @Test func `a resume lets its guests go on, and nobody else in`() throws {
    let guests = try harness.guests(20)
    let campaign = try start(first: 20)
    try deliver()
    #expect(harness.status(campaign) == .paused)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    for guest in guests {
      try harness.tap("no", at: "answer", of: harness.execution(of: guest, in: campaign))
    }
    #expect(harness.status(campaign) == .running, "the rest may still come, even where it is none")
    try harness.perform(ContinueCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.status(campaign) == .completed)
  }

  @Test func `expected_eligible is the whole audience`() throws {
    try harness.guests(20)
    let campaign = try harness.campaign(try harness.flow(document(rsvpFlow)))
    let refusal = harness.refusal(
      of: StartCampaign(campaign: campaign, expectedEligible: 5, first: 5))
    #expect(refusal?.reason == "audience_changed")
  }

  @Test(arguments: [TriggerType.recurring, .onGuest])
  func `a campaign that goes on taking guests in has no first share`(trigger: TriggerType) throws {
    try harness.guests(3)
    let campaign = try harness.campaign(try harness.flow(document(rsvpFlow))) { row in
      row.settings.triggerType = trigger
      guard trigger == .recurring else { return }
      row.settings.schedule = CampaignSchedule()
      row.settings.schedule?.cron = CronExpression(wireText: "0 9 * * *")
    }
    let refusal = harness.refusal(
      of: StartCampaign(campaign: campaign, expectedEligible: nil, first: 2))
    #expect(refusal?.field == "first" && refusal?.reason == "trigger_type")
  }

  @Test func `failures, answers and opt-outs of the share are summed up`() throws {
    try harness.guests(8)
    let campaign = try start(first: 6)
    let requests = try harness.dispatch()
    #expect(requests.count == 6)
    try harness.refuse(requests[0], .recipient, code: 131026)
    try harness.refuse(requests[1], .recipient, code: 131026)
    for request in requests[2...] { try harness.accept(request) }
    for request in requests[2...4] { try harness.report(request, .delivered) }
    try harness.write("stop", from: requests[3].guest)
    try harness.write("yes", from: requests[2].guest)
    let sums = try outcome(campaign)
    #expect((sums.delivered, sums.underWay, sums.failed) == (3, 1, 2))
    #expect((sums.answered, sums.optedOut, sums.unreached) == (1, 1, 2))
    #expect(sums.failures.map(\.code) == [131026] && sums.failures.map(\.count) == [2])
    #expect(harness.status(campaign) == .running, "of one it is not known yet")
    try harness.report(requests[5], .read)
    #expect(harness.status(campaign) == .paused)
  }

  @Test func `telephones that are off hold it up for an hour`() throws {
    try harness.guests(20)
    let campaign = try start(first: 4)
    harness.pass(.minutes(10))
    try harness.settle()
    try harness.run(for: .minutes(59))
    #expect(harness.status(campaign) == .running)
    try harness.restart()
    try harness.run(for: .minutes(15))
    #expect(harness.status(campaign) == .paused && harness.sent.count == 4)
  }

  @Test func `what is held back is waited for`() throws {
    try harness.guests(20)
    let campaign = try start(first: 4) { row in
      row.settings.sessionPolicy.mode = .holdFor
      row.settings.sessionPolicy.duration = .hours(10)
    }
    #expect(harness.status(campaign) == .running)
    #expect(try outcome(campaign).held == 4)
    try harness.run(for: .hours(10))
    try deliver()
    try harness.run(for: .hours(2))
    #expect(harness.status(campaign) == .paused && harness.sent.count == 4)
  }

  @Test func `a pause takes no time from the share`() throws {
    try harness.guests(20)
    let campaign = try start(first: 4)
    try harness.perform(PauseCampaign(campaign: campaign))
    harness.pass(.hours(30))
    try harness.perform(FireTimers())
    try harness.perform(ResumeCampaign(campaign: campaign))
    #expect(harness.status(campaign) == .running && stage(campaign) == .underWay)
    try harness.settle()
    #expect(harness.sent.count == 4)
    try harness.run(for: .minutes(70))
    #expect(harness.status(campaign) == .paused, "the clock looks again after a pause")
  }

  @Test func `what was retried is looked at anew`() throws {
    try harness.guests(3)
    let campaign = try start(first: 3)
    let requests = try harness.dispatch()
    try harness.refuse(requests[0], .recipient, code: 131026)
    let failed = try #require(
      harness.members(of: campaign).first { harness.status($0) == .failed })
    try harness.control(failed, .retry)
    for request in requests[1...] {
      try harness.accept(request)
      try harness.report(request, .delivered)
    }
    #expect(harness.status(campaign) == .running, "one is on its way again")
    try deliver()
    #expect(harness.status(campaign) == .paused)
    let sums = try outcome(campaign)
    #expect((sums.delivered, sums.failed) == (3, 0) && sums.failures.isEmpty)
  }

  @Test func `whoever answered and then opted out has opted out`() throws {
    try harness.guests(3)
    let campaign = try start(first: 2)
    try deliver()
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    let guest = harness.sent[0].guest
    try harness.tap("no", at: "answer", of: harness.execution(of: guest, in: campaign))
    try harness.write("stop", from: guest)
    #expect(try outcome(campaign).optedOut == 1)
  }

  @Test func `continued or cancelled in its midst, the sums are right`() throws {
    try harness.guests(300)
    for isCancelled in [false, true] {
      let campaign = try harness.campaign(try harness.flow(document(rsvpFlow)))
      try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil, first: 200))
      try harness.perform(ContinueCampaigns())
      #expect(harness.members(of: campaign).count == 128)
      if isCancelled {
        try harness.perform(CancelCampaign(campaign: campaign))
      } else {
        try harness.perform(ContinueCampaign(campaign: campaign))
      }
      while harness.state.busyCampaigns.first != nil { try harness.perform(ContinueCampaigns()) }
      let sums = try outcome(campaign)
      #expect(isCancelled ? sums.notSent == 200 : sums.underWay == 200)
    }
  }

  @Test func `a share of nobody holds up nothing`() throws {
    let guests = try harness.guests(3)
    for guest in guests { try harness.write("stop", from: guest) }
    let campaign = try start(first: 2)
    #expect(harness.status(campaign) == .completed)
  }

  @Test func `a message that nothing lets out ends the wait after a day`() throws {
    try harness.guests(20)
    let campaign = try start(first: 4)
    try harness.run(until: harness.now + .hours(2))
    #expect(harness.status(campaign) == .paused, "accepted, and an hour has passed")
    // Where nobody claims what is to be sent, it stays in its lane.
    let other = try start(first: 4)
    for _ in 0..<200 where harness.status(other) == .running {
      harness.now = max(harness.now + .minutes(1), harness.nextDue ?? harness.now)
      try harness.perform(FireTimers())
    }
    #expect(harness.status(other) == .paused)
    #expect(try outcome(other).underWay + outcome(other).notSent == 4)
  }

  @Test func `whoever left the audience meanwhile is passed over`() throws {
    let guests = try harness.guests(6)
    let campaign = try harness.campaign(try harness.flow(document(rsvpFlow)))
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil, first: 6))
    try harness.perform(DeleteGuest(guest: guests[0]))
    try harness.enrol()
    #expect(harness.members(of: campaign).count == 5)
    #expect(try outcome(campaign).notSent == 1)
    try deliver()
    #expect(harness.status(campaign) == .paused)
  }

  @Test func `a cancel ends the share, too`() throws {
    try harness.guests(20)
    let campaign = try start(first: 5)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.status(campaign) == .cancelled && harness.sent.isEmpty)
    #expect(harness.refusal(of: ContinueCampaign(campaign: campaign))?.code == .invalidState)
  }

  // MARK: Who goes first

  private func pick(_ first: Int) throws -> [(category: String, language: String)] {
    let campaign = try start(first: first)
    let project = harness.state.project(of: 0)
    return try #require(harness.state[campaign].progress.share).guests.map { counter in
      let row = project.guests[counter]
      return (project.symbols[row.category], row.language)
    }
  }

  /// 60 of the family in Indonesian, 30 friends in English, 9 friends in Hindi, one VIP in English.
  private func makeList() throws {
    for (count, category, language) in [
      (60, "family", "id"), (30, "friends", "en"), (9, "friends", "hi"), (1, "vip", "en"),
    ] {
      try harness.guests(count) { row in
        (row.category, row.language) = (category, language)
      }
    }
  }

  @Test func `each category and language is among them, and otherwise as many as it has`() throws {
    try makeList()
    let picked = try pick(20)
    #expect(picked.count == 20)
    #expect(picked.count { $0.category == "vip" } == 1)
    #expect(picked.count { $0.language == "hi" } == 2)
    #expect((11...13).contains(picked.count { $0.language == "id" }))
  }

  @Test func `where they are few, each language is tried`() throws {
    try makeList()
    #expect(Set(try pick(3).map(\.language)) == ["id", "en", "hi"])
  }

  @Test func `a share of more than there are is all of them`() throws {
    try harness.guests(7)
    #expect(try pick(50).count == 7)
  }

  @Test func `nobody who would be left out is among them`() throws {
    let guests = try harness.guests(30)
    for guest in guests.prefix(20) {
      try harness.perform(
        UpdateGuest(
          guest: guest, profile: GuestProfile(), rsvp: nil, attendingCount: nil,
          subscription: .optedOut, zone: nil))
    }
    let campaign = try start(first: 10)
    #expect(harness.members(of: campaign).allSatisfy { harness.status($0) != .skipped })
    #expect(harness.members(of: campaign).count == 10)
  }
}
