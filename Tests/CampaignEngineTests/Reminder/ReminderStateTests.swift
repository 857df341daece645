import Testing
import Wire

@testable import CampaignEngine

/// What may be done to a reminder and when, and what it survives.
struct ReminderStateTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  @Test(arguments: [false, true])
  func `a crash between slices leaves nobody out and nobody twice`(fromSnapshot: Bool) throws {
    let guests = try harness.guests(300)
    let reminder = try harness.reminder { $0.guestFilter = .all }
    harness.pass(.hours(1))
    try harness.perform(FireTimers())
    var slices = 0
    while harness.state.busyReminders.first != nil {
      try harness.restart(fromSnapshot: fromSnapshot)
      try harness.perform(ContinueReminders())
      slices += 1
      if slices == 2 { for request in try harness.dispatch() { try harness.accept(request) } }
    }
    #expect(slices == 3)
    try harness.restart(fromSnapshot: fromSnapshot)
    try harness.run(for: .hours(1))
    #expect(Set(harness.reminded(by: reminder)) == Set(guests))
    #expect(harness.sent.count == 300)
    #expect(harness.status(of: reminder) == .sent)
  }

  @Test func `a crash before the alarm loses no reminder`() throws {
    try harness.guests(1)
    let reminder = try harness.reminder { $0.guestFilter = .all }
    try harness.restart(fromSnapshot: true)
    try harness.run(for: .hours(2))
    #expect(harness.status(of: reminder) == .sent)
  }

  @Test func `a cancel in the middle takes back what has not gone`() throws {
    try harness.guests(300)
    let reminder = try harness.reminder { $0.guestFilter = .all }
    harness.pass(.hours(1))
    try harness.perform(FireTimers())
    try harness.perform(ContinueReminders())
    try harness.perform(ContinueReminders())
    for request in try harness.dispatch() { try harness.accept(request) }
    let gone = harness.sent.count
    #expect(gone > 0 && gone < 256)
    try harness.perform(CancelReminder(reminder: reminder))
    try harness.restart(fromSnapshot: true)
    try harness.run(for: .hours(3))
    let counters = harness.state[reminder].row.counters
    #expect(harness.sent.count == gone)
    #expect(counters[.accepted] == gone)
    #expect(counters[.cancelled] == 256 - gone)
    #expect(harness.status(of: reminder) == .cancelled)
    #expect(harness.state.nextDue == nil)
  }

  @Test func `actions are allowed as the table says, and no others`() throws {
    try harness.guests(1)
    func refusals(_ id: ReminderID) -> [String?] {
      [
        harness.refusal(of: UpdateReminder(reminder: id, plan: harness.state[id].row.plan))?.action,
        harness.refusal(of: SendReminderNow(reminder: id))?.action,
        harness.refusal(of: CancelReminder(reminder: id))?.action,
      ]
    }
    let sent = try harness.reminder { $0.guestFilter = .all }
    try harness.perform(SendReminderNow(reminder: sent))
    #expect(harness.status(of: sent) == .sending)
    #expect(harness.refusal(of: SendReminderNow(reminder: sent))?.allowed == ["cancel"])
    try harness.settle()
    #expect(harness.status(of: sent) == .sent)
    #expect(refusals(sent) == ["update", "send_now", "cancel"])
    let other = try harness.reminder { $0.guestFilter = .all }
    #expect(refusals(other) == [nil, nil, nil])
    #expect(refusals(other) == ["update", "send_now", "cancel"])
  }

  @Test func `a reminder that moves goes at its new time only`() throws {
    try harness.guests(1)
    let reminder = try harness.reminder { $0.guestFilter = .all }
    var plan = harness.state[reminder].row.plan
    plan.sendAt = harness.now + .hours(5)
    try harness.perform(UpdateReminder(reminder: reminder, plan: plan))
    try harness.run(for: .hours(4))
    #expect(harness.sent.isEmpty)
    try harness.run(for: .hours(2))
    #expect(harness.sent.count == 1)
  }

  @Test func `a reminder of a paused campaign waits for the resume, then judges anew`() throws {
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    let reminder = try harness.reminder {
      $0.campaign = campaign
      $0.guestFilter = .all
    }
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.run(for: .hours(3))
    #expect(harness.reminded(by: reminder).isEmpty)
    #expect(harness.state.nextDue == nil || harness.state.nextDue ?? .zero > harness.now)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.reminded(by: reminder) == [guest])
  }

  @Test func `a pause holds messages that wait already, and their campaign's cancel ends them`()
    throws
  {
    try harness.guests(2)
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    let reminder = try harness.reminder {
      $0.campaign = campaign
      $0.guestFilter = .all
    }
    try harness.perform(SendReminderNow(reminder: reminder))
    try harness.perform(ContinueReminders())
    try harness.perform(PauseCampaign(campaign: campaign))
    #expect(try harness.dispatch().isEmpty)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.status(of: reminder) == .cancelled)
    #expect(harness.state[reminder].row.counters[.cancelled] == 2)
    #expect(
      harness.refusal(
        of: CreateReminder(
          project: harness.project,
          plan: harness.reminderPlan {
            $0.campaign = campaign
            $0.guestFilter = .all
          }))?.reason == "campaign_cancelled")
  }

  @Test func `whoever has finished is reminded too, in a campaign that is completed`() throws {
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let other = try harness.guest("Ben", phone: "+6281230000012")
    let campaign = try harness.started(try SimulationFlows.plain())
    try harness.run(for: .hours(30))
    #expect(harness.state[campaign].status == .completed)
    let reminder = try harness.reminder {
      $0.campaign = campaign
      $0.guestFilter = .all
    }
    try harness.run(for: .hours(2))
    #expect(harness.reminded(by: reminder) == [guest, other])
    #expect(harness.state[campaign].status == .completed)
  }

  @Test func `reminders around an event move with it while they are scheduled`() throws {
    try harness.guests(1)
    let reminder = try harness.reminder {
      $0.guestFilter = .all
      $0.sendAt = nil
      $0.relativeToEvent = DelayNode.EventOffset()
      $0.relativeToEvent?.event = "dinner"
      $0.relativeToEvent?.offset = .hours(-48)
    }
    #expect(harness.state[reminder].row.dueAt == time("2026-12-10T12:00:00.000Z"))
    var moved = harness.state
    moved.projects[0].row.events[1].startsAt = time("2026-12-20T12:00:00.000Z")
    var engine = Engine(state: moved)
    engine.perform(Rescheduling(), at: harness.now)
    #expect(engine.state[reminder].row.dueAt == time("2026-12-18T12:00:00.000Z"))
    engine.perform(FireTimers(), at: time("2026-12-10T12:00:00.000Z"))
    #expect(engine.state[reminder].row.status == .scheduled)
    engine.perform(FireTimers(), at: time("2026-12-18T12:00:00.000Z"))
    #expect(engine.state[reminder].row.status == .sending)
    engine.perform(Rescheduling(), at: time("2026-12-18T12:00:00.000Z"))
    #expect(engine.state[reminder].row.dueAt == time("2026-12-18T12:00:00.000Z"))
  }

  private struct Rescheduling: Command {
    func perform(in engine: inout Engine) { engine.rescheduleReminders(ofProject: 0) }
  }
}
