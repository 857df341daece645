import TestRandom
import Testing
import Wire

import CampaignEngine

/// What operators do beside the flows: they remind, they write, and they route by hand.
extension Simulation {
  private var reminders: [ReminderID] {
    Array(harness.state.projects[0].reminders.ids(in: 0))
  }

  func createReminder() throws {
    guard reminders.count < 5, let guest = random.pick(guests) else { return }
    var plan = ReminderPlan()
    plan.template.name = "rsvp_reminder"
    plan.template.parameters["guest_name"] =
      random.chance(4) ? "{{vars.heard}}" : "{{guest.name}}"
    if random.chance(2) { plan.sessionText = LocalizedText("Will you come, {{guest.name}}?") }
    if random.chance(2) {
      plan.condition = GuestFilter()
      plan.condition?.rsvp = [.pending, .maybe]
    }
    switch random.below(5) {
    case 0: plan.guest = guest
    case 1: plan.execution = harness.state.executions(of: guest).first ?? .none
    case 2: plan.guestFilter = GuestFilter()
    default:
      plan.guestFilter = GuestFilter()
      plan.campaign = random.pick(campaigns) ?? .none
      if random.chance(3) { plan.guestFilter?.excludeGuestIDs = [guest] }
    }
    if plan.guest.isNone, plan.execution.isNone {
      plan.guestFilter = plan.guestFilter ?? GuestFilter()
    }
    plan.sendAt = harness.now + .minutes(Int64(1 + random.below(3000)))
    if random.chance(3) {
      plan.sendAt = nil
      plan.relativeToEvent = DelayNode.EventOffset()
      plan.relativeToEvent?.offset = .hours(-Int64(random.below(400)))
      plan.relativeToEvent?.at = random.chance(2) ? TimeOfDay(minutes: 600) : nil
    }
    if random.chance(4) { plan.sendBy = harness.now + .hours(Int64(random.below(100))) }
    _ = harness.refusal(of: CreateReminder(project: harness.project, plan: plan))
  }

  func operateOnReminder() throws {
    guard let reminder = random.pick(reminders) else { return }
    switch random.below(6) {
    case 0, 1: _ = harness.refusal(of: SendReminderNow(reminder: reminder))
    case 2: _ = harness.refusal(of: CancelReminder(reminder: reminder))
    default:
      var plan = harness.state[reminder].row.plan
      (plan.sendAt, plan.relativeToEvent) = (harness.now + .hours(Int64(random.below(9))), nil)
      _ = harness.refusal(of: UpdateReminder(reminder: reminder, plan: plan))
    }
  }

  func writeAsOperator() throws {
    guard let guest = random.pick(guests) else { return }
    var use = TemplateUse()
    use.name = random.pick(["rsvp_thanks", "rsvp_reminder"]) ?? ""
    if use.name == "rsvp_reminder" { use.parameters["guest_name"] = "{{guest.name}}" }
    let execution = random.chance(2) ? harness.state.executions(of: guest).first : nil
    _ = harness.refusal(
      of: WriteMessage(
        guest: execution == nil ? guest : .none, execution: execution ?? .none,
        words: random.chance(2) ? .text("Park behind the hall.") : .template(use),
        sendBy: random.chance(5) ? harness.now + .hours(3) : nil))
  }

  func routeByHand() throws {
    let state = harness.state
    var waiting = state.project(of: 0).needsAttention.all.map { MessageID(space: 0, counter: $0) }
    state[harness.sender].messages.forEach { counter, row in
      if row.needsAttention { waiting.append(MessageID(of: harness.sender, counter: counter)) }
    }
    guard let message = random.pick(waiting), let guest = random.pick(guests) else { return }
    let own = state[message].guest
    let execution = state.executions(of: own.isNone || random.chance(4) ? guest : own).first
    let isDismissed = random.chance(4)
    _ = harness.refusal(
      of: RouteMessage(message: message, execution: isDismissed ? .none : execution ?? .none))
  }

  /// Each guest gets each reminder at most once, and only while its condition holds.
  func checkReminder(_ message: Message) {
    guard message.purpose == .reminder else { return }
    let reminder = harness.state[message.reminder]
    let ids = reminder.messages.all.map { MessageID(space: 0, counter: $0) }
    let ofGuest = ids.count { harness.state[$0].guest == message.guest }
    check(ofGuest == 1, "\(message.reminder.wireText) goes to a guest twice")
    check(reminder.row.phase != .cancelled, "\(message.reminder.wireText) goes after its cancel")
    if reminder.row.plan.condition != nil {
      let rsvp = harness.state[message.guest].rsvp
      check(rsvp == .pending || rsvp == .maybe, "reminds a guest who has answered")
    }
  }

  func checkRemindersEnd() {
    for id in reminders {
      let row = harness.state[id].row
      check(
        row.endedAt > .zero, "\(id.wireText) is left \(row.status.rawValue), \(row.phase)")
      check(row.counters.open == 0, "\(id.wireText) leaves messages in a lane")
    }
  }
}
