/// What the clock does to campaigns: starts them, fires those that recur, ends those that take guests
/// in as they come.
extension Engine {
  /// A campaign's own time has come.
  mutating func campaignFallsDue(_ id: CampaignID, at due: Timestamp) {
    guard let row = state.find(id), row.clock.nextAt == due else { return }
    switch row.status {
    case .scheduled where row.settings.triggerType == .recurring: fire(id, due: due)
    case .scheduled where isMissed(row.settings.schedule, due: due):
      // An invitation for the morning is not to come at night: an operator decides.
      emit(CampaignStatusChanged(campaign: id, status: .draft, pauseReason: "missed"))
    case .scheduled: startByClock(id)
    case .running:
      lookAtShare(of: id)
      completeCampaignIfDone(id)
    case .draft, .paused, .completed, .cancelled: break
    }
  }

  /// What would refuse an operator's start makes a draft of the campaign again, with the reason.
  private mutating func startByClock(_ id: CampaignID) {
    do throws(Rejection) {
      let plan = try state.startPlan(for: id)
      let audience = Audience(campaign: id, graph: plan.graph, in: state)
      if canJudgeAll(audience), let issue = AudienceCount(audience, in: state).textIssue {
        throw Rejection.notReady(issue.message, reason: issue.code)
      }
      start(id, by: plan)
    } catch {
      emit(
        CampaignStatusChanged(
          campaign: id, status: .draft, pauseReason: "not_ready:\(error.reason ?? "unknown")"))
    }
  }

  /// A firing that the service comes to later than it may be made up for. The turn in which it falls
  /// due may itself be a moment late.
  private func isMissed(_ schedule: CampaignSchedule?, due: Timestamp) -> Bool {
    guard let schedule else { return false }
    return state.now > due + max(schedule.catchUp, Limits.firingGrace)
  }

  private mutating func fire(_ id: CampaignID, due: Timestamp) {
    let row = state[id]
    guard let schedule = row.settings.schedule else { return }
    let isMissed = self.isMissed(schedule, due: due)
    // Whatever else was missed longer ago than is made up for is passed over in one step.
    let after = isMissed ? state.now + TimeSpan(milliseconds: -schedule.catchUp.milliseconds) : due
    let next = state.nextFiring(of: schedule, in: id, after: max(due, after)) ?? .zero
    if isMissed {
      emit(CampaignFired(campaign: id, result: .missed, nextAt: next))
    } else if hasRun(row) || row.clock.queuedFirings > 0 {
      let isQueued = schedule.overlap == .queue && row.clock.queuedFirings < Limits.queuedFirings
      emit(CampaignFired(campaign: id, result: isQueued ? .queued : .overlapped, nextAt: next))
    } else {
      run(id, .ran, nextAt: next)
    }
    endIfSpent(id)
  }

  /// True while its newest run goes on. One that could not start is a draft, and holds up nobody.
  private func hasRun(_ row: Campaign) -> Bool {
    guard !row.clock.lastRun.isNone else { return false }
    return [.running, .paused].contains(state[row.clock.lastRun].status)
  }

  /// Each firing is a campaign of its own, so that one execution per guest and campaign stays true.
  private mutating func run(_ id: CampaignID, _ result: FiringResult, nextAt: Timestamp) {
    let project = state.project(of: id.space)
    guard project.campaigns.count < Limits.campaignsPerProject else {
      let isQueued = result == .ranFromQueue
      return emit(
        CampaignFired(campaign: id, result: isQueued ? .fullFromQueue : .full, nextAt: nextAt))
    }
    var row = Campaign()
    row.settings = state[id].settings
    (row.settings.triggerType, row.settings.schedule) = (.manual, nil)
    row.clock.recurrenceOf = id
    row.settings.name = "\(row.settings.name) \(localMinute(id))"
    let child = CampaignID(space: id.space, counter: project.campaigns.nextCounter)
    emit(CampaignCreated(project: id.space, row: row))
    emit(CampaignFired(campaign: id, result: result, run: child, nextAt: nextAt))
    startByClock(child)
  }

  private func localMinute(_ id: CampaignID) -> String {
    let name = state[id].settings.schedule?.timeZone ?? state.project(of: id.space).row.timeZone
    let local = (state.zone(named: name) ?? .utc).local(state.now)
    return "\(local.date) \(TimeOfDay(minutes: local.millisecondOfDay / 60_000).wireText)"
  }

  /// A recurring campaign ends when no firing is left and none waits.
  private mutating func endIfSpent(_ id: CampaignID) {
    let row = state[id]
    guard row.status == .scheduled, row.clock.nextAt == .zero, row.clock.queuedFirings == 0 else {
      return
    }
    emit(CampaignStatusChanged(campaign: id, status: .completed))
  }

  /// The end of one run lets the next one that waits begin.
  mutating func campaignHasEnded(_ id: CampaignID) {
    let parent = state[id].clock.recurrenceOf
    guard !parent.isNone, state.find(parent)?.clock.lastRun == id else { return }
    // One that ends at once, or cannot start, makes room for the next.
    while let row = state.find(parent), row.status == .scheduled, row.clock.queuedFirings > 0,
      !hasRun(row)
    {
      run(parent, .ranFromQueue, nextAt: row.clock.nextAt)
    }
    endIfSpent(parent)
  }
}
