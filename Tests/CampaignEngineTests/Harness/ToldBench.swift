import Testing
import Wire

import CampaignEngine

/// A guest who is asked to a wedding, and an operator who is told the answers.
struct ToldBench {
  let harness: EngineHarness
  let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011") { $0[.partySize] = .integer(4) }
  }

  func told(
    _ execution: ExecutionID, _ answer: ToldAnswer, at node: String? = nil, isSilent: Bool = false
  ) -> AnswerForGuest {
    AnswerForGuest(
      execution: execution, node: node, answer: answer, channel: .phone, isSilent: isSilent)
  }

  @discardableResult
  func answer(
    _ execution: ExecutionID, _ handle: String, at node: String? = nil, isSilent: Bool = false
  ) throws -> AnswerForGuest.Result {
    try harness.perform(told(execution, .reply(handle), at: node, isSilent: isSilent))
  }

  func answers(_ entries: (String, Scalar)...) -> ToldAnswer {
    var answers = WireMap<Scalar>()
    for (key, value) in entries { answers[key] = value }
    return .questions(answers)
  }

  /// An execution that waits for the guest's answer to the invitation.
  func asked() throws -> ExecutionID {
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    return try harness.execution(of: guest, in: campaign)
  }

  /// Another phone or party size.
  func change(_ guest: GuestID, _ configure: (inout GuestProfile) -> Void) throws {
    var profile = GuestProfile()
    configure(&profile)
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil))
  }
}
