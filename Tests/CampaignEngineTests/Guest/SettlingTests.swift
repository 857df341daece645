import Testing
import Wire

import CampaignEngine

/// An operator who enters an answer ends what still asks for it.
struct SettlingTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func update(_ rsvp: RSVP?, isSettling: Bool) -> UpdateGuest {
    UpdateGuest(
      guest: guest, profile: GuestProfile(), rsvp: rsvp, attendingCount: nil, subscription: nil,
      zone: nil, isSettling: isSettling)
  }

  private func asked() throws -> ExecutionID {
    let campaign = try harness.started(try document(rsvpFlow))
    return try harness.execution(of: guest, in: campaign)
  }

  @Test func `an open question ends with the outcome settled`() throws {
    let execution = try asked()
    try harness.settle()
    #expect(try harness.perform(update(.attending, isSettling: true)) == [execution])
    #expect(harness.status(execution) == .completed && harness.outcome(of: execution) == "settled")
    #expect(harness.status(harness.state[execution].campaign) == .completed)
    try harness.restart(fromSnapshot: true)
  }

  @Test func `an invitation that has not gone out is not sent any more`() throws {
    let execution = try asked()
    #expect(try harness.perform(update(.declined, isSettling: true)) == [execution])
    try harness.settle()
    #expect(harness.sent.isEmpty)
  }

  @Test func `without it the question stays open`() throws {
    let execution = try asked()
    try harness.settle()
    #expect(try harness.perform(update(.attending, isSettling: false)).isEmpty)
    #expect(harness.node(of: execution) == "answer" && harness.status(execution) == .waiting)
  }

  @Test func `a flow that asks for something else goes on`() throws {
    let campaign = try harness.started(try askFlow())
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.settle()
    #expect(try harness.perform(update(.attending, isSettling: true)).isEmpty)
    #expect(harness.status(execution) == .waiting)
  }

  @Test func `it needs an answer, and pending is none`() throws {
    #expect(harness.refusal(of: update(nil, isSettling: true))?.field == "settle")
    #expect(harness.refusal(of: update(.pending, isSettling: true))?.field == "settle")
  }

  @Test func `no way out was taken, so a late change of mind counts`() throws {
    let execution = try asked()
    try harness.settle()
    try harness.perform(update(.declined, isSettling: true))
    #expect(harness.state[execution].steps.last?.exit == .stopped)
    try harness.tap("yes", at: "answer", of: execution)
    #expect(harness.node(of: execution) == "details" && harness.state[guest].rsvp == .attending)
  }

  @Test func `what is still to ask, days later, does not ask any more`() throws {
    let execution = try asked()
    try harness.settle()
    try harness.tap("maybe", at: "answer", of: execution)
    #expect(harness.node(of: execution) == "think")
    #expect(try harness.perform(update(.attending, isSettling: true)) == [execution])
    let count = harness.sent.count
    try harness.run(for: .days(5))
    #expect(harness.sent.count == count)
  }

  @Test func `one that is about to be set going ends, too`() throws {
    let execution = try asked()
    try harness.settle()
    try harness.perform(PauseCampaign(campaign: harness.state[execution].campaign))
    try harness.reset(execution, to: "invite")
    #expect(harness.status(execution) == .pending)
    #expect(try harness.perform(update(.attending, isSettling: true)) == [execution])
  }

  @Test func `a question about something else is not ended`() throws {
    let execution = try asked()
    try harness.settle()
    try harness.tap("yes", at: "answer", of: execution)
    #expect(harness.node(of: execution) == "details")
    #expect(try harness.perform(update(.attending, isSettling: true)).isEmpty)
    #expect(harness.status(execution) == .waiting)
  }

  @Test func `who does not come is not asked how many come`() throws {
    let execution = try asked()
    try harness.settle()
    try harness.tap("yes", at: "answer", of: execution)
    #expect(try harness.perform(update(.declined, isSettling: true)) == [execution])
  }

  @Test func `a late question that waits is not sent`() throws {
    let execution = try asked()
    try harness.settle()
    try harness.tap("maybe", at: "answer", of: execution)
    try harness.write("let me think", from: guest)
    try harness.perform(update(.attending, isSettling: true))
    let count = harness.sent.count
    try harness.settle()
    #expect(harness.sent.count == count)
  }
}
