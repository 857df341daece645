@testable import CampaignEngine

/// Nobody is lost in a household: whoever is said to be asked through somebody is, and whoever is neither
/// asked nor spoken for is told why, in a word from the list.
struct HouseholdAudit {
  let state: State

  static func faults(of state: State) -> [String] {
    let audit = HouseholdAudit(state: state)
    return state.projects.spaces.flatMap { space in
      state.projects[space].campaigns.ids(in: space).flatMap { audit.faults(of: $0) }
    }
  }

  private func faults(of campaign: CampaignID) -> [String] {
    let row = state[campaign]
    guard row.settings.household == .together, row.status == .completed, !row.isDeleted else {
      return []
    }
    return state.members(of: campaign).compactMap { fault(of: $0, in: campaign) }
  }

  private func fault(of id: ExecutionID, in campaign: CampaignID) -> String? {
    let row = state[id]
    guard row.status == .skipped, !state[row.guest].isDeleted else { return nil }
    let reason = state.projects[of: id].symbols[row.reason]
    if row.through.isNone {
      return reason.isEmpty ? "\(id.wireText) is skipped without a reason" : nil
    }
    guard state.isSpokenFor(id) else {
      let isKnown = LeftOutCode(rawValue: reason) != nil
      return isKnown ? nil : "\(id.wireText) is not spoken for any more: \(reason)"
    }
    guard let speaker = state.execution(of: row.through, in: campaign) else {
      return "\(id.wireText) is asked through somebody who is not in \(campaign.wireText)"
    }
    if state[speaker].steps.isEmpty {
      return "\(id.wireText) is asked through \(speaker.wireText), which is asked nothing"
    }
    if state.executions(spokenForBy: row.through, in: campaign).count(where: state.isSpokenFor)
      > Limits.householdMembers - 1
    {
      return "\(speaker.wireText) speaks for more than a household"
    }
    return nil
  }
}
