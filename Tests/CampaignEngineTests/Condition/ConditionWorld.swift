import Wire

import CampaignEngine

/// Five guests, four of them in a campaign that went differently for each.
struct ConditionWorld: Sendable {
  let state: State
  let guests: [(initial: Character, id: GuestID)]
  let executions: [(initial: Character, id: ExecutionID)]

  var project: ProjectState { state.project(of: 0) }

  private static let nodes = #"""
    {"id": "invite", "type": "send_template", "data": {
      "template": "rsvp_reminder", "parameters": {"guest_name": "{{guest.name}}"},
      "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "answer", "type": "wait_reply", "data": {"timeout": "20h", "save_as": "answer",
      "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
    {"id": "note", "type": "update_guest", "data": {"set": {"vars.count": 3, "vars.day": "2026-12-11"}}},
    {"id": "coming", "type": "end", "data": {"outcome": "coming"}}
    """#

  /// Half of the guests came before midnight in Jakarta, the others after.
  init() throws {
    let harness = try EngineHarness(startingAt: time("2026-11-22T16:30:00.000Z")) { row in
      row.fieldTypes = ["table": .number, "menu": .choice, "arrival": .date]
    }
    let ana = try harness.guest("Ana Pérez", phone: "+6281230000011") { row in
      (row.category, row.externalID, row.language) = ("vip", "A-1", "en")
      (row.tags, row.partySize) = (["bride", "sangeet"], .integer(2))
      row[.consentSource] = .text("Paper form")
      row[.consentAt] = .text("2026-05-01T20:00:00Z")
      row[.consentText] = .text("You may write to me about the wedding.")
      (row[.household], row[.householdRole]) = (.text("Rao"), .text("contact"))
      row.fieldValues = [
        "table": .integer(4), "menu": .text("veg"), "arrival": .text("2026-12-11"),
      ]
    }
    let budi = try harness.guest("Budi Santoso", phone: "+6281230000022") { row in
      (row.category, row.tags, row.partySize) = ("Family", ["groom"], .integer(5))
      row.rsvp = "attending"
      row[.children] = .integer(2)
      var dinner = GivenAnswer(event: "dinner")
      dinner.partySize = .integer(3)
      row.answers = [dinner]
      row.fieldValues = [
        "table": .integer(11), "menu": .text("Fish & Chips"), "arrival": .text("2026-12-10"),
      ]
    }
    let citra = try harness.guest("Citra", phone: "+6281230000033") { row in
      (row.rsvp, row.subscription) = ("declined", "opted_out")
      row.invitedTo = ["wedding"]
    }
    harness.pass(.hours(1))
    let dewi = try harness.guest("Dewi", phone: "+6281230000044") { row in
      (row.category, row.tags) = ("VIP", ["Bride"])
    }
    let eva = try harness.guest("Éva O'Brien", phone: "+6281230000055") { row in
      row.category = "crew"
      row.invitedTo = ["dinner"]
    }
    guests = [("a", ana), ("b", budi), ("c", citra), ("d", dewi), ("e", eva)]
    harness.now = time("2026-11-23T02:15:00.000Z")
    try harness.write("Hello there", from: dewi, at: time("2026-11-20T02:00:00.000Z"))
    let edges = "start > invite, invite > answer, answer:yes > note, note > coming"
    let campaign = try harness.started(try flow(Self.nodes, edges)) { row in
      row.settings.guestFilter.categories = ["vip", "family", ""]
    }
    for request in try harness.dispatch() {
      switch request.guest {
      case ana:
        try harness.accept(request)
        try harness.report(request, .read)
      case budi: try harness.refuse(request, .throttle, code: 130_429)
      default: try harness.refuse(request, .recipient, code: 131_026)
      }
    }
    let first = try harness.execution(of: ana, in: campaign)
    try harness.tap("yes", at: "answer", of: first)
    executions = try guests.prefix(4).map { guest in
      (guest.initial, try harness.execution(of: guest.id, in: campaign))
    }
    state = harness.state
  }

  func guests(matching predicate: ConditionPredicate) -> String {
    String(
      guests.filter { predicate.matches(ConditionSubject($0.id), in: state) }.map(\.initial))
  }

  func executions(matching condition: ExecutionCondition) -> String {
    String(executions.filter { condition.matches($0.id, in: state) }.map(\.initial))
  }

  func messages(matching condition: MessageCondition) -> String {
    (1...project.messages.count).filter { counter in
      condition.matches(MessageID(space: 0, counter: counter), in: state)
    }.map(String.init).joined()
  }
}
