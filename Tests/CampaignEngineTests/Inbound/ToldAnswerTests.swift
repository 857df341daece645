import Testing
import Wire

import CampaignEngine

/// What a told answer means, and when it still does.
struct ToldAnswerTests {
  private let bench: ToldBench
  private var harness: EngineHarness { bench.harness }
  private var guest: GuestID { bench.guest }

  init() throws { bench = try ToldBench() }

  @Test func `the value of a choice wins over another's title`() throws {
    let campaign = try harness.started(
      try flow(
        #"""
        {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
          {"key": "table", "kind": "choice", "ask": {"*": "Table?"},
           "choices": [{"value": "1", "title": {"*": "2"}}, {"value": "2", "title": {"*": "1"}}]}]}},
        \#(replyEnds)
        """#, "start > form, form:submitted > done, form:timeout > timeout, form:invalid > failed"))
    try harness.write("hello", from: guest)
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.perform(bench.told(execution, bench.answers(("table", .text("2"))), at: "form"))
    #expect(harness.variable("table", of: execution) == "2")
  }

  @Test func `several answers of a form wait for the end of a pause, together or one by one`()
    throws
  {
    let execution = try bench.asked()
    try bench.answer(execution, "yes")
    try harness.pause(execution)
    try harness.perform(bench.told(execution, bench.answers(("count", .integer(3)))))
    try harness.perform(bench.told(execution, bench.answers(("menu", .text("veg")))))
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "attending")
    #expect(harness.state[guest].attendingCount == 3)
  }

  @Test func `an answer that fits no more when its pause ends is for somebody to look at`() throws {
    let execution = try bench.asked()
    try bench.answer(execution, "yes")
    try harness.pause(execution)
    let message = try #require(
      try harness.perform(bench.told(execution, bench.answers(("count", .integer(4))))).messages
        .first)
    try bench.change(guest) { $0.partySize = 2 }
    let count = harness.sent.count
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.state[message].disposition == .needsAttention && harness.sent.count == count)
    #expect(harness.node(of: execution) == "details")
  }

  @Test func `whoever has the number of another who is written to is not revived by an answer`()
    throws
  {
    let other = try harness.guest("Ben", phone: "+6281230000012")
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    let execution = try harness.execution(of: other, in: campaign)
    try bench.change(other) { $0.phone = harness.state[guest].phone }
    #expect(harness.reason(of: execution) == "duplicate_phone")
    #expect(harness.refusal(of: bench.told(execution, .reply("yes")))?.code == .invalidState)
  }

  @Test
  func `the answer that was given before is one, too, to a question that could not be delivered`()
    throws
  {
    let campaign = try harness.started(
      try asking(#", "late_change": "until_event""#))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try bench.answer(execution, "no")
    #expect(harness.outcome(of: execution) == "no")
    try harness.reset(execution, to: "ask")
    try harness.refuseNext(.recipient, code: 131026)
    #expect(harness.status(execution) == .failed)
    #expect(try bench.answer(execution, "no").hasReopened)
    #expect(harness.outcome(of: execution) == "no")
  }
}
