import Testing
import Wire

import CampaignEngine

struct DeleteGuestTests {
  @Test func `what is under way is cancelled and nothing more is sent`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest)
    let message = try #require(harness.state.messages(of: execution).first)
    let before = harness.state[campaign].counters
    try harness.perform(DeleteGuest(guest: guest))
    #expect(harness.state[execution].status == .cancelled)
    #expect(harness.reason(of: execution) == "guest_deleted")
    #expect(harness.state[message].status == .cancelled)
    #expect(try harness.dispatch().isEmpty)
    #expect(harness.state[campaign].status == .completed)
    let after = harness.state[campaign].counters
    #expect(after.audience == before.audience)
    #expect(after.categories == before.categories)
    try harness.restart(fromSnapshot: true)
    #expect(harness.state.find(guest) == nil)
    #expect(harness.state.find(execution) != nil)
    #expect(harness.state[guest].name == "Ana")
    #expect(harness.refusal(of: DeleteGuest(guest: guest))?.code == .notFound)
  }

  @Test func `nobody writes to a deleted guest by way of their execution`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest)
    try harness.settle()
    try harness.perform(DeleteGuest(guest: guest))
    let stray = try harness.write("hello?", from: guest).message
    #expect(harness.state[stray].needsAttention)
    var use = TemplateUse()
    use.name = "rsvp_thanks"
    let message = WriteMessage(
      guest: .none, execution: execution, words: .template(use), sendBy: nil)
    #expect(harness.refusal(of: message)?.code == .notFound)
    let route = RouteMessage(message: stray, execution: execution)
    #expect(harness.refusal(of: route)?.code == .notFound)
    let plan = harness.reminderPlan { $0.execution = execution }
    let reminder = CreateReminder(project: harness.project, plan: plan)
    #expect(harness.refusal(of: reminder)?.code == .notFound)
    #expect(harness.state[stray].needsAttention)
  }

  @Test func `the external id and the place on the list are free again`() throws {
    let harness = try EngineHarness.wedding()
    let first = try harness.guest("Ana", phone: "+6281230000001") { $0.externalID = "A-1" }
    try harness.perform(DeleteGuest(guest: first))
    let item = try #require(
      try harness.importRows([row("A-1", "Ana", "+6281230000001")]).first)
    #expect(item.result == .created)
    #expect(item.guest != first)
    #expect(item.warnings.isEmpty)
    try harness.restart(fromSnapshot: true)
    #expect(
      harness.state.project(of: 0).guestsByExternalID["A-1"] == item.guest.counter)
  }

  private func row(_ externalID: String, _ name: String, _ phone: String) -> GuestRow {
    var row = GuestRow()
    (row.externalID, row.name, row.phone) = (externalID, name, phone)
    return row
  }

  @Test func `a deleted guest is in no audience`() throws {
    let harness = try EngineHarness.wedding()
    let guests = try harness.guests(3)
    try harness.perform(DeleteGuest(guest: guests[1]))
    let count = AudienceCount(
      Audience(
        filter: GuestFilter(), graph: nil, campaign: .none, sendBy: nil, space: 0,
        household: .contactOnly,
        in: harness.state), in: harness.state)
    #expect((count.matched, count.eligible) == (2, 2))
    let campaign = try harness.started(try document(rsvpFlow))
    #expect(harness.state[campaign].counters.audience == 2)
    #expect(harness.state[campaign].progress.enrolment?.total == 2)
  }

  @Test func `what the deleted guest writes is no answer, on the old button either`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.started(try document(rsvpFlow))
    try harness.settle()
    let execution = try harness.execution(of: guest)
    try harness.write("no", from: guest)
    try harness.settle()
    #expect(harness.state[execution].status == .completed)
    try harness.perform(DeleteGuest(guest: guest))
    let tap = try harness.tap("yes", at: "answer", of: execution)
    #expect(!tap.hasReopened)
    #expect(harness.state[tap.message].guest.isNone)
    let text = try harness.write("yes", from: guest)
    #expect(harness.state[text.message].routedBy == nil)
    #expect(harness.state[execution].status == .completed)
  }

  @Test func `whoever waited for the guest's turn goes on`() throws {
    let harness = try EngineHarness.wedding()
    let first = try harness.guest("Ana", phone: "+6281230000001")
    let second = try harness.guest("Budi", phone: "+6281230000001")
    let flow = try harness.flow(try document(rsvpFlow))
    for guest in [first, second] {
      try harness.start(
        try harness.campaign(flow) { row in row.settings.guestFilter.guestIDs = [guest] })
    }
    try harness.settle()
    let waiting = try harness.execution(of: second)
    #expect(harness.state[waiting].wait?.kind == .turn)
    try harness.perform(DeleteGuest(guest: first))
    try harness.settle()
    #expect(harness.state[waiting].wait?.kind == .reply)
  }

  @Test func `a question that was to be repeated is cancelled`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.started(try document(rsvpFlow))
    try harness.settle()
    try harness.run(for: .days(3))
    try harness.write("well", from: guest)
    let execution = try harness.execution(of: guest)
    let question = try #require(
      harness.state.messages(of: execution).first { harness.state[$0].purpose == .lateQuestion })
    #expect(harness.state[question].status == .queued)
    try harness.perform(DeleteGuest(guest: guest))
    #expect(harness.state[question].status == .cancelled)
  }

  @Test(arguments: [DeletedFailure.refused, .reported, .lost])
  func `what was under way to a deleted guest and failed is not sent again`(
    failure: DeletedFailure
  ) throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    var use = TemplateUse()
    use.name = "rsvp_thanks"
    let id = try harness.perform(
      WriteMessage(guest: guest, execution: .none, words: .template(use), sendBy: nil))
    let request = try #require(try harness.dispatch().first)
    if failure == .reported { try harness.accept(request) }
    try harness.perform(DeleteGuest(guest: guest))
    switch failure {
    case .refused: try harness.refuse(request, .throttle)
    case .reported:
      try harness.report(request, .failed, error: MessageError(.throttle, message: "busy"))
    case .lost:
      try harness.lose(request)
      try harness.perform(ResolveMessage(message: id, outcome: .resend))
    }
    #expect(harness.state[id].status == (failure == .lost ? .cancelled : .failed))
    try harness.run(for: .days(2))
    #expect(harness.sent.count == 1)
  }

  enum DeletedFailure: Sendable { case refused, reported, lost }

  @Test func `late reports change the message and not the guest`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.started(try document(rsvpFlow))
    let request = try #require(try harness.dispatch().first)
    try harness.accept(request)
    try harness.perform(DeleteGuest(guest: guest))
    try harness.report(
      request, .failed, error: MessageError(.recipient, code: 131_026, message: "gone"))
    #expect(harness.state[request.attempt.message].status == .failed)
    #expect(harness.state[guest].unreachableSince == .zero)
  }
}

struct CreateGuestTests {
  private func command(
    _ harness: EngineHarness, _ configure: (inout GuestRow) -> Void
  ) -> CreateGuest {
    var row = GuestRow()
    (row.name, row.phone) = ("Ana", "0812 3000 0001")
    configure(&row)
    return CreateGuest(project: harness.project, row: row, zones: [EngineHarness.jakarta])
  }

  @Test func `the rules of the import hold, but nobody is matched`() throws {
    let harness = try EngineHarness.wedding()
    let first = try harness.perform(
      command(harness) { row in
        row.externalID = "A-1"
        row.timeZone = "Asia/Jakarta"
        row.rsvp = "attending"
        row.answers = [answer("dinner", "attending", 2), answer("wedding", nil, 3)]
      })
    let guest = harness.state[first.guest]
    #expect(guest.phone.wireText == "+6281230000001")
    #expect((guest.rsvp, guest.attendingCount) == (.attending, 3))
    #expect(guest.answer(toEvent: 1).attendingCount == 2)
    #expect(guest.answer(toEvent: 1).answeredAt == .zero)
    let second = try harness.perform(command(harness) { _ in })
    #expect(second.guest != first.guest)
    #expect(second.warnings.map(\.code) == ["shared_phone"])
    #expect(second.warnings.map(\.guests) == [[first.guest]])
  }

  @Test func `an external id that is in use is a conflict`() throws {
    let harness = try EngineHarness.wedding()
    let first = try harness.perform(command(harness) { $0.externalID = "A-1" })
    let refusal = harness.refusal(of: command(harness) { $0.externalID = "A-1" })
    #expect((refusal?.code, refusal?.reason) == (.conflict, "external_id_in_use"))
    #expect(refusal?.id == first.guest.wireText)
  }

  @Test func `a list opts out and never in`() throws {
    let harness = try EngineHarness.wedding()
    let first = try harness.perform(command(harness) { $0.subscription = "opted_out" })
    #expect(harness.state.person(of: first.guest).subscription == .optedOut)
    let second = try harness.perform(command(harness) { $0.subscription = "subscribed" })
    #expect(second.warnings.map(\.code) == ["shared_phone", "kept_opt_out"])
  }

  static let faults: [(String, String, @Sendable (inout GuestRow) -> Void)] = [
    ("phone", "required", { $0.phone = nil }),
    ("name", "required", { $0.name = " " }),
    ("phone", "phone_too_short", { $0.phone = "12" }),
    ("party_size", "out_of_range", { $0.partySize = .integer(0) }),
    ("rsvp", "not_one_of", { $0.rsvp = "perhaps" }),
    ("time_zone", "unknown_time_zone", { $0.timeZone = "Atlantis" }),
    ("answers[0].event", "unknown_event", { $0.answers = [answer("brunch", "maybe", nil)] }),
    ("answers[0].rsvp", "not_one_of", { $0.answers = [answer("dinner", "no", nil)] }),
    (
      "answers[1].attending_count", "out_of_range",
      { $0.answers = [answer("wedding", nil, 1), answer("dinner", "attending", 5000)] }
    ),
  ]

  @Test(arguments: 0..<faults.count)
  func `a value that cannot be used refuses the guest`(index: Int) throws {
    let harness = try EngineHarness.wedding()
    let (path, reason, configure) = Self.faults[index]
    let refusal = harness.refusal(of: command(harness, configure))
    #expect((refusal?.code, refusal?.field, refusal?.reason) == (.invalidParams, path, reason))
  }
}

struct EventAnswerTests {
  private func update(
    _ guest: GuestID, rsvp: RSVP? = nil, count: Int64? = nil, _ answers: [GivenAnswer]
  ) -> UpdateGuest {
    UpdateGuest(
      guest: guest, profile: GuestProfile(), rsvp: rsvp, attendingCount: count, subscription: nil,
      zone: nil, answers: answers)
  }

  @Test func `an operator sets the answers for single events`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.perform(
      update(guest, rsvp: .declined, [answer("dinner", "attending", 2)]))
    #expect(harness.state[guest].rsvp == .declined)
    #expect(harness.state[guest].answer(toEvent: 1).attendingCount == 2)
    try harness.perform(update(guest, [answer("dinner", "declined", nil)]))
    #expect(harness.state[guest].answer(toEvent: 1).attendingCount == 0)
  }

  @Test func `a count for an event that is not attended is refused with its place`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    let refusal = harness.refusal(
      of: update(guest, [answer("wedding", "attending", 1), answer("dinner", nil, 2)]))
    #expect(refusal?.field == "answers[1].attending_count")
    #expect(refusal?.reason == "not_attending")
    let main = harness.refusal(of: update(guest, count: 2, []))
    #expect(main?.field == "attending_count")
    let unknown = harness.refusal(of: update(guest, [answer("brunch", "maybe", nil)]))
    #expect((unknown?.field, unknown?.reason) == ("answers[0].event", "unknown_event"))
  }

  @Test func `an import keeps what the guest answered and names the field`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    let node =
      #"{"id": "set", "type": "update_guest", "data": {"set": {"rsvp.dinner": "declined"}}}"#
    let end = #"{"id": "end", "type": "end", "data": {"outcome": "done"}}"#
    try harness.started(try flow("\(node), \(end)", "start > set, set > end"))
    var row = GuestRow()
    (row.name, row.phone) = ("Ana", "+6281230000001")
    row.answers = [answer("dinner", "attending", 1)]
    let kept = try #require(try harness.importRows([row]).first)
    #expect(kept.result == .unchanged)
    #expect(kept.warnings.map(\.field) == ["answers"])
    #expect(harness.state[guest].answer(toEvent: 1).rsvp == .declined)
    row.answers = [answer("wedding", "attending", 1)]
    let main = try #require(try harness.importRows([row]).first)
    #expect(main.changed == ["rsvp"])
  }
}
