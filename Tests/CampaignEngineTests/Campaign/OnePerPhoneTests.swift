import Testing

import CampaignEngine

struct OnePerPhoneTests {
  private let harness: EngineHarness
  private static let phone = "+6281230000201"

  init() throws { harness = try EngineHarness.wedding() }

  private func invited() throws -> (GuestID, CampaignID) {
    let guest = try harness.guest("Ana", phone: Self.phone)
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    #expect(harness.sent.count == 1)
    // So that the campaign stays open.
    return (guest, campaign)
  }

  private func again(_ name: String = "Ana", in campaign: CampaignID) throws -> ExecutionID {
    let guest = try harness.guest(name, phone: Self.phone)
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.enrol()
    try harness.settle()
    return try harness.execution(of: guest, in: campaign)
  }

  private func correct(_ guest: GuestID, to phone: UInt64) throws {
    var profile = GuestProfile()
    profile.phone = Phone(number: phone)
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil
      ))
  }

  @Test(arguments: ["Ana", "Another"], [false, true])
  func `who was deleted and is imported again is not written to twice`(
    name: String, restarts: Bool
  ) throws {
    let (guest, campaign) = try invited()
    try harness.perform(DeleteGuest(guest: guest))
    if restarts { try harness.restart(fromSnapshot: true) }
    let second = try again(name, in: campaign)
    #expect(harness.reason(of: second) == "duplicate_phone")
    #expect(harness.state[second].duplicateOf == guest)
    #expect(harness.sent.count == 1)
    let retry = ControlExecution(execution: second, control: .retry)
    #expect(harness.refusal(of: retry)?.reason == "duplicate_phone")
  }

  @Test(
    arguments: [
      ("+5511981234567", "+551181234567"), ("+5215512345678", "+525512345678"),
      ("+5491123456789", "+541123456789"),
    ], [false, true])
  func `two spellings of one number get one execution`(
    numbers: (String, String), isTurned: Bool
  ) throws {
    let both = isTurned ? [numbers.1, numbers.0] : [numbers.0, numbers.1]
    let first = try harness.guest("Bia", phone: both[0])
    var row = GuestRow()
    (row.name, row.phone) = ("Bia S.", both[1])
    let item = try #require(try harness.importRows([row]).first)
    #expect(item.warnings.map(\.code) == ["shared_phone"])
    #expect(item.warnings.first?.guests == [first])
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    #expect(harness.sent.count == 1)
    #expect(
      harness.reason(of: try harness.execution(of: item.guest, in: campaign)) == "duplicate_phone")
    // And one who comes later, after the first is gone.
    try harness.perform(DeleteGuest(guest: first))
    try harness.perform(DeleteGuest(guest: item.guest))
    let third = try harness.guest("Bianca", phone: both[1])
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.enrol()
    try harness.settle()
    #expect(
      harness.reason(of: try harness.execution(of: third, in: campaign)) == "duplicate_phone")
    #expect(harness.sent.count == 1)
  }

  @Test func `landlines of Brazil have one spelling`() throws {
    try harness.guest("Bia", phone: "+551131234567")
    try harness.guest("Caio", phone: "+5511931234567")
    try harness.started(try askFlow())
    try harness.settle()
    #expect(harness.sent.count == 2)
  }

  @Test func `a number that is corrected to its other spelling is not asked again`() throws {
    let guest = try harness.guest("Bia", phone: "+5511981234567")
    try harness.started(try askFlow())
    try harness.settle()
    try correct(guest, to: 551_181_234_567)
    try harness.settle()
    #expect(harness.sent.count == 1)
  }

  @Test func `named guests and those who join by themselves are no exception`() throws {
    let (guest, campaign) = try invited()
    try harness.perform(DeleteGuest(guest: guest))
    let second = try harness.guest("Ana", phone: Self.phone)
    try harness.perform(AddGuests(campaign: campaign, guests: [second]))
    try harness.settle()
    let joining = try harness.started(try askFlow()) { $0.settings.triggerType = .onGuest }
    try harness.settle()
    #expect(harness.sent.count == 2)
    try harness.perform(DeleteGuest(guest: second))
    let third = try harness.guest("Ana", phone: Self.phone)
    try harness.settle()
    #expect(harness.sent.count == 2)
    #expect(harness.state.execution(of: third, in: joining).map { harness.status($0) } != .waiting)
  }

  @Test func `a number that was corrected stays written to`() throws {
    let (guest, campaign) = try invited()
    try correct(guest, to: 6_281_230_000_299)
    let second = try again("Ben", in: campaign)
    #expect(harness.reason(of: second) == "duplicate_phone")
    #expect(harness.state[second].duplicateOf == guest)
    #expect(harness.status(try harness.execution(of: guest)) == .waiting)
  }

  @Test func `a number that is corrected to another guest's ends the second execution`() throws {
    let first = try harness.guest("Ana", phone: Self.phone)
    let second = try harness.guest("Ben", phone: "+6281230000202")
    try harness.started(try askFlow())
    try harness.settle()
    try correct(second, to: 6_281_230_000_201)
    let execution = try harness.execution(of: second)
    #expect(harness.reason(of: execution) == "duplicate_phone")
    #expect(harness.state[execution].duplicateOf == first)
    let retry = ControlExecution(execution: execution, control: .retry)
    #expect(harness.refusal(of: retry)?.reason == "duplicate_phone")
    // What comes to the number now is the first one's answer.
    try harness.write("yes", from: first)
    #expect(harness.status(try harness.execution(of: first)) == .completed)
  }

  @Test func `who was deleted before anything left is invited when they come again`() throws {
    let guest = try harness.guest("Ana", phone: Self.phone)
    try harness.guest("Ben", phone: "+6281230000202")
    let campaign = try harness.started(try askFlow())
    try harness.perform(DeleteGuest(guest: guest))
    let second = try again(in: campaign)
    #expect(harness.status(second) == .waiting)
    #expect(harness.sent.count == 2)
  }

  @Test func `a message that certainly came to nobody ties nobody, one of unknown outcome does`()
    throws
  {
    for isUnknown in [false, true] {
      let harness = try EngineHarness.wedding()
      let guest = try harness.guest("Ana", phone: Self.phone)
      try harness.guest("Ben", phone: "+6281230000202")
      let campaign = try harness.started(try askFlow())
      let request = try #require(try harness.dispatch().first { $0.guest == guest })
      if isUnknown { try harness.lose(request) } else { try harness.refuse(request, .payload) }
      try harness.perform(DeleteGuest(guest: guest))
      let second = try harness.guest("Ana", phone: Self.phone)
      try harness.perform(AddGuests(campaign: campaign, guests: nil))
      try harness.settle()
      let execution = try harness.execution(of: second, in: campaign)
      #expect((harness.reason(of: execution) == "duplicate_phone") == isUnknown)
    }
  }

  @Test func `another campaign writes to the number once more`() throws {
    let (guest, _) = try invited()
    try harness.perform(DeleteGuest(guest: guest))
    try harness.guest("Ana", phone: Self.phone)
    try harness.started(try askFlow())
    try harness.settle()
    #expect(harness.sent.count == 2)
  }
}
