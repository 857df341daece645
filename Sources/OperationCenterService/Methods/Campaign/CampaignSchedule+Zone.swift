import CampaignEngine

extension CampaignSchedule {
  /// The rules of the schedule's own zone, as this machine knows them; nil for the project's.
  func zone(in center: isolated OperationCenter) throws -> ZoneRules? {
    guard let timeZone else { return nil }
    guard let rules = ZoneDatabase.rules(named: timeZone, around: center.now) else {
      throw Rejection.invalidParams(
        field: "schedule.time_zone", reason: "unknown_time_zone",
        "expected an IANA time zone such as Asia/Jakarta")
    }
    return rules
  }
}
