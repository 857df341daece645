import TestRandom
import Testing

@testable import CampaignEngine

/// Whatever becomes of whoever is asked, nobody of a household is lost.
struct HouseholdChangeTests {
  private let harness: EngineHarness
  private static let phone = "+6281230000201"
  private static let other = "+6281230000202"

  init() throws { harness = try EngineHarness.wedding() }

  /// Rosa and Tiago share a phone, Ines has none, Joao has his own.
  private func family() throws -> (rosa: GuestID, tiago: GuestID, ines: GuestID, joao: GuestID) {
    (
      try harness.member("Rosa", Self.phone, household: "Lima", role: "Contact"),
      try harness.member("Tiago", Self.phone), try harness.member("Ines", household: "Lima"),
      try harness.member("Joao", Self.other, household: "Lima")
    )
  }

  private func started(
    _ document: ChatflowDocument? = nil, _ policy: HouseholdPolicy = .together,
    _ configure: (inout Campaign) -> Void = { _ in }
  ) throws -> CampaignID {
    try harness.started(try document ?? askFlow()) { row in
      row.settings.household = policy
      configure(&row)
    }
  }

  private func fail(_ guest: GuestID, _ errorClass: ErrorClass = .recipient, code: Int64 = 131_026)
    throws
  {
    let requests = try harness.dispatch()
    for request in requests {
      if request.guest == guest {
        try harness.refuse(request, errorClass, code: code)
      } else {
        try harness.accept(request)
      }
    }
    try harness.settle()
  }

  private func utility() throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "thank", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h"}}, \#(replyEnds)
      """#,
      "start > thank, thank > wait, wait:timeout > timeout, wait:default > done")
  }

  @Test func `who comes back speaks for the same as before`() throws {
    let (rosa, _, _, joao) = try family()
    try harness.perform(DeleteGuest(guest: joao))
    let campaign = try started()
    try fail(rosa)
    #expect(harness.places(in: campaign)["Tiago"] == "unreachable Rosa")
    try harness.change(rosa) { $0.unreachableSince = .zero }
    try harness.control(try harness.execution(of: rosa, in: campaign), .retry)
    #expect(
      harness.places(in: campaign) == [
        "Rosa": "asked", "Tiago": "through_household Rosa", "Ines": "through_household Rosa",
      ])
  }

  @Test func `who has the telephone that the contact has no longer is asked on it`() throws {
    let (rosa, tiago, _, joao) = try family()
    let campaign = try started()
    try harness.settle()
    try harness.change(rosa) { $0.phone = Phone.none }
    try harness.settle()
    #expect(
      harness.places(in: campaign) == [
        "Rosa": "through_household Joao", "Tiago": "asked", "Ines": "through_household Joao",
        "Joao": "asked",
      ])
    #expect(harness.sent.map(\.guest).suffix(1) == [tiago])
    _ = joao
  }

  @Test func `whose contact gets the number of somebody else is asked there with them`() throws {
    let (rosa, _, _, _) = try family()
    let nuno = try harness.member("Nuno", "+6281230000203")
    let campaign = try started()
    try harness.settle()
    try harness.change(rosa) { $0.phone = harness.state[nuno].phone }
    try harness.settle()
    let places = harness.places(in: campaign)
    #expect(places["Rosa"] == "through_household Nuno" && places["Tiago"] == "asked")
    #expect(
      places["Ines"] == "through_household Nuno" || places["Ines"] == "through_household Joao")
  }

  @Test func `whoever may not be written to at the last moment passes the role on`() throws {
    try harness.member("Rosa", Self.phone, household: "Lima")
    try harness.member("Tiago", Self.phone) { $0[.consentSource] = .text("paper form") }
    let campaign = try started()
    var change = SenderChange()
    change.requiresConsent = true
    try harness.perform(UpdateSender(sender: harness.sender, change: change))
    try harness.settle()
    #expect(harness.places(in: campaign) == ["Rosa": "no_consent", "Tiago": "asked"])
  }

  @Test func `where a failure leads on in the flow, the role is passed on as well`() throws {
    let (rosa, _, _, _) = try family()
    let document = try asking(edges: ", ask:failed > failed")
    let campaign = try started(document)
    try fail(rosa)
    let execution = try harness.execution(of: rosa, in: campaign)
    #expect(harness.status(execution) == .completed && harness.outcome(of: execution) == "failed")
    let places = harness.places(in: campaign)
    #expect(
      places["Ines"] == "through_household Joao" && places["Tiago"] == "through_household Joao")
  }

  @Test func `who has told WhatsApp to stop marketing before the first message passes the role on`()
    throws
  {
    let (rosa, _, _, _) = try family()
    let campaign = try started()
    try fail(rosa, .optOut, code: 131_050)
    #expect(harness.places(in: campaign)["Ines"] == "through_household Joao")
  }

  @Test(arguments: ["stop", "fail", "delete"])
  func `separately, who has no phone is asked through the next`(event: String) throws {
    let (rosa, _, _, _) = try family()
    let campaign = try started(try utility(), .separately)
    #expect(harness.places(in: campaign)["Ines"] == "through_household Rosa")
    switch event {
    case "stop": try harness.write("stop", from: rosa)
    case "fail": try fail(rosa)
    default: try harness.perform(DeleteGuest(guest: rosa))
    }
    let places = harness.places(in: campaign)
    #expect(
      places["Ines"] == (event == "stop" ? "through_household Joao" : "through_household Tiago")
        || places["Ines"] == "through_household Joao")
  }

  @Test func `who comes by themselves to a household that is asked is spoken for at once`() throws {
    let rosa = try harness.member("Rosa", Self.phone, household: "Lima")
    let campaign = try started { $0.settings.triggerType = .onGuest }
    try harness.settle()
    try harness.member("Tiago", Self.phone)
    try harness.member("Ines", household: "Lima")
    #expect(
      harness.places(in: campaign) == [
        "Rosa": "asked", "Tiago": "through_household Rosa", "Ines": "through_household Rosa",
      ])
    _ = rosa
  }

  @Test func `who came before anybody of the household could be asked is spoken for later`() throws
  {
    let campaign = try started { $0.settings.triggerType = .onGuest }
    try harness.member("Ines", household: "Lima")
    #expect(harness.places(in: campaign) == [:])
    try harness.member("Rosa", Self.phone, household: "Lima")
    #expect(harness.places(in: campaign)["Rosa"] == "asked")
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.enrol()
    #expect(harness.places(in: campaign)["Ines"] == "through_household Rosa")
  }

  @Test func `whose contact moves to another household is asked through the next`() throws {
    let (rosa, _, _, _) = try family()
    let campaign = try started()
    try harness.change(rosa) { $0.household = "Mendes" }
    #expect(harness.places(in: campaign)["Ines"] == "through_household Joao")
  }

  @Test func `a household that is full takes nobody in, however early they came`() throws {
    let early = try harness.member("Early", household: "Mendes")
    for number in 1...15 { try harness.member("Guest \(number)", Self.phone, household: "Lima") }
    try harness.member("Mike", Self.other, household: "Mendes")
    let campaign = try started()
    try harness.settle()
    try harness.change(early) { $0.household = "Lima" }
    let speaker = try harness.execution(of: GuestID(space: 0, counter: 2), in: campaign)
    #expect(harness.state.members(spokenForBy: speaker).count == 14)
    #expect(harness.places(in: campaign)["Early"] == "household_full Mike")
  }

  @Test func `stop from the other spelling of a number stops all who are asked on it`() throws {
    try harness.member("Ana", "+5491123456789")
    let second = try harness.member("Bia", "+541123456789")
    let campaign = try started()
    try harness.settle()
    #expect(harness.places(in: campaign)["Bia"] == "through_household Ana")
    try harness.write("stop", from: second)
    #expect(harness.places(in: campaign) == ["Ana": "opted_out", "Bia": "opted_out Ana"])
    let again = try started()
    #expect(harness.places(in: again).values.allSatisfy { $0 == "opted_out" })
  }

  @Test func `an answer from the other spelling is an answer`() throws {
    let first = try harness.member("Ana", "+5491123456789")
    let second = try harness.member("Bia", "+541123456789")
    let campaign = try started()
    try harness.settle()
    try harness.write("yes", from: second)
    #expect(harness.outcome(of: try harness.execution(of: first, in: campaign)) == "yes")
  }

  @Test func `what a telephone writes later is of the one who was asked on it`() throws {
    let (rosa, _, _, _) = try family()
    let campaign = try started()
    try harness.settle()
    try harness.tap("yes", at: "wait", of: try harness.execution(of: rosa, in: campaign))
    let result = try harness.write("Rosa here", from: rosa)
    #expect(harness.state[result.message].guest == rosa)
  }

  @Test func `the last contact who is deleted does not end the campaign of the others`() throws {
    let rosa = try harness.member("Rosa", Self.phone)
    try harness.member("Tiago", Self.phone)
    let campaign = try started()
    try harness.settle()
    try harness.perform(DeleteGuest(guest: rosa))
    #expect(harness.status(campaign) == .running)
    #expect(harness.kinds.count { $0 == .campaignStatusChanged } == 0)
  }

  @Test func `the last contact who gives up the telephone does not end the campaign of the others`()
    throws
  {
    let rosa = try harness.member("Rosa", Self.phone, household: "Lima")
    let tiago = try harness.member("Tiago", Self.phone, household: "Lima")
    let campaign = try started()
    try harness.settle()
    try harness.change(rosa) { $0.phone = Phone.none }
    try harness.settle()
    #expect(harness.node(of: try harness.execution(of: tiago, in: campaign)) == "wait")
    #expect(harness.places(in: campaign)["Rosa"] == "through_household Tiago")
    #expect(harness.kinds.count { $0 == .campaignStatusChanged } == 0)
  }

  @Test func `two who come to a telephone on which somebody was asked are asked once`() throws {
    let rosa = try harness.member("Rosa", Self.phone)
    let ines = try harness.member("Ines", household: "Lima")
    let joao = try harness.member("Joao", Self.other)
    let campaign = try started()
    try harness.settle()
    try harness.tap("yes", at: "wait", of: try harness.execution(of: rosa, in: campaign))
    for guest in [ines, joao] { try harness.change(guest) { $0.phone = harness.state[rosa].phone } }
    try harness.settle()
    let places = harness.places(in: campaign)
    #expect(places["Ines"] == "asked" && places["Joao"] == "through_household Ines")
  }

  @Test func `nobody is asked through somebody who has said stop`() throws {
    let rosa = try harness.member("Rosa", Self.phone, household: "Lima")
    let joao = try harness.member("Joao", Self.other, household: "Lima")
    let campaign = try started()
    try harness.settle()
    try harness.write("stop", from: rosa)
    try harness.member("Tiago", Self.phone)
    try harness.member("Ines", household: "Lima")
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.enrol()
    let places = harness.places(in: campaign)
    #expect(places["Tiago"] == "opted_out" && places["Ines"] == "through_household Joao")
    _ = joao
  }

  @Test func `who is to be asked through somebody who goes before they joined is not lost`() throws
  {
    let first = try harness.member("Ines", household: "Lima")
    try harness.guests(140)
    let contact = try harness.member("Rosa", Self.phone, household: "Lima", role: "contact")
    try harness.member("Joao", Self.other, household: "Lima")
    harness.fullComparisonInterval = 100
    let campaign = try harness.campaign(try harness.flow(askFlow())) { row in
      row.settings.household = .together
    }
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    while harness.state.execution(of: first, in: campaign) == nil {
      try harness.perform(ContinueCampaigns())
    }
    #expect(harness.places(in: campaign)["Ines"] == "through_household Rosa")
    try harness.perform(DeleteGuest(guest: contact))
    try harness.enrol()
    #expect(harness.places(in: campaign)["Ines"] == "through_household Joao")
  }

  /// The preview promises what the start does.
  @Test(arguments: HouseholdPolicy.allCases, [UInt64(1), 2, 3])
  func `a preview and an enrolment judge everybody alike`(policy: HouseholdPolicy, seed: UInt64)
    throws
  {
    var random = Random(seed: seed)
    harness.fullComparisonInterval = 50
    for life in 0..<12 {
      let phones = [
        "+5511987654321", "+551187654321", "+5511987654322", Self.phone, "+628123000\(life)9",
      ]
      for number in 0..<(4 + random.below(20)) {
        let household = random.pick(["", "", "Lima \(life)", "Rao \(life)"]) ?? ""
        let hasPhone = household.isEmpty || !random.chance(3)
        let guest = try harness.member(
          "\(life).\(number)", hasPhone ? random.pick(phones) ?? "" : "", household: household,
          role: random.chance(4) ? "contact" : "")
        if random.chance(6) { try harness.change(guest) { $0.unreachableSince = harness.now } }
        if hasPhone, random.chance(25) { try harness.write("stop", from: guest) }
      }
      let document = try utility()
      let campaign = try harness.campaign(try harness.flow(document)) { row in
        row.settings.household = policy
      }
      let previewed = harness.preview(of: campaign)
      try harness.start(campaign)
      #expect(harness.places(in: campaign) == previewed, "seed \(seed), life \(life)")
      try harness.perform(CancelCampaign(campaign: campaign))
      try harness.enrol()
    }
  }
}
