import Testing
import Wire

import CampaignEngine

struct ReminderTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  @Test func `a reminder goes at its time to all who match then, and is sent`() throws {
    let guests = try harness.guests(3)
    let reminder = try harness.reminder { $0.guestFilter = .all }
    #expect(harness.state.nextDue == harness.now + .hours(1))
    try harness.run(for: .minutes(59))
    #expect(harness.sent.isEmpty)
    #expect(harness.status(of: reminder) == .scheduled)
    let late = try harness.guest("Late", phone: "+6281230000099")
    try harness.run(for: .minutes(2))
    #expect(harness.reminded(by: reminder) == guests + [late])
    #expect(harness.status(of: reminder) == .sent)
    #expect(harness.state[reminder].row.counters.matched == 4)
    try harness.run(for: .hours(48))
    #expect(harness.sent.count == 4)
  }

  @Test func `the condition is looked at when it is due, not when it was made`() throws {
    let guests = try harness.guests(4)
    let reminder = try harness.reminder {
      $0.guestFilter = .all
      $0.condition = .rsvp(.pending)
    }
    try answer(guests[1], .attending)
    try answer(guests[2], .declined)
    try harness.run(for: .hours(2))
    #expect(harness.reminded(by: reminder) == [guests[0], guests[3]])
    #expect(harness.skips(of: reminder) == ["condition": 2])
    #expect(harness.status(of: reminder) == .sent)
  }

  @Test func `whoever answers while quiet hours hold the message does not get it`() throws {
    let quiet = try EngineHarness(
      startingAt: time("2026-11-23T13:30:00.000Z"),
      wedding: {
        $0.quietHours = QuietHours(from: TimeOfDay(minutes: 1260), to: TimeOfDay(minutes: 480))
      })
    let guests = try quiet.guests(2)
    let reminder = try quiet.reminder {
      $0.guestFilter = .all
      $0.condition = .rsvp(.pending)
    }
    try quiet.run(for: .hours(2))
    #expect(quiet.sent.isEmpty)
    #expect(quiet.status(of: reminder) == .sending)
    try quiet.perform(
      UpdateGuest(
        guest: guests[0], profile: GuestProfile(), rsvp: .declined, attendingCount: nil,
        subscription: nil, zone: nil))
    try quiet.run(until: time("2026-11-24T01:00:00.000Z"))
    #expect(quiet.reminded(by: reminder) == [guests[1]])
    #expect(quiet.state[reminder].row.counters[.suppressed] == 1)
    #expect(quiet.status(of: reminder) == .partlySent)
  }

  private func answer(_ guest: GuestID, _ rsvp: RSVP) throws {
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: GuestProfile(), rsvp: rsvp, attendingCount: nil, subscription: nil,
        zone: nil))
  }

  @Test func `one message goes to a shared phone, to the first for whom it holds`() throws {
    let ana = try harness.guest("Ana", phone: "+6281230000011")
    let ben = try harness.guest("Ben", phone: "+6281230000011")
    let cleo = try harness.guest("Cleo", phone: "+6281230000011")
    try answer(ana, .attending)
    let reminder = try harness.reminder {
      $0.guestFilter = .all
      $0.condition = .rsvp(.pending)
    }
    try harness.run(for: .hours(2))
    #expect(harness.reminded(by: reminder) == [ben])
    #expect(harness.skips(of: reminder) == ["condition": 1, "duplicate_phone": 1])
    #expect(harness.state[reminder].skips[2].guest == cleo)
  }

  @Test func `whoever cannot or must not be written to is skipped, and the reason counted`() throws
  {
    let guests = try harness.guests(5)
    func update(
      _ guest: GuestID, _ subscription: Subscription?, _ change: (inout GuestProfile) -> Void
    )
      throws
    {
      var profile = GuestProfile()
      change(&profile)
      try harness.perform(
        UpdateGuest(
          guest: guest, profile: profile, rsvp: nil, attendingCount: nil,
          subscription: subscription, zone: nil))
    }
    try update(guests[0], .optedOut) { _ in }
    try update(guests[1], .noMarketing) { _ in }
    try update(guests[2], nil) { $0.unreachableSince = harness.now }
    try update(guests[3], nil) { $0.fieldValues["table"] = .text("7") }
    let reminder = try harness.reminder {
      $0.guestFilter = .all
      $0.guestFilter?.excludeGuestIDs = [guests[4]]
      $0.template.parameters["guest_name"] = "{{guest.fields.table}}"
    }
    let last = try harness.guest("No table", phone: "+6281230000099")
    try harness.run(for: .hours(2))
    #expect(harness.reminded(by: reminder) == [guests[3]])
    #expect(
      harness.skips(of: reminder)
        == ["opted_out": 2, "unreachable": 1, "excluded_by_id": 1, "missing_variable": 1])
    #expect(harness.state[reminder].skips[5].guest == last)
  }

  @Test func `without a variant in any language the guest is skipped`() throws {
    try harness.template("danish", languages: ["da"])
    try harness.guests(1)
    let reminder = try harness.reminder {
      $0.guestFilter = .all
      $0.template = TemplateUse()
      $0.template.name = "danish"
    }
    try harness.run(for: .hours(2))
    #expect(harness.skips(of: reminder) == ["no_template_language": 1])
    #expect(harness.status(of: reminder) == .skipped)
  }

  @Test func `while the window is open the free text goes, with the template's buttons`() throws {
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.write("hello", from: guest)
    try harness.reminder {
      $0.guest = guest
      $0.sessionText = LocalizedText("See you, {{guest.name}}?")
    }
    try harness.run(for: .hours(2))
    guard case .buttons(let text, let buttons) = try #require(harness.sent.first).content else {
      Issue.record("\(harness.sent)")
      return
    }
    #expect(text == "See you, Ana?")
    #expect(buttons.map(\.title) == ["yes en", "no en"])
    // The price of the template less that of the text.
    let id = try #require(harness.sent.first).attempt.message
    #expect(harness.state[id].replacedTemplate != .none)
  }

  @Test func `free text that WhatsApp refuses goes again as the template`() throws {
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.write("hello", from: guest)
    let reminder = try harness.reminder {
      $0.guest = guest
      $0.sessionText = LocalizedText("See you?")
    }
    harness.pass(.hours(1))
    try harness.perform(FireTimers())
    try harness.perform(ContinueReminders())
    let request = try #require(try harness.dispatch().first)
    try harness.refuse(request, .window, code: 131_047)
    try harness.settle()
    guard case .template = try #require(harness.sent.last).content else {
      Issue.record("\(harness.sent)")
      return
    }
    #expect(harness.status(of: reminder) == .sent)
  }

  @Test func `the hour is that of the project's zone, in summer and in winter`() throws {
    let lisbon = ZoneRules(
      name: "Europe/Lisbon", initialOffsetSeconds: 3600,
      transitions: [ZoneRules.Transition(atSeconds: 1_792_890_000, offsetSeconds: 0)])
    // Clocks went back on 2026-10-25.
    var plan = ReminderPlan()
    let other = EngineHarness(startingAt: time("2026-10-20T00:00:00.000Z"))
    try other.makeSender()
    var row = Project()
    (row.name, row.sender, row.timeZone) = ("Fado", other.sender, "Europe/Lisbon")
    row.languages = ["en"]
    row.events = [
      ProjectEvent(key: "gig", name: "Gig", startsAt: time("2026-10-26T20:00:00.000Z"))
    ]
    other.project = try other.perform(CreateProject(row: row, zone: lisbon))
    try other.template("hello")
    plan.template.name = "hello"
    plan.guestFilter = .all
    plan.relativeToEvent = DelayNode.EventOffset()
    plan.relativeToEvent?.at = TimeOfDay(minutes: 10 * 60)
    plan.relativeToEvent?.offset = .hours(-24 * 2)
    let before = try other.perform(CreateReminder(project: other.project, plan: plan))
    plan.relativeToEvent?.offset = .hours(-1)
    let after = try other.perform(CreateReminder(project: other.project, plan: plan))
    #expect(other.state[before].row.dueAt == time("2026-10-24T09:00:00.000Z"))
    #expect(other.state[after].row.dueAt == time("2026-10-26T10:00:00.000Z"))
  }

  @Test func `a reminder that misses its time by quiet hours is too late`() throws {
    let quiet = try EngineHarness(
      startingAt: time("2026-11-23T13:30:00.000Z"),
      wedding: {
        $0.quietHours = QuietHours(from: TimeOfDay(minutes: 1260), to: TimeOfDay(minutes: 480))
      })
    try quiet.guests(2)
    let reminder = try quiet.reminder {
      $0.guestFilter = .all
      $0.sendBy = quiet.now + .hours(5)
    }
    try quiet.run(for: .hours(20))
    #expect(quiet.sent.isEmpty)
    #expect(quiet.skips(of: reminder) == ["too_late": 2])
    #expect(quiet.status(of: reminder) == .skipped)
  }

  @Test func `what became of the messages decides the state, also by late reports`() throws {
    try harness.guests(2)
    let reminder = try harness.reminder { $0.guestFilter = .all }
    harness.pass(.hours(1))
    try harness.perform(FireTimers())
    try harness.perform(ContinueReminders())
    #expect(harness.status(of: reminder) == .sending)
    let requests = try harness.dispatch()
    try harness.accept(requests[0])
    #expect(harness.status(of: reminder) == .sending)
    try harness.refuse(requests[1], .recipient, code: 131_026)
    #expect(harness.status(of: reminder) == .partlySent)
    #expect(harness.state[reminder].row.endedAt == harness.now)
    try harness.report(requests[0], .failed, error: MessageError(.recipient, message: "late"))
    #expect(harness.status(of: reminder) == .failed)
  }

  @Test func `costs of a reminder are its own and its campaign's`() throws {
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    let reminder = try harness.reminder {
      $0.guestFilter = .all
      $0.campaign = campaign
    }
    try harness.run(for: .hours(2))
    #expect(harness.reminded(by: reminder) == [guest])
    #expect(harness.state[reminder].row.counters.estimatedMicros == 41_100)
    #expect(harness.state[campaign].counters.estimatedMicros == 82_200)
    #expect(harness.state[campaign].counters.messages.reduce(0, +) == 2)
  }
}
