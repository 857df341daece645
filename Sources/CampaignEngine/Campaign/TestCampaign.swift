/// Lets testers walk the real flow: in a campaign of its own that no list and no sum of the project
/// counts, with waits that are shorter by a factor.
package struct TestCampaign: Command {
  package let campaign: CampaignID
  package let testers: [GuestRow]
  /// Waits and delays last one part in so many of their time.
  package let timeScale: Int64
  package let zones: [ZoneRules]

  package init(campaign: CampaignID, testers: [GuestRow], timeScale: Int64, zones: [ZoneRules]) {
    (self.campaign, self.testers) = (campaign, testers)
    (self.timeScale, self.zones) = (timeScale, zones)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> CampaignID {
    guard let original = engine.state.find(campaign) else {
      throw .notFound(campaign)
    }
    let id = try engine.nextCampaign(in: campaign.space)
    // What would refuse the start refuses the test, too.
    _ = try engine.state.startPlan(for: campaign)
    let profiles = try read(in: engine.state)
    let guests = engine.addTesters(profiles, space: campaign.space)
    var row = Campaign()
    row.settings = original.settings
    (row.settings.triggerType, row.settings.schedule, row.settings.sendBy) = (.manual, nil, nil)
    (row.testOf, row.timeScale) = (campaign, timeScale)
    row.settings.guestFilter = GuestFilter()
    row.settings.guestFilter.guestIDs = guests
    engine.emit(CampaignCreated(project: campaign.space, row: row))
    // Nothing that the check above has seen has changed since.
    if let plan = try? engine.state.startPlan(for: id) { engine.start(id, by: plan) }
    return id
  }

  private func read(in state: State) throws(Rejection) -> [GuestProfile] {
    let project = state.project(of: campaign.space)
    let reader = GuestRowReader(project: project.row, zones: zones)
    var profiles: [GuestProfile] = []
    for (index, row) in testers.enumerated() {
      do throws(RowFault) {
        let changes = try reader.read(row, symbols: project.symbols)
        guard changes.profile.phone != nil else {
          throw RowFault(field: "phone", reason: "required", message: "expected a phone number")
        }
        guard changes.profile.name != nil else {
          throw RowFault(field: "name", reason: "required", message: "expected a name")
        }
        var profile = changes.profile
        // The caller's keys belong to their guests.
        profile.externalID = nil
        profile.answers = changes.answers(from: Guest())
        profiles.append(profile)
      } catch {
        throw .invalidParams(
          field: "testers[\(index)].\(error.field)", reason: error.reason, error.message)
      }
    }
    return profiles
  }
}

extension Engine {
  fileprivate mutating func addTesters(_ profiles: [GuestProfile], space: UInt32) -> [GuestID] {
    profiles.map { profile in
      let id = GuestID(space: space, counter: state.project(of: space).guests.nextCounter)
      recognise(profile.phone, at: state.senderID(ofSpace: space))
      emit(GuestCreated(project: space, profile: profile, isTester: true))
      return id
    }
  }

  func scaled(_ span: TimeSpan, in campaign: CampaignID) -> TimeSpan {
    state.scaled(span, in: campaign)
  }
}

extension State {
  /// A wait as long as a test of the campaign lets it be.
  func scaled(_ span: TimeSpan, in campaign: CampaignID) -> TimeSpan {
    let scale = self[campaign].timeScale
    guard scale > 1, span > .zero else { return span }
    return TimeSpan(milliseconds: max(span.milliseconds / scale, 1000))
  }
}
