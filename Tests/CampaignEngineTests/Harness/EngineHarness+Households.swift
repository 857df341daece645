import Testing
import CampaignEngine

/// Guests who share a telephone or a household, and what a campaign does with them.
extension EngineHarness {
  /// A guest who may have no phone.
  @discardableResult
  func member(
    _ name: String, _ phone: String = "", household: String = "", role: String = "",
    _ configure: (inout GuestRow) -> Void = { _ in }
  ) throws -> GuestID {
    try guest(name, phone: phone) { row in
      row[.household] = .text(household)
      row[.householdRole] = .text(role)
      configure(&row)
    }
  }

  /// Guests by name, with how each is dealt with: "asked", or the reason and the guest named.
  func places(in campaign: CampaignID) -> [String: String] {
    var found: [String: String] = [:]
    for execution in members(of: campaign) {
      let row = state[execution]
      let named = [row.through, row.duplicateOf].first { !$0.isNone }
      found[state[row.guest].name] =
        row.status == .skipped
        ? reason(of: execution) + (named.map { " \(state[$0].name)" } ?? "") : "asked"
    }
    return found
  }

  /// The same as a preview says it.
  func preview(of campaign: CampaignID) -> [String: String] {
    var found: [String: String] = [:]
    let audience = Audience(
      filter: GuestFilter(), graph: nil, campaign: .none, sendBy: nil, space: campaign.space,
      household: state[campaign].settings.household, in: state)
    let count = AudienceCount(
      audience, in: state,
      each: { guest, reasons, _ in
        let reason = reasons.first.map { first in
          first.code.rawValue + (first.guest.isNone ? "" : " \(self.state[first.guest].name)")
        }
        found[self.state[guest].name] = reason ?? "asked"
      })
    #expect(count.matched == count.eligible + count.leftOut.map(\.count).reduce(0, +))
    return found
  }

  func change(_ guest: GuestID, _ configure: (inout GuestProfile) -> Void) throws {
    var profile = GuestProfile()
    configure(&profile)
    try perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil
      ))
  }
}
