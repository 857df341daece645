import Testing

import CampaignEngine

/// Whom of a household a campaign writes to.
struct HouseholdTests {
  private let harness: EngineHarness
  private static let phone = "+6281230000201"
  private static let other = "+6281230000202"

  init() throws { harness = try EngineHarness.wedding() }

  /// A guest who may have no phone.
  @discardableResult
  private func add(
    _ name: String, _ phone: String = "", household: String = "", role: String = "",
    _ configure: (inout GuestRow) -> Void = { _ in }
  ) throws -> GuestID {
    try harness.guest(name, phone: phone) { row in
      row[.household] = .text(household)
      row[.householdRole] = .text(role)
      configure(&row)
    }
  }

  private func started(_ policy: HouseholdPolicy = .together) throws -> CampaignID {
    let campaign = try harness.started(try flow(for: policy)) { $0.settings.household = policy }
    try harness.settle()
    return campaign
  }

  /// Several marketing messages are not sent to one telephone.
  private func flow(for policy: HouseholdPolicy) throws -> ChatflowDocument {
    guard policy == .separately else { return try askFlow() }
    return try CampaignEngineTests.flow(
      #"{"id": "thank", "type": "send_template", "data": {"template": "rsvp_thanks"}}, \#(replyEnds)"#,
      "start > thank, thank > done")
  }

  /// Guests by name, with how each is dealt with: "asked", or the reason and the guest named.
  private func outcome(_ campaign: CampaignID) -> [String: String] {
    var found: [String: String] = [:]
    for execution in harness.members(of: campaign) {
      let row = harness.state[execution]
      let name = harness.state[row.guest].name
      let named = [row.through, row.duplicateOf].first { !$0.isNone }
      let reason = harness.reason(of: execution)
      found[name] =
        row.status == .skipped
        ? reason + (named.map { " \(harness.state[$0].name)" } ?? "") : "asked"
    }
    return found
  }

  /// What the preview says of everybody is what the enrolment does.
  private func expectPreviewed(_ campaign: CampaignID, _ expected: [String: String]) {
    var found: [String: String] = [:]
    let audience = Audience(
      filter: GuestFilter(), graph: nil, campaign: .none, sendBy: nil, space: campaign.space,
      household: harness.state[campaign].settings.household, in: harness.state)
    let count = AudienceCount(
      audience, in: harness.state,
      each: { guest, reasons, _ in
        let reason = reasons.first.map { first in
          first.code.rawValue + (first.guest.isNone ? "" : " \(harness.state[first.guest].name)")
        }
        found[harness.state[guest].name] = reason ?? "asked"
      })
    #expect(found == expected)
    #expect(count.matched == count.eligible + count.leftOut.map(\.count).reduce(0, +))
  }

  @Test(arguments: [
    (
      HouseholdPolicy.together,
      ["Meera": "asked", "Tara": "through_household Meera", "Rohan": "through_household Arjun"]
    ),
    (
      .contactOnly,
      ["Meera": "not_contact Arjun", "Tara": "not_contact Arjun", "Rohan": "not_contact Arjun"]
    ),
    (.separately, ["Meera": "asked", "Tara": "asked", "Rohan": "through_household Arjun"]),
  ])
  func `each policy says who is written to`(
    policy: HouseholdPolicy, others: [String: String]
  ) throws {
    try add("Meera", Self.phone, household: "Rao")
    try add("Tara", Self.phone)
    try add("Rohan", household: "rao")
    try add("Arjun", Self.other, household: "Rao", role: "contact")
    let expected = others.merging(["Arjun": "asked"]) { one, _ in one }
    let draft = try harness.campaign(try harness.flow(flow(for: policy))) { row in
      row.settings.household = policy
    }
    expectPreviewed(draft, expected)
    #expect(outcome(try started(policy)) == expected)
  }

  @Test func `a campaign of before asks the first of each number, as it always did`() throws {
    try add("Meera", Self.phone)
    try add("Arjun", Self.phone)
    #expect(CampaignSettings().household == .contactOnly)
    #expect(
      outcome(try started(.contactOnly)) == ["Meera": "asked", "Arjun": "duplicate_phone Meera"])
  }

  @Test
  func `the contact of a telephone is whoever was chosen, else the first who may be written to`()
    throws
  {
    try add("Meera", Self.phone)
    try add("Arjun", Self.phone, role: "contact")
    try add("Late", Self.other) { $0.language = "fr" }
    try add("Tara", Self.other)
    let all = outcome(try started())
    #expect(all["Arjun"] == "asked" && all["Meera"] == "through_household Arjun")
    #expect(all["Tara"] == "asked" || all["Late"] == "asked")
  }

  @Test func `an unreachable or opted-out contact passes the role on before anybody is asked`()
    throws
  {
    let first = try add("Meera", Self.phone, household: "Rao", role: "contact")
    try add("Arjun", Self.other, household: "Rao")
    try add("Rohan", household: "Rao")
    try harness.write("stop", from: first)
    let all = outcome(try started())
    #expect(all == ["Meera": "opted_out", "Arjun": "asked", "Rohan": "through_household Arjun"])
  }

  @Test func `whose telephone fails is asked through the household`() throws {
    let first = try add("Meera", Self.phone, household: "Rao")
    try add("Arjun", Self.other, household: "Rao")
    var profile = GuestProfile()
    profile.unreachableSince = harness.now
    try harness.perform(update(first, profile))
    #expect(outcome(try started())["Meera"] == "through_household Arjun")
  }

  @Test func `who has no telephone and nobody to be asked through is told of`() throws {
    let first = try add("Meera", Self.phone, household: "Rao")
    try add("Rohan", household: "Rao")
    try harness.write("stop", from: first)
    #expect(outcome(try started()) == ["Meera": "opted_out", "Rohan": "no_phone"])
  }

  @Test func `at most fifteen are asked through one guest, those who came first`() throws {
    for number in 1...17 {
      try add("Guest \(number)", number % 3 == 0 ? "" : Self.phone, household: "Rao")
    }
    let all = outcome(try started())
    #expect(all.values.count { $0 == "asked" } == 1)
    #expect(all.values.count { $0 == "through_household Guest 1" } == 14)
    #expect(
      all["Guest 16"] == "household_full Guest 1" && all["Guest 17"] == "household_full Guest 1")
  }

  /// What the preview counts is what is free beside those who have joined already.
  @Test func `a preview of a campaign that runs counts those who are asked already`() throws {
    for number in 1...10 { try add("Guest \(number)", Self.phone) }
    let campaign = try started()
    for number in 11...18 { try add("Guest \(number)", Self.phone) }
    let count = AudienceCount(Audience(campaign: campaign, in: harness.state), in: harness.state)
    let leftOut = Dictionary(uniqueKeysWithValues: count.leftOut.map { ($0.code, $0.count) })
    #expect(leftOut == [.alreadyInCampaign: 10, .throughHousehold: 5, .householdFull: 3])
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.enrol()
    #expect(outcome(campaign).values.count { $0.hasPrefix("through_household") } == 14)
  }

  // MARK: What happens later

  private func update(_ guest: GuestID, _ profile: GuestProfile) -> UpdateGuest {
    UpdateGuest(
      guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil)
  }

  private func household() throws -> (meera: GuestID, arjun: GuestID, rohan: GuestID) {
    (
      try add("Meera", Self.phone, household: "Rao"),
      try add("Arjun", Self.phone, household: "Rao"),
      try add("Rohan", household: "Rao")
    )
  }

  @Test func `stop on a shared telephone stops all who are reached through it`() throws {
    let (meera, _, _) = try household()
    let campaign = try started()
    #expect(outcome(campaign)["Rohan"] == "through_household Meera")
    try harness.write("stop", from: meera)
    #expect(
      outcome(campaign) == [
        "Meera": "opted_out", "Arjun": "opted_out Meera", "Rohan": "opted_out Meera",
      ])
    try harness.restart(fromSnapshot: true)
  }

  @Test func `a contact whom nothing reaches passes the role on, and the log says so`() throws {
    let (meera, _, _) = try household()
    try add("Kiran", Self.other, household: "Rao")
    harness.keepsRecords = true
    let campaign = try harness.started(try askFlow()) { $0.settings.household = .together }
    let request = try #require(try harness.dispatch().first { $0.guest == meera })
    try harness.refuse(request, .recipient, code: 131_026)
    try harness.settle()
    #expect(
      outcome(campaign) == [
        "Meera": "asked", "Arjun": "through_household Kiran", "Rohan": "through_household Kiran",
        "Kiran": "asked",
      ])
    #expect(harness.kinds.count { $0 == .speakerChanged } == 2)
    try harness.restart(fromSnapshot: true)
  }

  @Test func `where nobody is left to ask, each is unreachable`() throws {
    let (meera, _, _) = try household()
    let campaign = try harness.started(try askFlow()) { $0.settings.household = .together }
    let request = try #require(try harness.dispatch().first { $0.guest == meera })
    try harness.refuse(request, .recipient, code: 131_026)
    try harness.settle()
    #expect(
      outcome(campaign) == [
        "Meera": "asked", "Arjun": "unreachable Meera", "Rohan": "no_phone Meera",
      ])
  }

  @Test(arguments: [false, true])
  func `the next of a household is asked once the one who was asked is deleted or erased`(
    isErased: Bool
  ) throws {
    let (meera, arjun, _) = try household()
    let campaign = try started()
    if isErased {
      try harness.perform(EraseGuest(guest: meera, sequence: 0))
    } else {
      try harness.perform(DeleteGuest(guest: meera))
    }
    try harness.settle()
    let execution = try harness.execution(of: arjun, in: campaign)
    #expect(harness.node(of: execution) == "wait")
    #expect(outcome(campaign)["Rohan"] == "through_household Arjun")
    #expect(harness.sent.count { $0.guest == arjun } == 1)
  }

  @Test func `who gets a telephone of their own is asked there`() throws {
    let (_, arjun, rohan) = try household()
    let campaign = try started()
    for (guest, phone) in [(arjun, UInt64(6_281_230_000_301)), (rohan, 6_281_230_000_302)] {
      var profile = GuestProfile()
      profile.phone = Phone(number: phone)
      try harness.perform(update(guest, profile))
      try harness.settle()
      #expect(harness.node(of: try harness.execution(of: guest, in: campaign)) == "wait")
      #expect(harness.sent.last?.to.number == phone)
    }
  }

  @Test
  func `who comes to an unfinished household is spoken for, and asked where its walk had ended`()
    throws
  {
    let (meera, _, _) = try household()
    let campaign = try started()
    let late = try add("Late", household: "Rao")
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.settle()
    #expect(outcome(campaign)["Late"] == "through_household Meera")
    try harness.tap("yes", at: "wait", of: try harness.execution(of: meera, in: campaign))
    #expect(harness.status(campaign) == .completed)
    // Whoever was asked about is not asked again; who came later was not asked about.
    let early = try harness.execution(of: late, in: campaign)
    #expect(
      harness.refusal(of: ControlExecution(execution: early, control: .retry))?.reason
        == "through_household")
    let later = try add("Later", Self.phone)
    harness.pass(.minutes(1))
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.settle()
    #expect(outcome(campaign)["Later"] == "through_household Meera")
    let execution = try harness.execution(of: later, in: campaign)
    try harness.control(execution, .retry)
    try harness.settle()
    #expect(harness.node(of: execution) == "wait")
  }

  @Test
  func
    `who loses their number is asked no more, and who is put into another household is asked there`()
    throws
  {
    let (_, _, rohan) = try household()
    try add("Kiran", Self.other, household: "Iyer")
    let campaign = try started()
    var profile = GuestProfile()
    profile.household = "Iyer"
    try harness.perform(update(rohan, profile))
    #expect(outcome(campaign)["Rohan"] == "through_household Kiran")
    let kiran = try harness.execution(of: harness.state[try harness.execution(of: rohan)].through)
    #expect(harness.state.members(spokenForBy: kiran) == [rohan])
    profile = GuestProfile()
    profile.phone = Phone.none
    try harness.perform(update(harness.state[kiran].guest, profile))
    #expect(harness.reason(of: kiran) == "no_phone")
    #expect(outcome(campaign)["Rohan"] == "no_phone Kiran")
  }

  // MARK: Texts

  private func namingFlow(_ text: String = "{{household.names(max: 40)}}: {{household.size}}")
    throws
    -> ChatflowDocument
  {
    try CampaignEngineTests.flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "\#(text)"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
        \#(replyEnds)
      """#,
      "start > ask, ask > wait, wait:yes > yes, wait:no > no, wait:timeout > timeout, wait:default > default"
    )
  }

  private func named(_ request: SendRequest) -> String? {
    harness.state[request.attempt.message].content.values.first
  }

  /// Those who are asked together may be far apart in the list.
  @Test func `the first text names all who are asked by it`() throws {
    harness.fullComparisonInterval = 200
    try add("Meera", Self.phone)
    try harness.guests(300)
    try add("Arjun", Self.phone)
    let last = try add("Rohan", household: "Iyer")
    try add("Kiran", Self.other, household: "Iyer")
    let campaign = try harness.campaign(try harness.flow(namingFlow())) { row in
      row.settings.household = .together
    }
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    while harness.members(of: campaign).isEmpty { try harness.perform(ContinueCampaigns()) }
    // The first leaves before the end of the list is looked at.
    #expect(harness.state.execution(of: last, in: campaign) == nil)
    #expect(try harness.dispatch().first.flatMap(named) == "Meera and Arjun: 2")
    try harness.enrol()
    #expect(harness.state[campaign].progress.enrolment?.done == 304)
    try harness.run(for: .minutes(5))
    #expect(harness.sent.compactMap(named).contains("Kiran and Rohan: 2"))
  }

  @Test func `a text that is too long for the longest household is told before the start`() throws {
    for number in 1...15 {
      try add("Guest \(number) \(String(repeating: "x", count: 80))", Self.phone)
    }
    let flow = try harness.flow(namingFlow("{{household.names}}"))
    let campaign = try harness.campaign(flow) { $0.settings.household = .together }
    let issues = CampaignReadiness(of: campaign, in: harness.state).issues
    #expect(issues.contains { $0.code == "too_long" && $0.message.contains("gst_1") })
    let start = StartCampaign(campaign: campaign, expectedEligible: nil)
    #expect(harness.refusal(of: start)?.reason == "too_long")
    let short = try harness.campaign(try harness.flow(namingFlow())) { row in
      row.settings.household = .together
    }
    #expect(
      !CampaignReadiness(of: short, in: harness.state).issues.contains { $0.code == "too_long" })
  }

  // MARK: Lists

  @Test func `a row without a phone needs a household, and is found again by it`() throws {
    var row = GuestRow()
    row.name = "Rohan"
    #expect(try harness.importRows([row]).first?.error?.reason == "required")
    row[.household] = .text("Rao")
    let first = try #require(try harness.importRows([row]).first)
    #expect(first.result == .created)
    row[.household] = .text("RAO")
    row.category = "family"
    let second = try #require(try harness.importRows([row]).first)
    #expect(second.result == .updated && second.guest == first.guest)
    row.subscription = "opted_out"
    #expect(try harness.importRows([row]).first?.warnings.map(\.code) == ["no_phone"])
  }

  @Test func `nobody can be left without both a phone and a household`() throws {
    let guest = try add("Rohan", household: "Rao")
    var profile = GuestProfile()
    profile.household = ""
    #expect(harness.refusal(of: update(guest, profile))?.field == "household")
    let other = try add("Meera", Self.phone)
    profile = GuestProfile()
    profile.phone = Phone.none
    #expect(harness.refusal(of: update(other, profile))?.field == "phone")
  }

  @Test func `nothing can be sent to somebody without a phone`() throws {
    let guest = try add("Rohan", household: "Rao")
    let message = WriteMessage(
      guest: guest, execution: .none, words: .text("Hello"), sendBy: nil)
    #expect(harness.refusal(of: message)?.reason == "no_phone")
  }
}
