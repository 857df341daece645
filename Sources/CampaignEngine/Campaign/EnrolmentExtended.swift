import Wire

/// Guests who came to match later join a campaign: the audience is judged once more, and who is in
/// already stays as they are.
struct EnrolmentExtended: Event {
  static let kind = EventKind.enrolmentExtended
  var campaign = CampaignID.none
  var status = CampaignStatus.running
  var enrolment = Enrolment()
  var from = CampaignStatus.running

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("status", &status, "Its state from now on.")
    try visit.field("enrolment", &enrolment, "Who will be judged.")
    try visit.field("from", &from, "Its state before.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { row in
      row.status = status
      row.progress.enrolment = enrolment
      if status == .running { row.endedAt = .zero }
    }
  }
}

extension EnrolmentExtended {
  static var publicData: (any PublicData.Type)? { CampaignStatusData.self }

  mutating func complete(from state: State) { from = state[campaign].status }

  /// Those who join are told of one by one.
  func publish(in state: State) -> PublicEvent? {
    from == status
      ? nil : PublicEvent(CampaignStatusData(from: from, to: status), campaign: campaign)
  }
}
