import TestRandom
import Testing
import Wire

@testable import CampaignEngine

private let invitation = #"""
  {"id": "send", "type": "send_template", "data": {"template": "party",
    "parameters": {"menu": "{{guest.fields.menu}}"}, "send_by": "2026-12-01T00:00:00.000Z"}},
  {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h"}}
  """#

struct EnrolmentTests {
  private let harness: EngineHarness

  init() throws {
    // Only English is approved, and only Indonesian guests would get another language.
    harness = try EngineHarness(wedding: { $0.languages = [] })
    try harness.template("party", languages: ["en"], body: "Menu: {{menu}}")
  }

  private func document() throws -> ChatflowDocument {
    try flow(invitation, "start > send, send > wait")
  }

  private func add(
    _ name: String, _ phone: String, _ configure: (inout GuestRow) -> Void = { _ in }
  ) throws -> GuestID {
    try harness.guest(name, phone: phone) { row in
      row.language = "en"
      row.fieldValues["menu"] = .text("veg")
      configure(&row)
    }
  }

  @Test func `the reasons to leave a guest out, in order of precedence`() throws {
    let good = try add("Good", "+6281230000001")
    let every = try harness.guest("Every", phone: "+6281230000001") { row in
      row.language = "id"
      row.subscription = "no_marketing"
    }
    #expect(every.counter == 2)
    let unreachable = try add("Unreachable", "+6281230000003")
    try bounce(unreachable)
    let flow = try harness.flow(try document())
    harness.now = time("2026-12-02T00:00:00Z")
    let filter = try JSON.decode(
      GuestFilter.self, from: bytes(#"{"exclude_guest_ids": ["\#(every.wireText)"]}"#))
    var audience = Audience(
      filter: filter, graph: try #require(harness.state.find(flow)?.versions.last).graph,
      campaign: .none, sendBy: nil, space: 0, household: .contactOnly, in: lateState())
    _ = good
    let codes = audience.judge(every, in: lateState()).map(\.code)
    #expect(codes == [.excludedByID, .optedOut, .noTemplateLanguage, .missingVariable, .tooLate])
    #expect(audience.judge(unreachable, in: lateState()).map(\.code) == [.unreachable, .tooLate])
    #expect(
      LeftOutCode.allCases.map(\.rawValue) == [
        "excluded_by_id", "already_in_campaign", "opted_out", "no_consent", "no_phone",
        "unreachable", "not_deliverable_there", "duplicate_phone", "through_household",
        "household_full", "not_contact",
        "no_template_language", "missing_variable", "too_late", "not_invited",
      ])
  }

  /// The state as it stands at the harness's time: the clock moves with the first event.
  private func lateState() -> State {
    var state = harness.state
    state.now = harness.now
    return state
  }

  private func bounce(_ guest: GuestID) throws {
    try harness.started(try document()) { $0.settings.guestFilter.guestIDs = [guest] }
    let request = try #require(try harness.dispatch().first)
    try harness.refuse(request, .recipient, code: 131_026)
    #expect(harness.state[guest].unreachableSince == harness.now)
  }

  @Test func `the enrolment does exactly what the preview said, over several slices`() throws {
    for seed in UInt64(1)...2 {
      let harness = try EngineHarness(wedding: { $0.languages = [] })
      harness.note = "seed \(seed)"
      harness.fullComparisonInterval = 50
      try harness.template("party", languages: ["en"], body: "Menu: {{menu}}")
      var change = SenderChange()
      change.requiresConsent = seed == 2
      try harness.perform(UpdateSender(sender: harness.sender, change: change))
      var random = Random(seed: seed)
      let rows = (0..<300).map { number in
        var row = GuestRow()
        row.name = "Guest \(number)"
        row.phone = "+62812300\(1000 + random.below(250))"
        row.language = random.chance(8) ? "id" : "en"
        row.category = random.chance(10) ? "crew" : "family"
        if !random.chance(7) { row.fieldValues["menu"] = .text("veg") }
        if random.chance(15) { row.subscription = "opted_out" }
        if !random.chance(9) { row[.consentSource] = .text("paper form") }
        return row
      }
      try harness.importRows(rows)
      let flow = try harness.flow(try document())
      let campaign = try harness.campaign(flow) { row in
        row.settings.guestFilter.categories = ["family"]
        row.settings.guestFilter.excludeGuestIDs = (1...9).map {
          GuestID(space: 0, counter: $0 * 20)
        }
      }
      var previewed: [GuestID: LeftOutCode?] = [:]
      let asked = Audience(
        filter: harness.state[campaign].settings.guestFilter,
        graph: harness.state.find(flow)?.versions.last?.graph, campaign: .none, sendBy: nil,
        space: 0, household: .contactOnly, in: harness.state)
      let preview = AudienceCount(
        asked, in: harness.state,
        each: { guest, reasons, _ in previewed[guest] = .some(reasons.first?.code) })
      #expect(preview.matched == preview.eligible + preview.leftOut.reduce(0) { $0 + $1.count })
      let start = StartCampaign(campaign: campaign, expectedEligible: preview.eligible)
      #expect(harness.refusal(of: start) == nil)
      #expect(harness.state[campaign].progress.enrolment?.total == preview.matched)
      #expect(harness.state[campaign].progress.enrolment?.done == 0)
      var slices = 0
      while harness.state.busyCampaigns.first != nil {
        try harness.perform(ContinueCampaigns())
        slices += 1
        // Sends go out between the slices.
        for request in try harness.dispatch() { try harness.accept(request) }
      }
      #expect(slices == 3)
      #expect(harness.state[campaign].progress.enrolment?.done == preview.matched)
      #expect(harness.state[campaign].counters.audience == preview.matched)
      for (guest, code) in previewed {
        let execution = try harness.execution(of: guest)
        #expect((harness.state[execution].status == .skipped) == (code != nil), "seed \(seed)")
        if let code { #expect(harness.reason(of: execution) == code.rawValue, "seed \(seed)") }
      }
    }
  }

  @Test func `of guests with one number the first eligible is written to`() throws {
    let out = try add("Out", "+6281230000001") { $0.fieldValues = WireMap() }
    let first = try add("First", "+6281230000001")
    let second = try add("Second", "+6281230000001")
    let campaign = try harness.started(try document())
    #expect(harness.reason(of: try harness.execution(of: out)) == "missing_variable")
    #expect(harness.state[try harness.execution(of: first)].status == .waiting)
    let skipped = try harness.execution(of: second)
    #expect(harness.reason(of: skipped) == "duplicate_phone")
    #expect(harness.state[skipped].duplicateOf == first)
    #expect(harness.state[campaign].counters.skipped.reduce(0) { $0 + $1.count } == 2)
  }

  @Test func `a duplicate stays one when the first was skipped between two slices`() throws {
    let first = try add("First", "+6281230000001")
    try harness.importRows(
      (0..<140).map { number in
        var row = GuestRow()
        (row.name, row.phone, row.language) = ("G\(number)", "+628990000\(100 + number)", "en")
        return row
      })
    let twin = try add("Twin", "+6281230000001")
    let campaign = try harness.campaign(try harness.flow(try document()))
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    try harness.perform(ContinueCampaigns())
    // First is opted out by a list before the message goes, so the execution is skipped.
    var row = GuestRow()
    (row.name, row.phone, row.subscription) = ("First", "+6281230000001", "opted_out")
    try harness.importRows([row])
    try harness.dispatch()
    #expect(harness.state[try harness.execution(of: first)].status == .skipped)
    try harness.perform(
      UpdateGuest(
        guest: first, profile: GuestProfile(), rsvp: nil, attendingCount: nil,
        subscription: .subscribed, zone: nil))
    try harness.enrol()
    #expect(harness.reason(of: try harness.execution(of: twin)) == "duplicate_phone")
  }

  @Test func `guests created after the start are not enrolled`() throws {
    _ = try add("One", "+6281230000001")
    let campaign = try harness.campaign(try harness.flow(try document()))
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    let late = try add("Late", "+6281230000002")
    try harness.enrol()
    #expect(harness.state.executions(of: late).isEmpty)
    #expect(harness.state[campaign].progress.enrolment?.done == 1)
  }

  @Test func `a pause holds the enrolment, and the resume goes on with it`() throws {
    try harness.importRows(
      (0..<300).map { number in
        var row = GuestRow()
        (row.name, row.phone) = ("G\(number)", "+628990000\(100 + number)")
        return row
      })
    let campaign = try harness.campaign(
      try harness.flow(
        try flow(#"{"id": "w", "type": "wait_reply", "data": {"timeout": "1h"}}"#, "start > w")))
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    try harness.perform(ContinueCampaigns())
    try harness.perform(PauseCampaign(campaign: campaign))
    #expect(harness.state.busyCampaigns.first == nil)
    #expect(harness.state[campaign].progress.enrolment?.done == 128)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.enrol()
    #expect(harness.state[campaign].progress.enrolment?.done == 300)
    #expect(harness.state[campaign].status == .running)
  }

  @Test func `heads are the party sizes of the matched`() throws {
    for size in [1, 3, 4] {
      _ = try add("G\(size)", "+628123000000\(size)") { $0.partySize = .integer(Int64(size)) }
    }
    let all = Audience(
      filter: GuestFilter(), graph: nil, campaign: .none, sendBy: nil, space: 0,
      household: .contactOnly, in: harness.state)
    let count = AudienceCount(all, in: harness.state)
    #expect(count.headsInvited == 8)
    #expect(count.eligible == 3 && count.leftOut.isEmpty)
  }

  @Test(
    arguments: [
      (TemplateCategory.marketing, Subscription.noMarketing, false), (.utility, .noMarketing, true),
      (.authentication, .noMarketing, true), (.utility, .optedOut, false),
      (.marketing, .subscribed, true),
    ] as [(TemplateCategory, Subscription, Bool)])
  func `whoever wants no marketing is left out of marketing alone`(
    category: TemplateCategory, subscription: Subscription, isIn: Bool
  ) throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011") {
      $0.subscription = subscription.rawValue
    }
    try harness.template("note", category: category)
    let campaign = try harness.started(
      try flow(
        #"{"id": "send", "type": "send_template", "data": {"template": "note"}}"#, "start > send"))
    let execution = try harness.execution(of: guest, in: campaign)
    #expect((harness.status(execution) != .skipped) == isIn)
    try harness.settle()
    #expect(harness.sent.count == (isIn ? 1 : 0))
  }

  @Test func `marketing after utility is left out when it would leave`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011") {
      $0.subscription = "no_marketing"
    }
    try harness.template("note", category: .utility)
    try harness.template("offer", category: .marketing)
    try harness.started(
      try flow(
        #"""
        {"id": "one", "type": "send_template", "data": {"template": "note"}},
        {"id": "rest", "type": "delay", "data": {"for": "1h"}},
        {"id": "two", "type": "send_template", "data": {"template": "offer"}}
        """#, "start > one, one > rest, rest > two"))
    try harness.run(for: .hours(2))
    #expect(harness.sent.count == 1)
    #expect(harness.reason(of: try harness.execution(of: guest)) == "opted_out")
  }
}
