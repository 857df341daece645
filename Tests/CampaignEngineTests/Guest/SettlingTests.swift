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

  @Test func `it needs an answer`() throws {
    #expect(harness.refusal(of: update(nil, isSettling: true))?.field == "settle")
  }
}
