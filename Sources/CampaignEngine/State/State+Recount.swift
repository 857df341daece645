/// Counters of a project and of its campaigns counted anew from the rows, in one walk: what those that
/// `apply` keeps must always equal.
struct Recount {
  let project: ProjectCounters
  let campaigns: Table<CampaignKind, CampaignCounters>

  init(ofProject space: UInt32, in state: State) {
    let rows = state.projects[space]
    var project = ProjectCounters()
    project.totals = CampaignCounters(unrecountedFrom: rows.counters.totals)
    var campaigns = rows.campaigns.derived { campaign in
      var counters = CampaignCounters(unrecountedFrom: campaign.counters)
      counters.funnel = campaign.counters.funnel.map { _ in FunnelCount() }
      return counters
    }
    for status in rows.campaigns.rows.compactMap(\.countedStatus) {
      project.campaigns[status.index] += 1
    }
    rows.guests.forEach { _, row in
      guard row.isCounted else { return }
      project.guests += 1
      GuestTally(row).count(1, in: &project.totals)
    }
    rows.executions.forEach { _, row in
      let tally = ExecutionTally(row)
      tally.count(in: &campaigns[row.campaign])
      GuestTally(rows.guests[row.guest]).count(1, in: &campaigns[row.campaign])
      for step in row.steps { campaigns[row.campaign].funnel[Int(step.node)].count(step, 1) }
      if state.countsForProject(row.campaign) { tally.count(in: &project.totals) }
    }
    rows.messages.forEach { _, row in
      let tally = MessageTally(row)
      if !row.campaign.isNone { tally.count(in: &campaigns[row.campaign]) }
      if state.countsForProject(row.campaign) { tally.count(in: &project.totals) }
    }
    (self.project, self.campaigns) = (project, campaigns)
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
    let recount = Recount(ofProject: space, in: self)
    projects[space].counters = recount.project
    for id in project.campaigns.ids(in: space) {
      projects[space].campaigns[id].counters = recount.campaigns[id]
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

extension State {
  /// A snapshot from before heads were counted by answer has guests without them.
  mutating func countHeadsIfUncounted(_ space: UInt32) {
    let project = projects[space]
    let counters = [project.counters.totals] + project.campaigns.rows.map(\.counters)
    guard counters.contains(where: { $0.categories.contains(where: \.lacksHeads) }) else { return }
    projects[space].counters.totals.forgetGuests()
    for id in project.campaigns.ids(in: space) {
      projects[space].campaigns[id].counters.forgetGuests()
    }
    project.guests.forEach { _, row in
      if row.isCounted { GuestTally(row).count(1, in: &projects[space].counters.totals) }
    }
    project.executions.forEach { _, row in
      GuestTally(project.guests[row.guest])
        .count(1, in: &projects[space].campaigns[row.campaign].counters)
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

  fileprivate mutating func forgetGuests() { (categories, stored) = ([], StoredSums()) }

  /// What no row tells: the rate, and how wide the buckets of the timeline have become.
  fileprivate init(unrecountedFrom kept: CampaignCounters) {
    self.init()
    (sentMinute, sentThisMinute) = (kept.sentMinute, kept.sentThisMinute)
    sentLastMinute = kept.sentLastMinute
    timeline = Timeline(asWideAs: kept.timeline)
  }
}
