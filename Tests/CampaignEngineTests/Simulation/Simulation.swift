import Testing
import Wire

@testable import CampaignEngine

/// One random life of a wedding: operators, guests, the clock and the gateway do what they like, in
/// any order, and some of it twice. The harness checks the ledger and the journal after each step;
/// this checks what the gateway sees.
final class Simulation {
  let harness: EngineHarness
  var random: Random
  var guests: [GuestID] = []
  var flows: [ChatflowID] = []
  /// Attempts without an answer.
  private var underWay: [SendRequest] = []
  /// What is known of the newest attempt of each message.
  private var fates: [MessageID: Fate] = [:]

  private enum Fate { case open, taken, failed }

  /// Messages that may be sent again though they may have been taken: somebody said so.
  private var resends: Set<MessageID> = []

  /// The world before the first guest, made once: plain; with quiet hours; with a small daily limit;
  /// and with a program that sends for us.
  private static let scenes = Result {
    try (0..<4).map { number in
      let harness = EngineHarness()
      try harness.makeSender { row in
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
      return harness.scene
    }
  }

  init(seed: UInt64) throws {
    random = Random(seed: seed)
    let scene = try Self.scenes.get()[random.pick([0, 0, 1, 2, 3]) ?? 0]
    harness = EngineHarness(after: scene, fullComparisonInterval: 50)
    harness.note = "seed \(seed):"
    flows = (1...3).map { ChatflowID(space: 0, counter: $0) }
    for number in 0..<(3 + random.below(5)) {
      guests.append(
        try harness.guest("Guest \(number)", phone: phone()) { row in
          row.category = ["vip", "family"][number % 2]
          row.language = ["en", "id", "hi", "fr", ""][number % 5]
          row.partySize = .integer(Int64(1 + number % 4))
        })
    }
  }

  /// All campaigns, the runs and tests too.
  var campaigns: [CampaignID] {
    let count = harness.state.project(of: 0).campaigns.count
    return (0..<count).map { CampaignID(space: 0, counter: UInt32($0 + 1)) }
  }

  /// Few numbers, so that guests share them.
  func phone() -> String { "+6281230000\(100 + random.below(6))" }

  func run(steps: Int) throws {
    for _ in 0..<steps where !harness.hasFault { try step() }
    if !harness.hasFault { try finish() }
    harness.verify(isFull: true)
  }

  private func step() throws {
    switch random.below(35) {
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
    default: try restartPerhaps()
    }
  }

  // MARK: Operators

  /// What operators do about messages, and WhatsApp about templates.
  private func careForSending() throws {
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

  private func setTemplate(_ number: Int, _ status: TemplateStatus) throws {
    let id = TemplateID(space: 0, counter: UInt32(number + 1))
    for variant in harness.state.template(id).variants {
      try harness.perform(
        ReportTemplateStatus(template: id, language: variant.language, status: status))
    }
  }

  func changeGuest() throws {
    guard let guest = random.pick(guests) else { return }
    if random.chance(12), guests.count > 1 {
      guests.removeAll { $0 == guest }
      try harness.perform(DeleteGuest(guest: guest))
      return random.chance(2) ? try harness.perform(EraseGuest(guest: guest, sequence: 1)) : ()
    }
    var profile = GuestProfile()
    var subscription: Subscription?
    switch random.below(5) {
    case 0: profile.phone = try Phone(parsing: phone(), callingCode: "62")
    case 1: profile.language = random.pick(["en", "id", "xx"])
    case 2: profile.partySize = Int64(1 + random.below(5))
    case 3: subscription = random.pick(Subscription.allCases)
    default: profile.addTags = ["tag \(random.below(3))"]
    }
    let rsvp = random.chance(4) ? random.pick(RSVP.allCases) : nil
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: rsvp, attendingCount: nil,
        subscription: subscription, zone: nil))
  }

  private func jump() {
    switch random.below(5) {
    case 0, 1: if let due = harness.nextDue { harness.now = max(harness.now, due) }
    case 2: harness.pass(.seconds(Int64(random.below(100))))
    case 3: harness.pass(.hours(Int64(random.below(12))))
    default: harness.pass(.hours(Int64(random.below(60))))
    }
  }

  private func restartPerhaps() throws {
    guard random.chance(2) else { return }
    try harness.restart(fromSnapshot: random.chance(2))
    if random.chance(2) { try harness.perform(RecoverAttempts()) }
  }

  // MARK: The gateway

  private func dispatch() throws {
    let paused = campaigns.filter {
      !harness.state[$0].isActing && (!isCompleted($0) || harness.state[$0].isDeleted)
    }
    for request in try harness.dispatch() {
      let message = harness.state[request.attempt.message]
      let person = harness.state.person(of: request.guest)
      check(person.subscription != .optedOut, "sends to a person who opted out")
      check(
        message.purpose == .operator || !paused.contains(message.campaign),
        "sends for a campaign that does not act")
      check(
        message.purpose == .operator || message.purpose == .reminder
          || harness.state[message.execution].status != .paused, "sends for a paused execution")
      checkReminder(message)
      check(maySend(request.attempt.message), "sends what may have been taken")
      if message.content.kind != .template {
        check(person.isWindowOpen(at: harness.now), "sends free text into a closed window")
      }
      fates[request.attempt.message] = .open
      underWay.append(request)
    }
  }

  private func maySend(_ id: MessageID) -> Bool {
    switch fates[id] ?? .failed {
    case .failed: true
    case .open:
      resends.contains(id)
        || harness.state[harness.state[id].campaign].retry.unknown?.policy == .resend
    case .taken: false
    }
  }

  private func isCompleted(_ campaign: CampaignID) -> Bool {
    harness.state[campaign].status == .completed
  }

  func check(_ holds: Bool, _ what: String) {
    #expect(holds, "\(harness.note) \(what)")
  }

  private func answer() throws {
    guard let request = random.pick(underWay) else { return }
    // Some answers come twice, and some attempts get two different ones.
    if !random.chance(8) { underWay.removeAll { $0.attempt == request.attempt } }
    switch random.below(8) {
    case 0...4: try accept(request)
    case 5: try harness.lose(request)
    default:
      let status = harness.state[request.attempt.message].status
      let isOpen = status == .sending || status == .outcomeUnknown
      try harness.refuse(
        request, random.pick(ErrorClass.allCases) ?? .transient, code: 131_000,
        after: random.chance(3) ? .minutes(Int64(random.below(90))) : nil)
      if isOpen { fail(request) }
    }
  }

  private func accept(_ request: SendRequest) throws {
    try harness.accept(request, isHeld: random.chance(6), userID: random.chance(4) ? "IN.1" : nil)
    if isNewest(request), fates[request.attempt.message] == .open {
      fates[request.attempt.message] = .taken
    }
    settleFate(request)
  }

  private func isNewest(_ request: SendRequest) -> Bool {
    harness.state[request.attempt.message].attempts == request.attempt.number
  }

  private func fail(_ request: SendRequest) {
    if isNewest(request), fates[request.attempt.message] == .open {
      fates[request.attempt.message] = .failed
    }
  }

  /// A parked report may have told of the failure before, and an earlier attempt of a success.
  private func settleFate(_ request: SendRequest) {
    let message = harness.state[request.attempt.message]
    if message.status.isWithWhatsApp {
      fates[request.attempt.message] = .taken
    } else if isNewest(request), message.unknownSince == .zero,
      message.status == .failed || message.status == .queued
    {
      fates[request.attempt.message] = .failed
    }
  }

  /// The attempt that the message tells of now.
  private func isCurrent(_ request: SendRequest) -> Bool {
    harness.state[request.attempt.message].currentAttempt == request.attempt.number
  }

  /// Any attempt, but more often one of which there is more to hear.
  private func reported() -> SendRequest? {
    switch random.below(5) {
    case 0: random.pick(underWay) ?? random.pick(harness.sent)
    case 1: random.pick(harness.sent.filter { !isNewest($0) }) ?? random.pick(harness.sent)
    // Those are the ones that executions still stand by.
    case 2: random.pick(Array(harness.sent.suffix(4)))
    default: random.pick(harness.sent)
    }
  }

  private func reportStatus() throws {
    guard let request = reported() else { return }
    let before = harness.state[request.attempt.message]
    let known = before.gatewayID
    let gatewayID = known.isEmpty || random.chance(9) ? "wamid.early.\(random.below(9))" : known
    let status = random.pick(ReportedStatus.allCases) ?? .sent
    let error = MessageError(random.pick(ErrorClass.allCases) ?? .transient, message: "late")
    let attempt = random.chance(3) ? nil : request.attempt
    let result = try harness.report(
      gatewayID: gatewayID, status, attempt: attempt,
      error: status == .failed ? error : nil, billed: random.chance(3) ? 7 : nil)
    guard result.isApplied else { return }
    if harness.state[result.message].status.isWithWhatsApp {
      fates[result.message] = .taken
    } else if status == .failed, attempt.map({ $0.number == before.currentAttempt }) ?? true {
      fates[result.message] = .failed
    }
  }

  /// A message that an execution still stands by fails after it was taken.
  private func failLate() throws {
    let standing = harness.sent.filter { request in
      let message = harness.state[request.attempt.message]
      return isNewest(request) && message.purpose == .node
        && [.accepted, .sent].contains(message.status)
        && Int(message.step) == harness.state[message.execution].steps.count - 2
    }
    guard let request = random.pick(standing) else { return }
    let error = MessageError(random.pick(ErrorClass.allCases) ?? .transient, message: "late")
    let result = try harness.report(request, .failed, error: error)
    if result.isApplied { fates[result.message] = .failed }
  }

  // MARK: Guests

  private static let texts = [
    "yes", "no", "maybe", "2", "9", "what?", "Vegetarian", "1", "hello", "no problem", "",
  ]

  private func write() throws {
    guard let guest = random.pick(guests) else { return }
    var content = MessageContent()
    content.kind =
      random.chance(8) ? random.pick([.image, .reaction, .unsupported, .edit]) ?? .text : .text
    content.text = random.chance(40) ? "stop" : random.pick(Self.texts) ?? ""
    if random.chance(5), let quoted = random.pick(harness.sent) {
      content.quotes = harness.state[quoted.attempt.message].gatewayID
    }
    let from = random.chance(20) ? Phone(number: 49_151_000_000) : harness.state[guest].phone
    guard !from.isNone else { return }
    let gatewayID = random.chance(10) ? "wamid.in.\(random.below(3))" : harness.nextGatewayID()
    try harness.receive(
      content, from: from, userID: random.chance(5) ? "IN.\(random.below(4))" : nil,
      gatewayID: gatewayID, at: harness.now + .minutes(Int64(5 - random.below(60))))
  }

  private func tap() throws {
    guard let request = random.pick(harness.sent), let button = random.pick(request.content.buttons)
    else { return }
    var content = MessageContent()
    (content.kind, content.text, content.payload) = (.button, button.title, button.payload)
    let phone = harness.state[request.guest].phone
    // Nobody knows the number of somebody who was erased.
    guard !phone.isNone else { return }
    try harness.receive(content, from: phone)
    let message = harness.state[request.attempt.message]
    if message.status.isWithWhatsApp { fates[request.attempt.message] = .taken }
  }

  // MARK: The end

  /// Everything that is open is answered and the clock runs: then nothing may be left waiting.
  private func finish() throws {
    try endRecurrence()
    for number in 0..<3 { try setTemplate(number, .approved) }
    for _ in 0..<1500 where !harness.hasFault {
      // A bulk operation that is still under way may pause some again.
      try harness.enrol()
      try resumeAll()
      try harness.enrol()
      try harness.perform(FireTimers())
      while harness.state.busyReminders.first != nil { try harness.perform(ContinueReminders()) }
      try dispatch()
      try settleAll()
      guard let due = harness.nextDue else { break }
      harness.now = max(harness.now, due)
    }
    harness.verify(isFull: true)
    if random.chance(4) { try harness.restart(fromSnapshot: true) }
    checkRemindersEnd()
    for campaign in campaigns { checkEnd(of: campaign) }
  }

  private func checkEnd(of campaign: CampaignID) {
    let row = harness.state[campaign]
    // Who takes guests in as they come never ends by itself, and a draft has not begun.
    let isOpenByNature = row.triggerType == .onGuest && row.status == .running
    check(
      row.status.isEnded || row.isDeleted || row.status == .draft || isOpenByNature,
      "\(campaign.wireText) is left \(row.status)")
    for counter in harness.state.members(of: campaign).all {
      let id = ExecutionID(space: campaign.space, counter: counter)
      let execution = harness.state[id]
      check(execution.status.isEnded, "\(id.wireText) never ends: \(describe(execution))")
    }
    let messages = row.counters.messages
    let queued = messages[MessageStatus.queued.index] + messages[MessageStatus.pending.index]
    check(queued == 0, "\(campaign.wireText) leaves messages in a lane")
    if let enrolment = row.enrolment, row.status == .completed {
      check(enrolment.done == enrolment.total, "\(campaign.wireText) has not met all of its guests")
    }
  }
}

extension Simulation {
  private func settleAll() throws {
    for request in harness.sent where isCurrent(request) {
      if harness.state[request.attempt.message].status == .sending { try accept(request) }
      let status = harness.state[request.attempt.message].status
      if status == .held || status == .outcomeUnknown {
        try harness.report(request, .sent, gatewayID: harness.nextGatewayID())
        fates[request.attempt.message] = .taken
      }
    }
  }

  private func describe(_ row: Execution) -> String {
    let node = row.node.map { harness.state.graph(of: row.campaign).nodes[$0].id } ?? "-"
    let message = harness.state.find(MessageID(space: row.campaign.space, counter: row.sending))
    let wait = row.wait.map { "\($0.kind) until \($0.until.wireText)" } ?? "nothing"
    return "\(row.status) at \(node) for \(wait), sending \(message.map { "\($0.status)" } ?? "-")"
  }
}

enum SimulationFlows {
  private static let ends = ["done", "failed", "gone"].map {
    #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
  }.joined(separator: ", ")

  /// Free messages, a form with two choices, a split, a held message and several waits in a row.
  static func mixed() throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "split", "type": "split", "data": {"arms": [
        {"handle": "a", "weight": 1}, {"handle": "b", "weight": 1}]}},
      {"id": "open", "type": "wait_reply", "data": {"timeout": "30h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}]}},
      {"id": "ask", "type": "send_message", "data": {"kind": "buttons", "text": {"*": "Well?"},
        "outside_window": {"action": "wait", "timeout": "5h"},
        "buttons": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "hear", "type": "wait_reply", "data": {"timeout": "9h", "save_as": "heard",
        "late_change": "until_event", "reprompt": {"text": {"*": "Pardon?"}, "max": 2},
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
        {"key": "menu", "kind": "choice", "save_to": "guest.fields.menu", "ask": {"*": "Menu?"},
         "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}, {"value": "meat", "title": {"*": "Meat"}}]},
        {"key": "side", "kind": "choice", "ask": {"*": "Side?"},
         "choices": [{"value": "rice", "title": {"*": "Rice"}}, {"value": "naan", "title": {"*": "Naan"}}]}]}},
      {"id": "set", "type": "update_guest", "data": {"set": {"rsvp": "maybe", "vars.menu": "{{vars.menu ?? \"-\"}}"},
        "add_tags": ["asked"]}}, \#(ends)
      """#,
      """
      start > split, split:a > open, split:b > ask, open:yes > form, open:default > ask,
      open:timeout > gone, ask > hear, ask:failed > failed, hear:yes > form, hear:no > set,
      hear:default > set, hear:timeout > gone, form:submitted > set, form:timeout > gone,
      form:invalid > set, set > done
      """)
  }

  /// Templates only, one after the other.
  static func plain() throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "one", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "rest", "type": "delay", "data": {"for": "5h"}},
      {"id": "two", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{guest.name}}"}, "session_text": {"*": "Will you?"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "8h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      \#(ends)
      """#,
      """
      start > one, one > rest, rest > two, two > wait, two:failed > failed, wait:yes > done,
      wait:no > done, wait:timeout > gone, wait:default > done
      """)
  }
}
