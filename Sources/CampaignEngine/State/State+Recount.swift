/// Counters counted anew from the rows: what those that `apply` keeps must always equal.
extension State {
  func recount(of id: CampaignID) -> CampaignCounters {
    let kept = self[id].counters
    var counters = CampaignCounters(unrecountedFrom: kept)
    counters.funnel = Array(repeating: FunnelCount(), count: kept.funnel.count)
    let project = projects[of: id]
    project.executions.forEach { _, row in
      guard row.campaign == id else { return }
      ExecutionTally(row).count(in: &counters)
      GuestTally(self[row.guest]).count(1, in: &counters)
      for step in row.steps { counters.funnel[Int(step.node)].count(step, 1) }
    }
    project.messages.forEach { _, row in
      if row.campaign == id { MessageTally(row).count(in: &counters) }
    }
    return counters
  }

  func recount(ofProject space: UInt32) -> ProjectCounters {
    let project = projects[space]
    var counters = ProjectCounters()
    counters.totals = CampaignCounters(unrecountedFrom: project.counters.totals)
    for status in project.campaigns.rows.compactMap(\.countedStatus) {
      counters.campaigns[status.index] += 1
    }
    project.guests.forEach { _, row in
      guard row.isCounted else { return }
      counters.guests += 1
      GuestTally(row).count(1, in: &counters.totals)
    }
    project.executions.forEach { _, row in
      if countsForProject(row.campaign) { ExecutionTally(row).count(in: &counters.totals) }
    }
    project.messages.forEach { _, row in
      if countsForProject(row.campaign) { MessageTally(row).count(in: &counters.totals) }
    }
    return counters
  }
}

extension State {
  /// Tests are outside the sums of their project.
  func countsForProject(_ campaign: CampaignID) -> Bool {
    campaign.isNone
      || projects[of: campaign].campaigns[campaign].testOf.isNone
  }

  /// A snapshot from before projects had counters says nothing of them, nor of the finer counts of
  /// its campaigns.
  mutating func countAnewIfUncounted(_ space: UInt32) {
    let project = projects[space]
    guard project.counters == ProjectCounters(), project.guests.count > 0 else { return }
    projects[space].counters = recount(ofProject: space)
    for id in project.campaigns.ids(in: space) {
      projects[space].campaigns[id].counters = recount(of: id)
    }
  }

  /// A snapshot from before dispositions were kept has no counts of them.
  mutating func countDispositionsIfUncounted(_ space: UInt32) {
    let project = projects[space]
    let counters = [project.counters.totals] + project.campaigns.rows.map(\.counters)
    guard counters.contains(where: { !$0.hasCountedDispositions }) else { return }
    let none = Array(repeating: 0, count: Disposition.allCases.count)
    projects[space].counters.totals.inboundByDisposition = none
    for id in project.campaigns.ids(in: space) {
      projects[space].campaigns[id].counters.inboundByDisposition = none
    }
    project.messages.forEach { _, row in
      guard let place = row.disposition?.index else { return }
      if countsForProject(row.campaign) {
        projects[space].counters.totals.inboundByDisposition[place] += 1
      }
      guard !row.campaign.isNone else { return }
      projects[space].campaigns[row.campaign].counters
        .inboundByDisposition[place] += 1
    }
  }
}

extension Campaign {
  /// The status under which its project counts it; nil for tests, and once it is deleted. What a
  /// deleted campaign sent stays sent, and what that cost stays spent.
  var countedStatus: CampaignStatus? { isDeleted || !testOf.isNone ? nil : status }
}

extension CampaignCounters {
  fileprivate var hasCountedDispositions: Bool {
    inboundByDisposition.reduce(0, +) == inboundRouted + inboundUnrouted
  }

  /// What no row tells: the rate, and how wide the buckets of the timeline have become.
  fileprivate init(unrecountedFrom kept: CampaignCounters) {
    self.init()
    (sentMinute, sentThisMinute) = (kept.sentMinute, kept.sentThisMinute)
    sentLastMinute = kept.sentLastMinute
    timeline = Timeline(asWideAs: kept.timeline)
  }
}
