package struct ResumeCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .resume, done: "resumed")
    engine.emit(
      CampaignStatusChanged(campaign: campaign, status: .running, sweep: Sweep(.resume)))
    // Guests who came to match meanwhile join now, unless its end has come, too.
    if engine.state[campaign].settings.triggerType == .onGuest, !engine.hasEnded(campaign) {
      engine.extendEnrolment(of: campaign, status: .running)
    }
  }
}
