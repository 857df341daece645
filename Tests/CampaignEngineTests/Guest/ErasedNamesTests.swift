import Testing
import Wire

@testable import CampaignEngine

/// What is left of a number that was erased: nothing, or a keyed hash by which it is left alone.
struct ErasedNamesTests {
  private let harness: EngineHarness
  private static let phone = "+6281230000003"
  private static let number = Phone(number: 6_281_230_000_003)

  init() throws { harness = try EngineHarness.wedding() }

  private func erase(_ guest: GuestID) throws {
    try harness.perform(EraseGuest(guest: guest, sequence: 7))
    try harness.restart(fromSnapshot: true)
    #expect(harness.state[harness.sender].personsByPhone[Self.number] == nil)
  }

  private var hashCount: Int { harness.state[harness.sender].personsByDigest.count }

  private func subscription(of guest: GuestID) -> Subscription {
    harness.state.person(of: guest).subscription
  }

  @Test(
    arguments: [
      ("stop", Subscription.optedOut, 1), ("no marketing", .noMarketing, 1),
      ("hello", .subscribed, 0),
    ])
  func `what a number did not want holds when it comes again`(
    word: String, subscription: Subscription, hashes: Int
  ) throws {
    let guest = try harness.guest("Citra", phone: Self.phone) {
      if subscription == .noMarketing { $0.subscription = "no_marketing" }
    }
    if subscription != .noMarketing { try harness.write(word, from: guest) }
    try erase(guest)
    #expect(hashCount == hashes)
    let again = try harness.guest("Citra", phone: Self.phone)
    #expect(self.subscription(of: again) == subscription)
    #expect(hashCount == 0)
    // And once more: what was recognised is hashed again.
    try erase(again)
    #expect(hashCount == hashes)
  }

  @Test(arguments: [false, true])
  func `an erased number is not written to twice in a campaign`(isDeletedBefore: Bool) throws {
    let guest = try harness.guest("Ana", phone: Self.phone)
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    if isDeletedBefore { try harness.perform(DeleteGuest(guest: guest)) }
    try erase(guest)
    let second = try harness.guest("Ana", phone: Self.phone)
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.enrol()
    try harness.settle()
    let execution = try harness.execution(of: second, in: campaign)
    #expect(harness.reason(of: execution) == "duplicate_phone")
    // Of the erased guest nothing is told, not even that it was this number.
    #expect(harness.state[execution].duplicateOf == .none)
    #expect(harness.sent.count == 1)
  }

  @Test func `nothing is left of a number once no campaign may write to it`() throws {
    let guest = try harness.guest("Ana", phone: Self.phone)
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    try harness.perform(CancelCampaign(campaign: campaign))
    try erase(guest)
    #expect(hashCount == 0)
  }

  @Test func `who writes again is known by the hash, and stays opted out`() throws {
    let guest = try harness.guest("Citra", phone: Self.phone)
    try harness.write("stop", from: guest)
    try erase(guest)
    var content = MessageContent()
    (content.kind, content.text) = (.text, "Hello?")
    try harness.receive(content, from: Self.number)
    let sender = harness.state[harness.sender]
    let person = try #require(sender.personsByPhone[Self.number])
    #expect(sender.persons[person].subscription == .optedOut)
  }

  @Test func `a user id is known by its hash too, and brings the opt-out to its new number`() throws
  {
    var content = MessageContent()
    (content.kind, content.text) = (.text, "stop")
    let guest = try harness.guest("Citra", phone: Self.phone)
    try harness.receive(content, from: Self.number, userID: "ID.citra")
    try erase(guest)
    #expect(hashCount == 2)
    let other = try harness.guest("Citra", phone: "+6281230000004")
    content.text = "Hello?"
    try harness.receive(content, from: Phone(number: 6_281_230_000_004), userID: "ID.citra")
    #expect(subscription(of: other) == .optedOut)
  }

  @Test func `a corrected number and a tester's are looked up as well`() throws {
    let guest = try harness.guest("Citra", phone: Self.phone)
    try harness.write("stop", from: guest)
    try erase(guest)
    let other = try harness.guest("Dewi", phone: "+6281230000009")
    var profile = GuestProfile()
    profile.phone = Self.number
    try harness.perform(
      UpdateGuest(
        guest: other, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil
      ))
    #expect(subscription(of: other) == .optedOut)
  }

  @Test func `the other spelling of an erased number is the same number`() throws {
    let guest = try harness.guest("Bia", phone: "+5511981234567")
    try harness.write("stop", from: guest)
    try harness.perform(EraseGuest(guest: guest, sequence: 7))
    let again = try harness.guest("Bia", phone: "+551181234567")
    #expect(subscription(of: again) == .optedOut)
  }

  @Test func `another key gives another hash, and none shows the number`() {
    let hashes = [[], [1], [2]].map { Engine(secret: $0).digest(of: Self.number) }
    #expect(Set(hashes).count == 3)
    #expect(hashes.allSatisfy { $0.utf8.count == 64 && !$0.contains(Self.number.digits) })
  }
}
