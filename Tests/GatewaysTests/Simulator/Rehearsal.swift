import CampaignEngine
import Testing
import Wire

import Gateways

/// An engine and the simulated world on one virtual clock: the main loop of the product without
/// journal and protocol.
struct Rehearsal {
  var engine = Engine()
  var simulator: Simulator
  private(set) var clock: Timestamp
  private(set) var campaign = CampaignID.none
  /// Reports that the engine refused to take.
  private(set) var rejections: [Rejection] = []
  /// WhatsApp's names of the attempts of each message that reached the guest.
  private(set) var delivered: [MessageID: Set<String>] = [:]
  private var messagesByGatewayID: [String: MessageID] = [:]
  /// Reports that did not come again after a restart, and those of them that would have been news.
  private(set) var known = 0
  private(set) var falselyKnown: [String] = []
  /// Rows that rest are packed, as in a service.
  var packsRows = false
  private(set) var mostPacked = 0

  init(guests: Int, seed: UInt64, settings: SimulatorSettings) throws {
    simulator = Simulator(seed: seed, settings: settings)
    clock = Timestamp(milliseconds: 1_795_348_800_000)
    try setUp(guests: guests)
  }

  /// Plays until nothing is due any more, or until `end`. Returns false where it does not settle.
  mutating func play(until end: Timestamp = .distantFuture) -> Bool {
    for _ in 0..<200_000 {
      guard let due = [engine.state.nextDue, simulator.nextDue].compactMap({ $0 }).min(),
        max(clock, due) <= end
      else { return true }
      clock = max(clock, due)
      turn()
      guard packsRows, !engine.packRestingRows() else { continue }
      mostPacked = max(mostPacked, engine.state.projects[0].messages.packedCount)
    }
    return false
  }

  /// One turn: what the gateway says, then timers, then campaigns, then sends.
  private mutating func turn() {
    for report in simulator.takeReports(dueBy: clock, limit: 128) {
      note(report)
      do throws(Rejection) {
        switch report.content {
        case .answer(let command): try engine.perform(command, at: clock)
        case .status(let command): _ = try engine.perform(command, at: clock)
        case .inbound(let command): _ = try engine.perform(command, at: clock)
        }
      } catch {
        rejections.append(error)
      }
    }
    engine.perform(FireTimers(), at: clock)
    engine.perform(ContinueCampaigns(), at: clock)
    simulator.send(engine.perform(DispatchSends(), at: clock), at: clock)
    _ = engine.takeEvents()
  }

  private mutating func note(_ report: GatewayReport) {
    if case .answer(let answer) = report.content,
      case .accepted(let gatewayID, _, _, _) = answer.outcome
    {
      messagesByGatewayID[gatewayID] = answer.attempt.message
    }
    if let status = report.status, [.delivered, .read].contains(status.report.status),
      let message = status.attempt?.message ?? messagesByGatewayID[status.gatewayID]
    {
      delivered[message, default: []].insert(status.gatewayID)
    }
  }

  /// The state comes back from the journal; the simulator is a new one.
  mutating func restart() {
    let sequence = engine.sequence
    engine = Engine(state: engine.state)
    engine.sequence = sequence
    let story = simulator.settings.longestStory
    simulator = Simulator(seed: simulator.seed, settings: simulator.settings)
    let since = clock + TimeSpan(milliseconds: -story.milliseconds)
    let (state, clock) = (engine.state, clock)
    var (known, falselyKnown): (Int, [String]) = (0, [])
    state.forEachAttempt(since: since) { request in
      simulator.resume(request, at: clock) { report in
        guard state.knows(report) else { return false }
        known += 1
        if Self.changesSomething(report, in: state, at: clock) { falselyKnown.append("\(report)") }
        return true
      }
    }
    self.known += known
    self.falselyKnown += falselyKnown
  }

  /// Takes a report in where it does no harm.
  private static func changesSomething(
    _ report: GatewayReport, in state: State, at clock: Timestamp
  ) -> Bool {
    var copy = Engine(state: state)
    do throws(Rejection) {
      switch report.content {
      case .answer(let command): try copy.perform(command, at: clock)
      case .status(let command): _ = try copy.perform(command, at: clock)
      case .inbound(let command): _ = try copy.perform(command, at: clock)
      }
    } catch {}
    return copy.hasEvents
  }

  // MARK: What came of it

  var row: Campaign { engine.state[campaign] }

  var executions: [Execution] {
    var rows: [Execution] = []
    engine.state.projects[0].executions.forEach { _, row in rows.append(row) }
    return rows
  }

  var messages: [Message] {
    var rows: [Message] = []
    engine.state.projects[0].messages.forEach { _, row in rows.append(row) }
    return rows
  }

  // MARK: Setting up

  private mutating func setUp(guests: Int) throws {
    var sender = Sender()
    (sender.name, sender.phone) = ("Weddings", Phone(number: 6_280_000_000_001))
    let senderID = try engine.perform(CreateSender(row: sender), at: clock)
    var row = Project()
    (row.name, row.sender, row.callingCode, row.languages) = ("Wedding", senderID, "62", ["en"])
    row.events = [ProjectEvent(key: "wedding", name: "Wedding", startsAt: clock + .days(40))]
    let project = try engine.perform(CreateProject(row: row, zone: .utc), at: clock)
    for template in [Self.invite, Self.reminder] {
      _ = try engine.perform(CreateTemplate(project: project, row: template), at: clock)
    }
    let rows = (0..<guests).map { number in
      var row = GuestRow()
      (row.externalID, row.name) = ("guest-\(number)", "Guest \(number)")
      // Now and then two people share a phone.
      row.phone = "+62812\(3_000_000 + (number % 20 == 19 ? number - 1 : number))"
      row.partySize = .integer(Int64(1 + number % 4))
      return row
    }
    let items = try engine.perform(
      ImportGuests(
        project: project, rows: rows, isDryRun: false, overwritesRSVP: false, zones: []), at: clock)
    try #require(items.allSatisfy { $0.result == .created })
    let document = try JSON.decode(ChatflowDocument.self, from: Array(Self.flow.utf8))
    var draft = Campaign()
    draft.settings.name = "Invitations"
    draft.settings.chatflow = try engine.perform(
      SaveChatflow(project: project, chatflow: nil, name: "RSVP", document: document), at: clock)
    campaign = try engine.perform(CreateCampaign(project: project, row: draft), at: clock)
    try engine.perform(StartCampaign(campaign: campaign, expectedEligible: nil), at: clock)
  }

  private static let invite = template("wedding_invite", ["yes", "maybe", "no"])
  private static let reminder = template("rsvp_reminder", ["yes", "no"])

  private static func template(_ name: String, _ handles: [String]) -> Template {
    var variant = TemplateVariant()
    variant.status = .approved
    (variant.language, variant.body) = ("en", "Dear {{guest_name}}, will you come?")
    variant.buttons = handles.map { handle in
      var button = TemplateButton()
      (button.handle, button.title) = (handle, handle.uppercased())
      return button
    }
    var row = Template()
    (row.name, row.variants) = (name, [variant])
    return row
  }

  /// Invitation, reminder and a form, with every way out.
  private static let flow = #"""
    {"nodes": [
      {"id": "start", "type": "trigger", "data": {}},
      {"id": "invite", "type": "send_template", "data": {
        "template": "wedding_invite", "parameters": {"guest_name": "{{guest.name}}"},
        "buttons": [{"handle": "yes"}, {"handle": "maybe"}, {"handle": "no"}],
        "session_text": {"*": "Dear {{guest.name}}, will you come?"}}},
      {"id": "answer", "type": "wait_reply", "data": {
        "timeout": "48h", "save_as": "answer", "late_change": "until_event",
        "replies": [
          {"handle": "yes", "title": {"*": "YES"}}, {"handle": "maybe", "title": {"*": "MAYBE"}},
          {"handle": "no", "title": {"*": "NO"}}],
        "reprompt": {"text": {"*": "Please tap a button."}, "max": 2}}},
      {"id": "attending", "type": "update_guest", "data": {
        "set": {"rsvp": "attending"}, "add_tags": [], "remove_tags": []}},
      {"id": "details", "type": "guest_form", "data": {
        "timeout": "20h", "max_attempts": 3, "questions": [
          {"key": "count", "kind": "number", "min": 1, "max_from": "guest.party_size",
           "save_to": "guest.attending_count", "ask": {"*": "How many?"},
           "on_invalid": {"*": "A number, please."}},
          {"key": "menu", "kind": "choice", "ask": {"*": "Which menu?"},
           "choices": [{"value": "veg", "title": {"*": "Vegetarian"}},
                       {"value": "meat", "title": {"*": "With meat"}}]},
          {"key": "arrival", "kind": "date", "ask": {"*": "When do you arrive?"}},
          {"key": "call", "kind": "phone", "ask": {"*": "A number to call?"}}]}},
      {"id": "thanks", "type": "send_message", "data": {
        "kind": "text", "text": {"*": "Thank you!"}, "outside_window": {"action": "fail"}}},
      {"id": "think", "type": "delay", "data": {"for": "3d"}},
      {"id": "remind", "type": "send_template", "data": {
        "template": "rsvp_reminder", "parameters": {"guest_name": "{{guest.name}}"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "answer_2", "type": "wait_reply", "data": {
        "timeout": "48h", "save_as": "answer", "late_change": "until_event",
        "replies": [
          {"handle": "yes", "title": {"*": "YES"}}, {"handle": "no", "title": {"*": "NO"}}]}},
      {"id": "declined", "type": "update_guest", "data": {
        "set": {"rsvp": "declined"}, "add_tags": [], "remove_tags": []}},
      {"id": "end_attending", "type": "end", "data": {"outcome": "attending"}},
      {"id": "end_declined", "type": "end", "data": {"outcome": "declined"}},
      {"id": "end_no_answer", "type": "end", "data": {"outcome": "no_answer"}},
      {"id": "end_person", "type": "end", "data": {"outcome": "needs_person"}}],
    "edges": [
      {"source": "start", "target": "invite"},
      {"source": "invite", "target": "answer"},
      {"source": "answer", "sourceHandle": "yes", "target": "attending"},
      {"source": "answer", "sourceHandle": "maybe", "target": "think"},
      {"source": "answer", "sourceHandle": "no", "target": "declined"},
      {"source": "answer", "sourceHandle": "timeout", "target": "remind"},
      {"source": "answer", "sourceHandle": "default", "target": "end_person"},
      {"source": "attending", "target": "details"},
      {"source": "details", "sourceHandle": "submitted", "target": "thanks"},
      {"source": "details", "sourceHandle": "timeout", "target": "end_attending"},
      {"source": "details", "sourceHandle": "invalid", "target": "end_person"},
      {"source": "thanks", "target": "end_attending"},
      {"source": "thanks", "sourceHandle": "failed", "target": "end_attending"},
      {"source": "think", "target": "remind"},
      {"source": "remind", "target": "answer_2"},
      {"source": "answer_2", "sourceHandle": "yes", "target": "attending"},
      {"source": "answer_2", "sourceHandle": "no", "target": "declined"},
      {"source": "answer_2", "sourceHandle": "timeout", "target": "end_no_answer"},
      {"source": "answer_2", "sourceHandle": "default", "target": "end_person"},
      {"source": "declined", "target": "end_declined"}]}
    """#
}
