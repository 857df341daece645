/// Lies over the executions without rewriting them: no timer, no reply and no message of the
/// campaign acts until it is resumed.
package struct PauseCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .pause, done: "paused")
    engine.emit(CampaignStatusChanged(campaign: campaign, status: .paused))
  }
}
