import Testing

import CampaignEngine

/// Whom of a household a campaign writes to.
struct HouseholdTests {
  private let harness: EngineHarness
  private static let phone = "+6281230000201"
  private static let other = "+6281230000202"

  init() throws { harness = try EngineHarness.wedding() }

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

  /// What the preview says of everybody is what the enrolment does.
  private func expectPreviewed(_ campaign: CampaignID, _ expected: [String: String]) {
    #expect(harness.preview(of: campaign) == expected)
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
    try harness.member("Meera", Self.phone, household: "Rao")
    try harness.member("Tara", Self.phone)
    try harness.member("Rohan", household: "rao")
    try harness.member("Arjun", Self.other, household: "Rao", role: "contact")
    let expected = others.merging(["Arjun": "asked"]) { one, _ in one }
    let draft = try harness.campaign(try harness.flow(flow(for: policy))) { row in
      row.settings.household = policy
    }
    expectPreviewed(draft, expected)
    #expect(harness.places(in: try started(policy)) == expected)
  }

  @Test func `a campaign of before asks the first of each number, as it always did`() throws {
    try harness.member("Meera", Self.phone)
    try harness.member("Arjun", Self.phone)
    #expect(CampaignSettings().household == .contactOnly)
    #expect(
      harness.places(in: try started(.contactOnly)) == [
        "Meera": "asked", "Arjun": "duplicate_phone Meera",
      ])
  }

  @Test
  func `the contact of a telephone is whoever was chosen, else the first who may be written to`()
    throws
  {
    try harness.member("Meera", Self.phone)
    try harness.member("Arjun", Self.phone, role: "contact")
    try harness.member("Late", Self.other) { $0.language = "fr" }
    try harness.member("Tara", Self.other)
    let all = harness.places(in: try started())
    #expect(all["Arjun"] == "asked" && all["Meera"] == "through_household Arjun")
    #expect(all["Tara"] == "asked" || all["Late"] == "asked")
  }

  @Test func `an unreachable or opted-out contact passes the role on before anybody is asked`()
    throws
  {
    let first = try harness.member("Meera", Self.phone, household: "Rao", role: "contact")
    try harness.member("Arjun", Self.other, household: "Rao")
    try harness.member("Rohan", household: "Rao")
    try harness.write("stop", from: first)
    let all = harness.places(in: try started())
    #expect(all == ["Meera": "opted_out", "Arjun": "asked", "Rohan": "through_household Arjun"])
  }

  @Test func `a number from which somebody once answered is not a telephone of theirs`() throws {
    let meera = try harness.member("Meera", "+5215512345678")
    let first = try started()
    let execution = try #require(harness.state.execution(of: meera, in: first))
    var content = MessageContent()
    content.payload = ButtonPayload(execution: execution, node: "ask", handle: "yes").text
    let foreign = try #require(Phone(wireText: "+5215512345679"))
    try harness.receive(content, from: foreign)
    let person = harness.state.person(of: meera)
    #expect(person.otherPhones == [foreign])
    // The number of that answer, spelled otherwise.
    try harness.member("Arjun", "+525512345679")
    try harness.member("Tara", "+525512345679")
    let campaign = try harness.campaign(harness.flow(askFlow())) { row in
      row.settings.household = .together
    }
    let expected = ["Meera": "asked", "Arjun": "asked", "Tara": "through_household Arjun"]
    expectPreviewed(campaign, expected)
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    try harness.settle()
    #expect(harness.places(in: campaign) == expected)
  }

  @Test func `whose telephone fails is asked through the household`() throws {
    let first = try harness.member("Meera", Self.phone, household: "Rao")
    try harness.member("Arjun", Self.other, household: "Rao")
    var profile = GuestProfile()
    profile.unreachableSince = harness.now
    try harness.perform(update(first, profile))
    #expect(harness.places(in: try started())["Meera"] == "through_household Arjun")
  }

  @Test func `who has no telephone and nobody to be asked through is told of`() throws {
    let first = try harness.member("Meera", Self.phone, household: "Rao")
    try harness.member("Rohan", household: "Rao")
    try harness.write("stop", from: first)
    #expect(harness.places(in: try started()) == ["Meera": "opted_out", "Rohan": "no_phone"])
  }

  @Test func `at most fifteen are asked through one guest, those who came first`() throws {
    for number in 1...17 {
      try harness.member("Guest \(number)", number % 3 == 0 ? "" : Self.phone, household: "Rao")
    }
    let all = harness.places(in: try started())
    #expect(all.values.count { $0 == "asked" } == 1)
    #expect(all.values.count { $0 == "through_household Guest 1" } == 14)
    #expect(
      all["Guest 16"] == "household_full Guest 1" && all["Guest 17"] == "household_full Guest 1")
  }

  /// What the preview counts is what is free beside those who have joined already.
  @Test func `a preview of a campaign that runs counts those who are asked already`() throws {
    for number in 1...10 { try harness.member("Guest \(number)", Self.phone) }
    let campaign = try started()
    for number in 11...18 { try harness.member("Guest \(number)", Self.phone) }
    let count = AudienceCount(Audience(campaign: campaign, in: harness.state), in: harness.state)
    let leftOut = Dictionary(uniqueKeysWithValues: count.leftOut.map { ($0.code, $0.count) })
    #expect(leftOut == [.alreadyInCampaign: 10, .throughHousehold: 5, .householdFull: 3])
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.enrol()
    #expect(harness.places(in: campaign).values.count { $0.hasPrefix("through_household") } == 14)
  }

  // MARK: What happens later

  private func update(_ guest: GuestID, _ profile: GuestProfile) -> UpdateGuest {
    UpdateGuest(
      guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil)
  }

  private func household() throws -> (meera: GuestID, arjun: GuestID, rohan: GuestID) {
    (
      try harness.member("Meera", Self.phone, household: "Rao"),
      try harness.member("Arjun", Self.phone, household: "Rao"),
      try harness.member("Rohan", household: "Rao")
    )
  }

  @Test func `stop on a shared telephone stops all who are reached through it`() throws {
    let (meera, _, _) = try household()
    let campaign = try started()
    #expect(harness.places(in: campaign)["Rohan"] == "through_household Meera")
    try harness.write("stop", from: meera)
    #expect(
      harness.places(in: campaign) == [
        "Meera": "opted_out", "Arjun": "opted_out Meera", "Rohan": "opted_out Meera",
      ])
    try harness.restart(fromSnapshot: true)
  }

  @Test func `a contact whom nothing reaches passes the role on, and the log says so`() throws {
    let (meera, _, _) = try household()
    try harness.member("Kiran", Self.other, household: "Rao")
    harness.keepsRecords = true
    let campaign = try harness.started(try askFlow()) { $0.settings.household = .together }
    let request = try #require(try harness.dispatch().first { $0.guest == meera })
    try harness.refuse(request, .recipient, code: 131_026)
    try harness.settle()
    #expect(
      harness.places(in: campaign) == [
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
      harness.places(in: campaign) == [
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
    #expect(harness.places(in: campaign)["Rohan"] == "through_household Arjun")
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
    let late = try harness.member("Late", household: "Rao")
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.settle()
    #expect(harness.places(in: campaign)["Late"] == "through_household Meera")
    try harness.tap("yes", at: "wait", of: try harness.execution(of: meera, in: campaign))
    #expect(harness.status(campaign) == .completed)
    // Whoever was asked about is not asked again; who came later was not asked about.
    let early = try harness.execution(of: late, in: campaign)
    #expect(
      harness.refusal(of: ControlExecution(execution: early, control: .retry))?.reason
        == "through_household")
    let later = try harness.member("Later", Self.phone)
    harness.pass(.minutes(1))
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.settle()
    #expect(harness.places(in: campaign)["Later"] == "through_household Meera")
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
    try harness.member("Kiran", Self.other, household: "Iyer")
    let campaign = try started()
    var profile = GuestProfile()
    profile.household = "Iyer"
    try harness.perform(update(rohan, profile))
    #expect(harness.places(in: campaign)["Rohan"] == "through_household Kiran")
    let kiran = try harness.execution(of: harness.state[try harness.execution(of: rohan)].through)
    #expect(harness.state.members(spokenForBy: kiran) == [rohan])
    profile = GuestProfile()
    profile.phone = Phone.none
    try harness.perform(update(harness.state[kiran].guest, profile))
    #expect(harness.reason(of: kiran) == "no_phone")
    #expect(harness.places(in: campaign)["Rohan"] == "no_phone Kiran")
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
    let guest = try harness.member("Rohan", household: "Rao")
    var profile = GuestProfile()
    profile.household = ""
    #expect(harness.refusal(of: update(guest, profile))?.field == "household")
    let other = try harness.member("Meera", Self.phone)
    profile = GuestProfile()
    profile.phone = Phone.none
    #expect(harness.refusal(of: update(other, profile))?.field == "phone")
  }

  @Test func `nothing can be sent to somebody without a phone`() throws {
    let guest = try harness.member("Rohan", household: "Rao")
    let message = WriteMessage(
      guest: guest, execution: .none, words: .text("Hello"), sendBy: nil)
    #expect(harness.refusal(of: message)?.reason == "no_phone")
  }
}
