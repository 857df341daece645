import CampaignEngine

extension CampaignSchedule {
  /// The rules of the schedule's own zone, as this machine knows them; nil for the project's.
  func zone(in center: isolated OperationCenter) throws -> ZoneRules? {
    guard let timeZone else { return nil }
    return try ZoneDatabase.rules(
      named: timeZone, around: center.now, in: "schedule.time_zone")
  }
}
