import Testing
import Wire

import CampaignEngine

/// Guests who are invited to some of the events of a wedding: wedding and dinner.
struct InvitedEventsTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  @discardableResult
  private func guest(
    _ name: String, to events: [String]?, _ configure: (inout GuestRow) -> Void = { _ in }
  ) throws -> GuestID {
    try harness.guest(
      name, phone: "+6281230000\(100 + Int(harness.state.project(of: 0).guests.count))"
    ) {
      $0.invitedTo = events
      configure(&$0)
    }
  }

  private func sums(_ event: Int) -> EventSums {
    let project = harness.state.project(of: 0)
    return project.counters.totals.sums(ofEvent: event, in: project)
  }

  private func answer(
    _ guest: GuestID, _ event: String, _ rsvp: RSVP, count: Int64? = nil, children: Int64? = nil
  ) -> Rejection? {
    var answer = GivenAnswer(event: event)
    answer.rsvp = rsvp.rawValue
    answer.attendingCount = count.map(Scalar.integer)
    answer.children = children.map(Scalar.integer)
    return harness.refusal(
      of: UpdateGuest(
        guest: guest, profile: GuestProfile(), rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil, answers: [answer]))
  }

  private func invite(_ guest: GuestID, to keys: [String]?) throws {
    try harness.change(guest) { $0.values[.invitedTo] = keys.map(GuestValue.keys) ?? .text("") }
  }

  private func replaceEvents(_ keys: [String]) -> Rejection? {
    var change = ProjectChange()
    change.events = keys.map {
      ProjectEvent(key: $0, name: "The \($0)", startsAt: time("2026-12-13T03:00:00.000Z"))
    }
    return harness.refusal(of: UpdateProject(project: harness.project, change: change))
  }

  // MARK: Lists

  @Test(
    arguments: [
      (nil, nil), ([], []), (["dinner"], ["dinner"]),
      (["dinner", "wedding", "dinner"], ["wedding", "dinner"]),
      (["all"], nil), (["None"], []),
    ] as [([String]?, [String]?)])
  func `a list is kept in the order of the events, each once`(given: [String]?, kept: [String]?)
    throws
  {
    let guest = try guest("Ana", to: given)
    #expect(harness.state.invitedKeys(of: guest) == kept)
    try harness.restart(fromSnapshot: true)
    #expect(harness.state.invitedKeys(of: guest) == kept)
    let symbols = harness.state.project(of: 0).symbols
    #expect(InvitedEvents.keys(in: symbols[harness.state[guest].invitedTo]) == kept)
  }

  @Test func `a key that no event has is refused, with the keys that there are`() throws {
    var row = GuestRow()
    (row.name, row.phone, row.invitedTo) = ("Ana", "+6281230000100", ["dinner", "picnic"])
    let error = try #require(try harness.importRows([row])[0].error)
    #expect(error.field == "invited_to[1]" && error.reason == "unknown_event")
    #expect(error.message == "expected one of wedding, dinner")
  }

  @Test func `who is invited to all is invited to what comes later, and nobody else`() throws {
    let (all, some, none) = (
      try guest("All", to: nil), try guest("Some", to: ["wedding", "dinner"]),
      try guest("None", to: [])
    )
    #expect(replaceEvents(["wedding", "dinner", "brunch"]) == nil)
    #expect(
      [all, some, none].map { guest in (0...2).map { harness.state.isInvited(guest, toEventAt: $0) }
      }
        == [[true, true, true], [true, true, false], [false, false, false]])
    #expect(sums(2).guestsInvited == 1)
    // What was taken away says nothing, and says the same again once it is back.
    #expect(replaceEvents(["wedding", "brunch"]) == nil)
    #expect(harness.state.invitedKeys(of: some) == ["wedding"])
  }

  @Test func `a text names the events to which a guest is invited`() throws {
    let path = try #require(VariablePath("guest.invited_to"))
    let guests = try [nil, ["dinner"], []].map { try guest("Ana", to: $0) }
    let texts = guests.map { harness.state.value(of: path, for: $0) }
    #expect(texts == ["Wedding and Dinner", "Dinner", ""])
  }

  // MARK: Answers

  @Test func `who is not invited has no answer, and is in no sum`() throws {
    let ana = try guest("Ana", to: nil) {
      ($0.partySize, $0[.children]) = (.integer(4), .integer(2))
    }
    let budi = try guest("Budi", to: ["wedding"]) { $0.partySize = .integer(2) }
    let citra = try guest("Citra", to: ["dinner"]) { row in
      row.partySize = .integer(3)
      var dinner = GivenAnswer(event: "dinner")
      dinner.partySize = .integer(1)
      row.answers = [dinner]
    }
    try guest("Dewi", to: []) { $0.partySize = .integer(9) }
    #expect(harness.state.rsvp(of: citra, toEventAt: 0) == nil)
    #expect(harness.state.rsvp(of: citra, toEventAt: 1) == .pending)
    #expect((sums(0).guestsInvited, sums(0).headsInvited, sums(0).childrenInvited) == (2, 6, 2))
    #expect((sums(1).guestsInvited, sums(1).headsInvited, sums(1).childrenInvited) == (2, 5, 2))
    #expect(answer(ana, "wedding", .attending, count: 3) == nil)
    #expect(answer(budi, "wedding", .declined) == nil)
    #expect(answer(ana, "dinner", .attending, count: 5, children: 1) == nil)
    #expect(answer(citra, "dinner", .maybe) == nil)
    // Of three who come of two grown-ups and two children, one is a child.
    #expect(RSVP.allCases.map(sums(0).heads) == [0, 3, 3, 0])
    #expect((sums(0).childrenAttending, sums(0).headsExtra) == (1, 0))
    #expect(RSVP.allCases.map(sums(1).heads) == [0, 5, 0, 1])
    #expect((sums(1).childrenAttending, sums(1).headsExtra) == (1, 1))
    #expect(EventSumsAudit.faults(of: harness.state) == [])
  }

  @Test func `an answer to what a guest is not invited to is refused`() throws {
    let ana = try guest("Ana", to: ["wedding"])
    let refusal = try #require(answer(ana, "dinner", .attending))
    #expect((refusal.reason, refusal.field) == ("not_invited", "answers"))
    // That there is none is no answer.
    #expect(answer(ana, "dinner", .pending) == nil)
    var row = GuestRow()
    (row.name, row.phone, row.invitedTo) = ("Budi", "+6281230000999", ["dinner"])
    row.rsvp = "attending"
    let error = try #require(try harness.importRows([row])[0].error)
    #expect((error.reason, error.field) == ("not_invited", "rsvp"))
    // Whoever is invited by the same call may answer.
    var given = GivenAnswer(event: "dinner")
    given.rsvp = "attending"
    var profile = GuestProfile()
    profile.values[.invitedTo] = .keys(["wedding", "dinner"])
    try harness.perform(
      UpdateGuest(
        guest: ana, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil,
        answers: [given]))
    #expect(harness.state.rsvp(of: ana, toEventAt: 1) == .attending)
  }

  @Test func `an answer outlives the invitation, and counts while there is one`() throws {
    let ana = try guest("Ana", to: nil)
    #expect(answer(ana, "dinner", .attending) == nil)
    try invite(ana, to: ["wedding"])
    #expect((sums(1).guestsInvited, sums(1).heads(.attending)) == (0, 0))
    #expect(harness.state.rsvp(of: ana, toEventAt: 1) == nil)
    // It is still there, so the event stays.
    #expect(replaceEvents(["wedding"])?.reason == "event_answered")
    try invite(ana, to: nil)
    #expect((sums(1).guestsInvited, sums(1).heads(.attending)) == (1, 1))
  }

  @Test func `a flow keeps no answer of whoever is not invited`() throws {
    let (ana, budi) = (try guest("Ana", to: nil), try guest("Budi", to: ["wedding"]))
    try harness.started(
      try flow(
        #"""
        {"id": "note", "type": "update_guest", "data": {"set": {"rsvp": "attending",
          "rsvp.dinner": "attending", "attending_count.dinner": 2, "vars.seen": "yes"}}},
        {"id": "done", "type": "end", "data": {"outcome": "done"}}
        """#, "start > note, note > done"))
    try harness.settle()
    #expect(
      [ana, budi].map { harness.state[$0].answer(toEvent: 1).rsvp } == [.attending, .pending])
    #expect([ana, budi].map { harness.state.rsvp(of: $0, toEventAt: 1) } == [.attending, nil])
    #expect(try harness.variable("seen", of: harness.execution(of: budi)) == "yes")
  }

  // MARK: Campaigns and reminders

  private func invitation() throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{household.names}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "done", "type": "end", "data": {"outcome": "done"}}
      """#, "start > ask, ask > done")
  }

  @Test func `a campaign for an event is for those who are invited to it`() throws {
    try guest("Ana", to: nil) { $0[.household] = .text("Rao") }
    try harness.member("Budi", household: "Rao") { $0.invitedTo = ["wedding"] }
    try harness.member("Citra", household: "Rao") { $0.invitedTo = ["dinner"] }
    try guest("Dewi", to: ["wedding"])
    let campaign = try harness.started(try invitation()) {
      ($0.settings.event, $0.settings.household) = ("dinner", .together)
    }
    #expect(harness.places(in: campaign) == ["Ana": "asked", "Citra": "through_household Ana"])
    try harness.settle()
    let message = try #require(harness.sent.first).attempt.message
    #expect(harness.state[message].content.values == ["Ana and Citra"])
    let project = harness.state.project(of: 0)
    #expect(harness.state.eventIndex(of: campaign) == 1)
    #expect(harness.state[campaign].counters.sums(ofEvent: 1, in: project).guestsInvited == 2)
  }

  @Test func `nobody is written to for an event to which they are not invited any more`() throws {
    let ana = try guest("Ana", to: nil)
    let campaign = try harness.started(try invitation()) { $0.settings.event = "dinner" }
    try invite(ana, to: ["wedding"])
    let budi = try guest("Budi", to: ["wedding"])
    try harness.perform(AddGuests(campaign: campaign, guests: [budi]))
    try harness.settle()
    #expect(harness.sent.isEmpty)
    for guest in [ana, budi] {
      #expect(try harness.reason(of: harness.execution(of: guest, in: campaign)) == "not_invited")
    }
  }

  @Test func `whoever comes to be invited joins a campaign that takes guests as they come`() throws
  {
    let ana = try guest("Ana", to: ["wedding"])
    let campaign = try harness.started(try invitation()) {
      ($0.settings.event, $0.settings.triggerType) = ("dinner", .onGuest)
    }
    #expect(harness.state.members(of: campaign).isEmpty)
    try invite(ana, to: ["wedding", "dinner"])
    try harness.enrol()
    #expect(harness.state.members(of: campaign).map { harness.state[$0].guest } == [ana])
  }

  @Test func `nobody is reminded of what they are not invited to`() throws {
    let (ana, budi) = (try guest("Ana", to: nil), try guest("Budi", to: ["wedding"]))
    var offset = DelayNode.EventOffset()
    (offset.event, offset.offset) = ("dinner", try #require(CalendarSpan(wireText: "-1d")))
    let reminder = try harness.reminder {
      ($0.guestFilter, $0.sendAt, $0.relativeToEvent) = (.all, nil, offset)
    }
    try harness.run(until: time("2026-12-11T13:00:00.000Z"))
    #expect(harness.reminded(by: reminder) == [ana])
    #expect(harness.skips(of: reminder) == ["not_invited": 1])
    #expect(budi != ana)
  }

  @Test(
    arguments: [
      ("event", nil), (nil, "invited_to = dinner"), (nil, "NOT party_size.dinner > 1"),
      ("filter", nil),
    ] as [(String?, String?)])
  func `an event that a campaign names stays`(way: String?, query: String?) throws {
    let campaign = try harness.campaign(try harness.flow(try invitation())) { row in
      if way == "event" { row.settings.event = "dinner" }
      if way == "filter" { row.settings.guestFilter.invitedTo = ["dinner"] }
      row.settings.guestFilter.query = query
    }
    let refusal = replaceEvents(["wedding"])
    #expect((refusal?.reason, refusal?.id) == ("event_in_use", campaign.wireText))
    try harness.perform(DeleteCampaign(campaign: campaign))
    #expect(replaceEvents(["wedding"]) == nil)
  }

  @Test func `a filter finds those who are invited to one of its events`() throws {
    let guests = try [nil, ["wedding"], ["dinner"], []].map { try guest("Ana", to: $0) }
    func found(_ keys: [String]) -> [Bool] {
      var filter = GuestFilter()
      filter.invitedTo = keys
      let predicate = GuestPredicate(filter, project: harness.state.project(of: 0))
      return guests.map { predicate.matches($0, in: harness.state) }
    }
    #expect(found(["dinner"]) == [true, false, true, false])
    #expect(found(["dinner", "wedding"]) == [true, true, true, false])
    var filter = GuestFilter()
    filter.invitedTo = ["picnic"]
    let fault = GuestPredicate(filter, project: harness.state.project(of: 0)).fault
    #expect(fault?.member == "invited_to[0]" && fault?.reason == .unknownEvent)
  }

  // MARK: Questions

  @Test func `of a household those are listed who are invited to the event`() throws {
    let ana = try guest("Ana", to: nil) { $0[.household] = .text("Rao") }
    let budi = try harness.member("Budi", household: "Rao") { $0.invitedTo = ["wedding"] }
    let citra = try harness.member("Citra", household: "Rao")
    try harness.started(
      try flow(
        #"""
        {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
          "parameters": {"guest_name": "{{household.names}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
        {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
          "replies": [{"handle": "yes", "title": {"*": "Some"}}, {"handle": "no", "title": {"*": "None"}}]}},
        {"id": "who", "type": "guest_form", "data": {"timeout": "20h", "questions": [
          {"key": "who", "kind": "members", "save_to": "guest.rsvp.dinner", "ask": {"*": "Who?"}}]}},
        {"id": "done", "type": "end", "data": {"outcome": "done"}}
        """#,
        "start > ask, ask > wait, wait:yes > who, wait:no > done, wait:timeout > done, wait:default > done, who:submitted > done, who:timeout > done, who:invalid > done"
      )
    ) { $0.settings.household = .together }
    try harness.settle()
    try harness.tap("yes", at: "wait", of: try harness.execution(of: ana))
    try harness.settle()
    let question = try #require(harness.sent.last).attempt.message
    #expect(harness.state[question].content.text == "Who?\n1. Ana\n2. Citra")
    try harness.write("2", from: ana)
    #expect(
      [ana, budi, citra].map { harness.state.rsvp(of: $0, toEventAt: 1) }
        == [.declined, nil, .attending])
  }
}
