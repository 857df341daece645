import Testing
import Wire

import CampaignEngine

/// What people told us, and what they told WhatsApp, are two facts: each is lifted where it was said.
struct MarketingStopTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private var person: Person { harness.state.person(of: guest) }

  private func tellWhatsApp(wantsMarketing: Bool, at time: Timestamp? = nil) throws {
    try harness.perform(
      ReportPreference(
        sender: harness.sender, phone: harness.state[guest].phone, userID: nil,
        wantsMarketing: wantsMarketing, at: time ?? harness.now))
  }

  private func set(_ subscription: Subscription) throws {
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: GuestProfile(), rsvp: nil, attendingCount: nil,
        subscription: subscription, zone: nil))
  }

  @Test func `a stop at WhatsApp keeps marketing away, and nothing else`() throws {
    try tellWhatsApp(wantsMarketing: false)
    #expect(person.subscription == .noMarketing && person.ownSubscription == .subscribed)
    #expect(person.marketingStoppedAt == harness.now)
    try tellWhatsApp(wantsMarketing: true)
    #expect(person.subscription == .subscribed && person.marketingStoppedAt == nil)
  }

  @Test func `START lifts what was said to us, and not what was said to WhatsApp`() throws {
    try harness.write("stop", from: guest)
    try tellWhatsApp(wantsMarketing: false)
    #expect(person.subscription == .optedOut)
    let message = try harness.write("start", from: guest).message
    #expect(harness.state[message].disposition == .optedIn)
    #expect(person.subscription == .noMarketing && person.ownSubscription == .subscribed)
    try harness.restart(fromSnapshot: true)
    try tellWhatsApp(wantsMarketing: true)
    #expect(person.subscription == .subscribed)
  }

  @Test func `START of one who opted out nowhere is an answer like any other`() throws {
    let message = try harness.write("start", from: guest).message
    #expect(harness.state[message].disposition == .needsAttention)
  }

  @Test func `whoever resumes at WhatsApp has not taken back what they wrote to us`() throws {
    try harness.write("stop", from: guest)
    try tellWhatsApp(wantsMarketing: false)
    try tellWhatsApp(wantsMarketing: true)
    #expect(person.subscription == .optedOut)
  }

  @Test func `an operator cannot lift WhatsApp's stop, nor a list`() throws {
    try tellWhatsApp(wantsMarketing: false)
    try set(.subscribed)
    #expect(person.subscription == .noMarketing)
    try set(.optedOut)
    try set(.subscribed)
    #expect(person.subscription == .noMarketing)
  }

  @Test
  func `a resume that comes late does not undo a later stop, whatever was written to us between`()
    throws
  {
    try tellWhatsApp(wantsMarketing: false, at: harness.now + .minutes(-5))
    try harness.write("stop", from: guest)
    try harness.write("start", from: guest)
    try tellWhatsApp(wantsMarketing: true, at: harness.now + .minutes(-10))
    #expect(person.subscription == .noMarketing)
    // It was said before what was written to us, and after the stop.
    try tellWhatsApp(wantsMarketing: true, at: harness.now + .minutes(-1))
    #expect(person.subscription == .subscribed)
  }

  @Test func `whoever resumes at WhatsApp has not asked an operator`() throws {
    try tellWhatsApp(wantsMarketing: false)
    harness.pass(.minutes(1))
    try set(.noMarketing)
    harness.pass(.minutes(1))
    try tellWhatsApp(wantsMarketing: true)
    #expect(person.subscription == .noMarketing && !person.isMarketingStopped)
  }

  @Test
  func
    `what older programs kept of WhatsApp's word is lifted by a newer word, and by no older one`()
    throws
  {
    // They kept it as no_marketing.
    try set(.noMarketing)
    try tellWhatsApp(wantsMarketing: true, at: harness.now + .minutes(-1))
    #expect(person.subscription == .noMarketing)
    harness.pass(.minutes(1))
    try tellWhatsApp(wantsMarketing: true)
    #expect(person.subscription == .subscribed)
  }

  @Test func `a stop without a time is a stop`() throws {
    try tellWhatsApp(wantsMarketing: false, at: .zero)
    #expect(person.subscription == .noMarketing)
  }

  @Test func `a refusal for it is WhatsApp's word, too`() throws {
    try harness.started(try document(rsvpFlow))
    try harness.refuse(try #require(try harness.dispatch().first), .optOut, code: 131050)
    #expect(person.subscription == .noMarketing && person.isMarketingStopped)
    #expect(person.ownSubscription == .subscribed)
  }

  @Test func `campaigns that take guests in as they come take in whoever resumes`() throws {
    try tellWhatsApp(wantsMarketing: false)
    let campaign = try harness.started(try document(rsvpFlow)) {
      $0.settings.triggerType = .onGuest
    }
    #expect(harness.members(of: campaign).allSatisfy { harness.status($0) == .skipped })
    try tellWhatsApp(wantsMarketing: true)
    #expect(try harness.status(harness.execution(of: guest, in: campaign)) == .waiting)
  }

  @Test func `one who is known by two names keeps the stop of either`() throws {
    try tellWhatsApp(wantsMarketing: false)
    var content = MessageContent()
    (content.kind, content.text) = (.text, "hello")
    let other = try harness.guest("Ana again", phone: "+6281230000012")
    try harness.receive(content, from: harness.state[guest].phone, userID: "ID.7")
    try harness.receive(content, from: harness.state[other].phone, userID: "ID.7")
    #expect(harness.state.person(of: other).subscription == .noMarketing)
  }
}
