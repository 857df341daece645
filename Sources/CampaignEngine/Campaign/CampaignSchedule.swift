import Wire

/// When a campaign starts by the clock: once `at` a time, or again and again by `cron`, until
/// `ends_at`. A campaign that enrols guests as they come has only an end.
///
///     {"cron": "0 9 * * MON", "time_zone": "Asia/Jakarta", "overlap": "skip", "catch_up": "1h"}
package struct CampaignSchedule: WireObject, Equatable {
  package var at: Timestamp?
  package var cron: CronExpression?
  package var timeZone: String?
  package var overlap = Overlap.skip
  package var catchUp = TimeSpan.hours(1)
  package var endsAt: Timestamp?

  /// What a firing does while the one before it has not ended.
  package enum Overlap: String, WireEnum { case skip, queue }

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("at", &at, "Once, at this time; for trigger type scheduled.")
    try visit.field(
      "cron", &cron, "Again and again: minute, hour, day of month, month, day of week.")
    try visit.field(
      "time_zone", &timeZone, "IANA zone of the five fields; the project's if absent.",
      .length(1...64))
    try visit.field(
      "overlap", &overlap, "What a firing does while the one before it runs on.", .defaulted)
    try visit.field(
      "catch_up", &catchUp,
      "A start or a firing that was missed is made up for this long, then skipped.",
      .defaulted.pattern(.length))
    try visit.field("ends_at", &endsAt, "The last moment at which it fires, or enrols.")
  }
}

extension State {
  /// The next moment at which a schedule falls due after a time; nil where none is left.
  func nextFiring(of schedule: CampaignSchedule, in campaign: CampaignID, after time: Timestamp)
    -> Timestamp?
  {
    if let at = schedule.at { return at }
    guard let cron = schedule.cron else { return nil }
    let name = schedule.timeZone ?? project(of: campaign.space).row.timeZone
    guard let next = cron.next(after: time, in: zone(named: name) ?? .utc) else { return nil }
    if let endsAt = schedule.endsAt, next > endsAt { return nil }
    return next
  }

  /// The moment at which the clock acts on a campaign, and the alarm for it; zero for none.
  mutating func setNextAt(_ time: Timestamp, of campaign: CampaignID) {
    modify(campaign) { $0.clock.nextAt = time }
    addAlarm(.campaign, campaign.rawValue, at: time)
  }
}
