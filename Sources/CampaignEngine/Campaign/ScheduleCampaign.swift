/// Lets the clock start a campaign: once, or again and again.
package struct ScheduleCampaign: Command {
  package let campaign: CampaignID
  /// Replaces the campaign's own schedule; its kind decides the trigger.
  package let schedule: CampaignSchedule?
  /// The rules of the schedule's zone, as the machine that takes the command knows them.
  package let zone: ZoneRules?

  package init(campaign: CampaignID, schedule: CampaignSchedule?, zone: ZoneRules?) {
    (self.campaign, self.schedule, self.zone) = (campaign, schedule, zone)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let row = try engine.campaign(campaign, allows: .schedule, done: "scheduled")
    var settings = row.settings
    if let schedule {
      settings.schedule = schedule
      settings.triggerType = schedule.cron == nil ? .scheduled : .recurring
    }
    guard settings.triggerType == .scheduled || settings.triggerType == .recurring else {
      throw .invalidParams(
        field: "schedule", reason: "required",
        "expected at or cron; trigger type \(settings.triggerType.rawValue) has neither")
    }
    try engine.check(settings, space: campaign.space, zone: zone, needsTime: true)
    let next = engine.firstFiring(of: settings, campaign: campaign, zone: zone)
    if let zone { engine.record(zone) }
    if schedule != nil { engine.emit(CampaignUpdated(campaign: campaign, settings: settings)) }
    engine.emit(CampaignScheduled(campaign: campaign, status: .scheduled, nextAt: next))
  }
}

/// Takes a scheduled campaign off the clock; it is a draft again.
package struct UnscheduleCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .unschedule, done: "unscheduled")
    engine.emit(CampaignScheduled(campaign: campaign, status: .draft, nextAt: .zero))
  }
}

extension Engine {
  /// When a campaign that is scheduled now falls due; the zone may not be recorded yet.
  func firstFiring(
    of settings: CampaignSettings, campaign: CampaignID, zone: ZoneRules?
  ) -> Timestamp {
    guard let schedule = settings.schedule else { return .zero }
    if let at = schedule.at { return at }
    guard let cron = schedule.cron else { return .zero }
    let rules =
      zone
      ?? state.zone(named: schedule.timeZone ?? state.project(of: campaign.space).row.timeZone)
    return cron.next(after: state.now, in: rules ?? .utc) ?? .zero
  }

  /// Refuses settings that contradict one another, or that the project does not know.
  func check(
    _ settings: CampaignSettings, space: UInt32, zone: ZoneRules?, needsTime: Bool = false,
    isTimeKept: Bool = false
  ) throws(Rejection) {
    guard settings.chatflow.space == space, state.find(settings.chatflow) != nil else {
      throw .notFound(settings.chatflow)
    }
    try check(policies: settings)
    if let key = settings.event { _ = try state.project(of: space).row.place(of: key) }
    try settings.guestFilter.check(
      for: state.project(of: space), path: "guest_filter")
    try checkSchedule(
      settings, space: space, zone: zone, needsTime: needsTime, isTimeKept: isTimeKept)
  }

  /// How messages go: what can be changed while a campaign is under way.
  func check(policies settings: CampaignSettings) throws(Rejection) {
    if settings.sessionPolicy.mode == .holdFor,
      settings.sessionPolicy.duration.map({ $0 > .zero }) != true
    {
      throw .invalidParams(
        field: "session_policy.duration", reason: "required",
        "expected a duration such as 24h with mode hold_for")
    }
    if let unknown = settings.retry.unknown, unknown.after <= .zero {
      throw .invalidParams(
        field: "retry.unknown.after", reason: "too_short",
        "expected a duration such as 24h; found \(unknown.after.wireText)")
    }
  }

  private func checkSchedule(
    _ settings: CampaignSettings, space: UInt32, zone: ZoneRules?, needsTime: Bool,
    isTimeKept: Bool
  ) throws(Rejection) {
    let schedule = settings.schedule
    let hasTime = schedule?.at != nil || schedule?.cron != nil
    switch settings.triggerType {
    case .manual:
      guard schedule == nil else {
        throw .invalidParams(
          field: "schedule", reason: "unexpected",
          "expected no schedule with trigger type manual; use scheduled or recurring")
      }
    case .scheduled:
      if schedule?.cron != nil || (hasTime || needsTime) && schedule?.at == nil {
        throw .invalidParams(
          field: "schedule.at", reason: "required",
          "expected at, and no cron, with trigger type scheduled")
      }
      // A draft may keep a time that has passed; whoever sets the clock by it means another.
      if needsTime, !isTimeKept, let at = schedule?.at, at <= state.now {
        throw .invalidParams(
          field: "schedule.at", reason: "in_the_past",
          "expected a time that is still to come; a campaign can also be started at once")
      }
    case .recurring:
      guard let cron = schedule?.cron, schedule?.at == nil else {
        if schedule == nil, !needsTime { return }
        throw .invalidParams(
          field: "schedule.cron", reason: "required",
          "expected cron, and no at, with trigger type recurring")
      }
      let name = schedule?.timeZone ?? state.project(of: space).row.timeZone
      let rules = zone ?? state.zone(named: name) ?? .utc
      guard let first = cron.next(after: state.now, in: rules),
        schedule?.endsAt.map({ first <= $0 }) ?? true
      else {
        throw .invalidParams(
          field: "schedule.cron", reason: "never_fires",
          "expected a time that comes again\(schedule?.endsAt == nil ? "" : " before ends_at")")
      }
    case .onGuest:
      guard !hasTime else {
        throw .invalidParams(
          field: "schedule", reason: "unexpected",
          "expected ends_at only with trigger type on_guest")
      }
    }
  }
}
