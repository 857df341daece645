import TestRandom
import Testing
import Wire

import CampaignEngine

/// One random life of a wedding: operators, guests, the clock and the gateway do what they like, in
/// any order, and some of it twice. The harness checks the ledger and the journal after each step;
/// this checks what the gateway sees.
final class Simulation {
  let harness: EngineHarness
  var random: Random
  var guests: [GuestID] = []
  var flows: [ChatflowID] = []
  /// Attempts without an answer.
  var underWay: [SendRequest] = []
  /// What is known of the newest attempt of each message.
  var fates: [MessageID: Fate] = [:]

  enum Fate { case open, taken, failed }

  /// Messages that may be sent again though they may have been taken: somebody said so.
  var resends: Set<MessageID> = []

  /// The world before the first guest, made once: plain; with quiet hours; with a small daily limit;
  /// and with a program that sends for us.
  private static let scenes = Result {
    try (0..<4).map { number in
      let harness = EngineHarness()
      harness.keepsRecords = true
      try harness.makeSender { row in
        row.account = Simulation.account
        if number == 2 {
          row.dailyLimit = 2
          var allowance = Allowance()
          allowance.perMonth = 3
          row.allowances = [allowance]
        }
        if number == 3 { row.gateway = .client }
      }
      try harness.makeProject { project in
        guard number == 1 else { return }
        project.quietHours = QuietHours(
          from: TimeOfDay(minutes: 21 * 60), to: TimeOfDay(minutes: 8 * 60))
      }
      try harness.makeTemplates()
      try harness.flow(try document(rsvpFlow))
      try harness.flow(try SimulationFlows.mixed())
      try harness.flow(try SimulationFlows.plain())
      return (scene: harness.scene, commands: harness.commands)
    }
  }

  /// What was written before this life began, by command.
  let setUp: [[EventBatch.Record]]

  init(seed: UInt64, keepsRecords: Bool = false) throws {
    random = Random(seed: seed)
    let (scene, setUp) = try Self.scenes.get()[random.pick([0, 0, 1, 2, 3]) ?? 0]
    self.setUp = setUp
    // Every other life is so slow that its short lists take slices.
    let pace = random.chance(2) ? Pace() : Pace(tests: 1 + random.below(12), walks: random.below(4))
    harness = EngineHarness(after: scene, fullComparisonInterval: 50, pace: pace)
    harness.keepsRecords = keepsRecords
    harness.note = "seed \(seed):"
    flows = (1...3).map { ChatflowID(space: 0, counter: $0) }
    for number in 0..<(3 + random.below(5)) {
      guests.append(
        try harness.guest("Guest \(number)", phone: phone()) { row in
          joinHousehold(&row)
          row.category = ["vip", "family"][number % 2]
          row.language = ["en", "id", "hi", "fr", ""][number % 5]
          row.partySize = .integer(Int64(1 + number % 4))
          row[.children] = .integer(Int64(number % 3))
          row.invitedTo =
            random.pick([nil, nil, ["wedding"], ["dinner"], []] as [[String]?]) ?? nil
          if number % 3 == 0 {
            row[.consentSource] = .text("RSVP site")
            row[.consentAt] = .text("2026-05-0\(1 + number)")
            row[.consentText] = .text("You may write to me.")
          }
        })
    }
  }

  /// All campaigns, the runs and tests too.
  var campaigns: [CampaignID] {
    Array(harness.state.projects[0].campaigns.ids(in: 0))
  }

  /// Few numbers, so that guests share them.
  func phone() -> String { "+6281230000\(100 + random.below(6))" }

  /// Few households, so that guests share them; who has one may have no number.
  func joinHousehold(_ row: inout GuestRow) {
    guard random.chance(2) else { return }
    row[.household] = .text(random.chance(2) ? "Rao" : "iyer")
    if random.chance(3) { row[.householdRole] = .text("contact") }
    if random.chance(3) { row.phone = "" }
  }

  func run(steps: Int) throws {
    for _ in 0..<steps where !harness.hasFault { try step() }
    if !harness.hasFault { try finish() }
    harness.verify(isFull: true)
  }

  func step() throws {
    switch random.below(38) {
    case 0: try createCampaign()
    case 1: try operate()
    case 2: try changeGuest()
    case 3...5: jump()
    case 6, 7: try harness.perform(ContinueCampaigns())
    case 8, 9: try harness.perform(FireTimers())
    case 10, 11: try dispatch()
    case 12, 13: try answer()
    case 14, 15: try reportStatus()
    case 16, 17: try write()
    case 18, 19: try tap()
    case 20, 21: controlExecution()
    case 22: controlMany()
    case 23, 30, 31: try arrange()
    case 24: try welcome()
    case 25: try createReminder()
    case 26: try operateOnReminder()
    case 27: try harness.perform(ContinueReminders())
    case 28: try random.chance(2) ? writeAsOperator() : routeByHand()
    case 29, 32: try careForSending()
    case 33: try failLate()
    case 34, 35: try takeWebhook()
    case 36: answerForGuest()
    default: try restartPerhaps()
    }
  }

  // MARK: Operators

  /// What operators do about messages, and WhatsApp about templates.
  func careForSending() throws {
    switch random.below(4) {
    case 0:
      let project = ProjectID(space: 0, counter: 1)
      try harness.perform(
        FlushPending(
          project: project, campaign: random.pick(campaigns), guest: nil, messages: nil, after: 0))
    case 1, 2:
      let unknown = harness.sent.map(\.attempt.message).filter {
        harness.state[$0].status == .outcomeUnknown
      }
      guard let id = random.pick(unknown) else { return }
      let outcomes: [ResolveMessage.Outcome] = [.sent(gatewayID: ""), .resend, .resend, .failed]
      let outcome = outcomes[random.below(4)]
      try harness.perform(ResolveMessage(message: id, outcome: outcome))
      switch outcome {
      case .sent: fates[id] = .taken
      case .resend: resends.insert(id)
      case .failed: break
      }
    default:
      try setTemplate(
        random.below(3), random.pick([.approved, .approved, .paused, .rejected]) ?? .approved)
    }
  }

  func setTemplate(_ number: Int, _ status: TemplateStatus) throws {
    let id = TemplateID(space: 0, counter: UInt32(number + 1))
    for variant in harness.state.template(id).variants {
      try harness.perform(
        ReportTemplateStatus(template: id, language: variant.language, status: status))
    }
  }

  func changeGuest() throws {
    if random.chance(15) { try requireConsent(random.chance(3)) }
    guard let guest = random.pick(guests) else { return }
    if random.chance(12), guests.count > 1 {
      guests.removeAll { $0 == guest }
      // What is left of an erased number is that nobody may write to it.
      if random.chance(3) {
        _ = harness.refusal(
          of: UpdateGuest(
            guest: guest, profile: GuestProfile(), rsvp: nil, attendingCount: nil,
            subscription: .optedOut, zone: nil))
      }
      try harness.perform(DeleteGuest(guest: guest))
      return random.chance(2) ? try harness.perform(EraseGuest(guest: guest, sequence: 1)) : ()
    }
    var profile = GuestProfile()
    var subscription: Subscription?
    switch random.below(11) {
    case 9:
      profile.values[.invitedTo] = .keys(random.pick([["wedding"], ["all"], ["dinner"]]) ?? [])
    case 10: profile.values[.children] = .number(Int64(random.below(4)))
    case 6: profile.phone = Phone.none
    case 7: profile.household = random.pick(["Rao", "Iyer", ""])
    case 8: profile.values[.householdRole] = .text(random.chance(2) ? "contact" : "")
    case 0: profile.phone = Phone(wireText: phone())
    case 1: profile.language = random.pick(["en", "id", "xx"])
    case 2: profile.partySize = Int64(1 + random.below(5))
    case 3: subscription = random.pick(Subscription.allCases)
    case 4: profile.values[.consentSource] = .text(random.chance(3) ? "" : "paper form")
    default: profile.addTags = ["tag \(random.below(3))"]
    }
    let rsvp = random.chance(4) ? random.pick(RSVP.allCases) : nil
    var dinner = GivenAnswer(event: "dinner")
    if random.chance(3) { dinner.rsvp = random.pick(RSVP.allCases)?.rawValue }
    if random.chance(3) { dinner.partySize = .integer(Int64(1 + random.below(4))) }
    if random.chance(5) { dinner.attendingCount = .integer(Int64(random.below(6))) }
    if random.chance(5) { dinner.children = .integer(Int64(random.below(3))) }
    _ = harness.refusal(
      of: UpdateGuest(
        guest: guest, profile: profile, rsvp: rsvp, attendingCount: nil,
        subscription: subscription, zone: nil, answers: [dinner],
        isSettling: rsvp.map { $0 != .pending && random.chance(2) } ?? false))
  }

  private func requireConsent(_ isRequired: Bool) throws {
    var change = SenderChange()
    change.requiresConsent = isRequired
    try harness.perform(UpdateSender(sender: harness.sender, change: change))
  }

  func jump() {
    switch random.below(5) {
    case 0, 1: if let due = harness.nextDue { harness.now = max(harness.now, due) }
    case 2: harness.pass(.seconds(Int64(random.below(100))))
    case 3: harness.pass(.hours(Int64(random.below(12))))
    default: harness.pass(.hours(Int64(random.below(60))))
    }
  }

  func restartPerhaps() throws {
    guard random.chance(2) else { return }
    try harness.restart(fromSnapshot: random.chance(2))
    if random.chance(2) { try harness.perform(RecoverAttempts()) }
  }
}
