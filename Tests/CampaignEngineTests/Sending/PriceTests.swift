import Testing
import Wire

@testable import CampaignEngine

/// What messages cost: dated prices, the window, and free allotments.
struct PriceTests {
  private static let indonesia = Phone(number: 6_281_230_000_011)

  @Test func `a line may hold inside the window only, and a newer one ends it`() {
    var sender = Sender()
    let july = time("2025-07-01T00:00:00Z")
    let october = time("2026-10-01T00:00:00Z")
    sender.rates = [
      Rate(from: july, market: "", category: .utility, micros: 25),
      Rate(from: july, market: "", category: .utility, micros: 0, inWindow: true),
      Rate(from: july, market: "62", category: .marketing, micros: 41, inWindow: false),
      Rate(from: october, market: "", category: .utility, micros: 26),
    ]
    func price(_ category: PriceCategory, _ at: Timestamp, _ inWindow: Bool) -> Int64? {
      sender.price(of: category, to: Self.indonesia, at: at, inWindow: inWindow)
    }
    #expect(price(.utility, july, true) == 0)
    #expect(price(.utility, july, false) == 25)
    #expect(price(.utility, october, true) == 26)
    #expect(price(.utility, october, false) == 26)
    #expect(price(.marketing, october, true) == nil)
    #expect(price(.marketing, october, false) == 41)
    sender.rates.swapAt(0, 1)
    #expect(price(.utility, july, true) == 0)
  }

  @Test func `the free allotment of a month pays for deliveries until it is used up`() throws {
    let harness = EngineHarness(startingAt: time("2026-11-30T20:00:00Z"))
    try harness.makeSender { row in
      var allowance = Allowance()
      (allowance.category, allowance.perMonth) = (.utility, 2)
      row.allowances = [allowance]
    }
    try harness.makeProject()
    try harness.makeTemplates()
    try harness.guests(4)
    let note = try flow(
      #"{"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#,
      "start > send")
    let campaign = try harness.started(note)
    try harness.settle()
    // Nothing is delivered yet, so the estimate is what it would be for each alone.
    #expect(harness.state[campaign].counters.estimatedMicros == 0)
    for request in harness.sent.prefix(3) { try harness.report(request, .delivered) }
    try harness.report(harness.sent[2], .read)
    #expect(harness.state[campaign].counters.billedMicros == 25_000)
    #expect(harness.state[campaign].counters.unpricedMessages == 0)
    try harness.restart(fromSnapshot: true)
    let row = harness.state[harness.sender].row
    #expect(row.deliveries(of: .utility, inMonthOf: harness.now) == 3)
    // A new month, a new allotment; and what WhatsApp says overrules both.
    harness.now = time("2026-12-01T00:00:00Z")
    try harness.report(harness.sent[3], .delivered, billed: 7)
    #expect(harness.state[campaign].counters.billedMicros == 25_007)
    let after = harness.state[harness.sender].row
    #expect(after.deliveries(of: .utility, inMonthOf: harness.now) == 1)
    #expect(after.hasAllowance(for: .utility, at: harness.now))
    #expect(!after.hasAllowance(for: .utility, at: time("2026-11-30T23:59:59.999Z")))
    #expect(!after.hasAllowance(for: .service, at: harness.now))
  }

  @Test func `free text inside the allotment saves the whole template`() throws {
    let harness = EngineHarness()
    try harness.makeSender { row in
      var (old, new) = (Allowance(), Allowance())
      (old.perMonth, new.perMonth, new.from) = (0, 1000, time("2026-10-01T00:00:00Z"))
      row.allowances = [new, old]
    }
    try harness.makeProject()
    try harness.makeTemplates()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.write("hello", from: guest)
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    try harness.report(try #require(harness.sent.first), .delivered)
    let counters = harness.state[campaign].counters
    #expect((counters.billedMicros, counters.savedMicros) == (0, 41_100))
  }
}
