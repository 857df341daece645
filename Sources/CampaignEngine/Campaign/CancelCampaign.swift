/// Acts at once by the campaign's status; its executions follow in slices.
package struct CancelCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .cancel, done: "cancelled")
    engine.emit(
      CampaignStatusChanged(campaign: campaign, status: .cancelled, sweep: Sweep(.cancel)))
    engine.cancelReminders(of: campaign)
    engine.campaignHasEnded(campaign)
  }
}
