/// Lets the rest of the audience in after a first share, whatever has become of that; a campaign that is
/// paused is resumed.
package struct ContinueCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let row = try engine.campaign(campaign, allows: .continue, done: "continued")
    engine.emit(FirstShareContinued(campaign: campaign))
    if row.status == .paused {
      engine.emit(
        CampaignStatusChanged(campaign: campaign, status: .running, sweep: Sweep(.resume)))
    }
  }
}
