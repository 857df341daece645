import Testing
import Wire

import CampaignEngine

struct UpdateProjectTests {
  private let wedding = ProjectEvent(
    key: "wedding", name: "Wedding", startsAt: time("2026-12-12T03:00:00.000Z"))
  private let dinner = ProjectEvent(
    key: "dinner", name: "Dinner", startsAt: time("2026-12-12T12:00:00.000Z"))
  private let brunch = ProjectEvent(
    key: "brunch", name: "Brunch", startsAt: time("2026-12-13T03:00:00.000Z"))

  private func command(
    _ harness: EngineHarness, _ configure: (inout ProjectChange) -> Void
  ) -> UpdateProject {
    var change = ProjectChange()
    configure(&change)
    return UpdateProject(project: harness.project, change: change)
  }

  private func row(_ harness: EngineHarness) -> Project { harness.state.project(of: 0).row }

  @Test func `what is left out stays, and fields are merged key by key`() throws {
    let harness = try EngineHarness.wedding()
    let before = row(harness)
    try harness.perform(
      command(harness) { change in
        change.name = "Meera & Budi"
        change.fieldValues = ["dress": .text("white")]
        change.fieldTypes = ["table": .number]
      })
    #expect(row(harness).name == "Meera & Budi")
    #expect(row(harness).fieldValues.keys == ["card_url", "dress"])
    #expect(row(harness).fieldTypes["table"] == .number)
    #expect(row(harness).languages == before.languages)
    #expect(row(harness).sender == before.sender)
    try harness.perform(
      command(harness) { change in
        change.fieldValues = ["card_url": nil]
        change.fieldTypes = ["table": nil]
        change.quietHours = .set(
          QuietHours(from: TimeOfDay(minutes: 60), to: TimeOfDay(minutes: 120)))
      })
    #expect(row(harness).fieldValues.keys == ["dress"])
    #expect(row(harness).fieldTypes.isEmpty)
    #expect(row(harness).quietHours != nil)
    try harness.perform(command(harness) { $0.quietHours = .clear })
    #expect(row(harness).quietHours == nil)
  }

  @Test func `a new time zone brings its rules`() throws {
    let harness = try EngineHarness.wedding()
    let makassar = ZoneRules(
      name: "Asia/Makassar", initialOffsetSeconds: 8 * 3600, transitions: [])
    try harness.perform(command(harness) { $0.zone = makassar })
    #expect(row(harness).timeZone == "Asia/Makassar")
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    #expect(harness.state.value(of: .eventTime(event: nil), for: guest) == "11:00")
  }

  @Test func `an update that changes nothing is no event`() throws {
    let harness = try EngineHarness.wedding()
    try harness.perform(
      command(harness) { change in
        change.name = "Meera and Budi"
        change.zone = EngineHarness.jakarta
        change.events = [wedding, dinner]
      })
    #expect(!harness.seenKinds.contains(.projectUpdated))
  }

  @Test func `answers stay with their events while events come, move in time and go`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001") { row in
      row.answers = [answer("dinner", "attending", 2)]
    }
    var later = wedding
    later.startsAt = time("2026-12-12T05:00:00.000Z")
    try harness.perform(command(harness) { $0.events = [later, dinner, brunch] })
    #expect(row(harness).events[0].startsAt == later.startsAt)
    #expect(harness.state[guest].answer(toEvent: 1).attendingCount == 2)
    // The dinner is answered, so it stays; the brunch may go.
    let refusal = harness.refusal(of: command(harness) { $0.events = [later, brunch] })
    #expect((refusal?.code, refusal?.reason) == (.conflict, "event_answered"))
    #expect(refusal?.message.contains("1 guest has answered") == true)
    try harness.perform(command(harness) { $0.events = [later, dinner] })
    #expect(row(harness).presentEvents.map(\.event.key) == ["wedding", "dinner"])
    #expect(row(harness).eventIndex(of: "brunch") == nil)
    try harness.restart(fromSnapshot: true)
    // An event that comes again has its old place.
    try harness.perform(command(harness) { $0.events = [later, dinner, brunch] })
    #expect(row(harness).eventIndex(of: "brunch") == 2)
  }

  @Test func `an answer that was taken back no longer holds its event`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001") { row in
      row.answers = [answer("dinner", "declined", nil)]
    }
    #expect(harness.refusal(of: command(harness) { $0.events = [wedding] }) != nil)
    let other = try harness.guest("Budi", phone: "+6281230000002") { row in
      row.answers = [answer("dinner", "maybe", nil)]
    }
    try harness.perform(DeleteGuest(guest: other))
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: GuestProfile(), rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil, answers: [answer("dinner", "pending", nil)]))
    try harness.perform(command(harness) { $0.events = [wedding] })
    #expect(row(harness).presentEvents.count == 1)
  }

  @Test(arguments: ["time", "filter", "condition"])
  func `an event that a reminder names stays until the reminder is over`(place: String) throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(1)
    let reminder = try harness.reminder { plan in
      var filter = GuestFilter()
      filter.query = "rsvp.dinner = pending"
      plan.guestFilter = place == "filter" ? filter : .all
      if place == "condition" { plan.condition = filter }
      guard place == "time" else { return }
      plan.sendAt = nil
      plan.relativeToEvent = DelayNode.EventOffset()
      plan.relativeToEvent?.event = "dinner"
      plan.relativeToEvent?.offset = .days(-1)
    }
    let refusal = harness.refusal(of: command(harness) { $0.events = [wedding] })
    #expect((refusal?.reason, refusal?.id) == ("event_in_use", reminder.wireText))
    try harness.perform(CancelReminder(reminder: reminder))
    try harness.perform(command(harness) { $0.events = [wedding] })
  }

  @Test(arguments: [
    #"{"set": {"rsvp.dinner": "maybe"}}"#, #"{"set": {"attending_count.dinner": 1}}"#,
    #"{"set": {"name": "{{project.events.dinner.date}}"}}"#,
  ])
  func `an event that a chatflow names stays`(data: String) throws {
    let harness = try EngineHarness.wedding()
    let node = #"{"id": "node", "type": "update_guest", "data": \#(data)}"#
    let end = #"{"id": "end", "type": "end", "data": {"outcome": "done"}}"#
    let id = try harness.flow(try flow("\(node), \(end)", "start > node, node > end"))
    let refusal = harness.refusal(of: command(harness) { $0.events = [wedding] })
    #expect((refusal?.reason, refusal?.id) == ("event_in_use", id.wireText))
  }

  @Test(arguments: [
    (["dinner", "wedding"], "events", "main_event"), ([], "events", "main_event"),
    (["wedding", "brunch", "dinner"], "events[2].key", "event_order"),
    (["wedding", "dinner", "dinner"], "events[2].key", "duplicate_key"),
  ])
  func `the main event stays first and the others keep their order`(
    keys: [String], path: String, reason: String
  ) throws {
    let harness = try EngineHarness.wedding()
    let known = ["wedding": wedding, "dinner": dinner, "brunch": brunch]
    let refusal = harness.refusal(
      of: command(harness) { change in change.events = keys.compactMap { known[$0] } })
    #expect((refusal?.code, refusal?.field, refusal?.reason) == (.invalidParams, path, reason))
  }

  @Test func `a project without events gets its main one later`() throws {
    let harness = try EngineHarness(wedding: { $0.events = [] })
    let guest = try harness.guest("Ana", phone: "+6281230000001") { $0.rsvp = "attending" }
    try harness.perform(command(harness) { $0.events = [wedding] })
    #expect(harness.state[guest].answer(toEvent: 0).rsvp == .attending)
    #expect(harness.state.value(of: .eventDate(event: nil), for: guest) == "2026-12-12")
  }

  @Test func `places of events come to an end`() throws {
    let harness = try EngineHarness(wedding: { $0.events = [] })
    func event(_ number: Int) -> ProjectEvent {
      ProjectEvent(key: "e\(number)", name: "E", startsAt: harness.now)
    }
    for number in 1..<Limits.eventsEver {
      try harness.perform(command(harness) { $0.events = [event(0), event(number)] })
    }
    let refusal = harness.refusal(
      of: command(harness) { $0.events = [event(0), event(Limits.eventsEver)] })
    #expect((refusal?.code, refusal?.reason) == (.limitExceeded, "events"))
  }

  @Test func `fields come to an end`() throws {
    let harness = try EngineHarness.wedding()
    let refusal = harness.refusal(
      of: command(harness) { change in
        for number in 0..<Limits.projectFields {
          change.fieldValues["f\(number)"] = .some(.integer(1))
        }
      })
    #expect((refusal?.code, refusal?.reason) == (.limitExceeded, "fields"))
  }
}

/// An answer for one event, as a list spells it.
func answer(_ event: String, _ rsvp: String?, _ count: Int64?) -> GivenAnswer {
  var answer = GivenAnswer()
  (answer.event, answer.rsvp) = (event, rsvp)
  answer.attendingCount = count.map(Scalar.integer)
  return answer
}
