import TestRandom
import Testing
import Wire

@testable import CampaignEngine

/// What operators do, sensible or not: most of it may be refused, and then nothing may have changed.
extension Simulation {
  // MARK: Campaigns

  func createCampaign() throws {
    guard campaigns.count < 6, let flow = random.pick(flows) else { return }
    let settings = self.settings(flow)
    let campaign = try harness.perform(CreateCampaign(project: harness.project, row: settings))
    switch settings.settings.triggerType {
    case .scheduled, .recurring:
      _ = harness.refusal(of: ScheduleCampaign(campaign: campaign, schedule: nil, zone: nil))
    case .manual, .onGuest:
      // Some stay drafts, to be arranged later.
      if !random.chance(5) { try start(campaign) }
    }
  }

  /// Where the audience was counted before, it may have changed since.
  private func start(_ campaign: CampaignID) throws {
    var counted: CountedAudience?
    if random.chance(3) {
      let audience = Audience(campaign: campaign, graph: nil, in: harness.state)
      counted = AudienceCount(audience, in: harness.state).counted
      try random.chance(2) ? welcome() : changeGuest()
    }
    let first = random.chance(3) ? 1 + random.below(4) : nil
    _ = harness.refusal(
      of: StartCampaign(
        campaign: campaign, expectedEligible: nil, first: first,
        counted: first == nil ? counted : nil))
  }

  private func settings(_ flow: ChatflowID) -> Campaign {
    var row = Campaign()
    (row.settings.name, row.settings.chatflow) = ("Campaign", flow)
    if random.chance(3) {
      row.settings.sessionPolicy.mode = .holdFor
      row.settings.sessionPolicy.duration = .hours(10)
    }
    if random.chance(3) {
      row.settings.throttle = Throttle()
      row.settings.throttle?.perMinute = 2
    }
    if random.chance(6) { row.settings.sendBy = harness.now + .hours(30) }
    if let policy = random.pick([nil, .fail, .resend, .resend] as [UnknownOutcomePolicy.Policy?])
      ?? nil
    {
      row.settings.retry.unknown = UnknownOutcomePolicy()
      row.settings.retry.unknown?.policy = policy
      row.settings.retry.unknown?.after = .minutes(20)
    }
    if random.chance(3) { row.settings.guestFilter.categories = ["vip"] }
    if random.chance(8) { row.settings.guestFilter.tagsAny = ["asked"] }
    if random.chance(6) { row.settings.event = random.pick(["wedding", "dinner"]) }
    row.settings.household =
      random.pick([.together, .together, .contactOnly, .separately]) ?? .together
    (row.settings.triggerType, row.settings.schedule) = trigger()
    return row
  }

  private func trigger() -> (TriggerType, CampaignSchedule?) {
    var schedule = CampaignSchedule()
    switch random.below(6) {
    case 0:
      schedule.at = harness.now + .hours(Int64(random.below(40) - 4))
      return (.scheduled, schedule)
    case 1:
      schedule.cron = CronExpression(wireText: "0 */8 * * *")
      schedule.overlap = random.chance(2) ? .skip : .queue
      schedule.catchUp = .hours(Int64(random.below(20)))
      schedule.endsAt = harness.now + .hours(Int64(20 + random.below(60)))
      return (.recurring, schedule)
    case 2:
      schedule.endsAt = harness.now + .hours(Int64(random.below(200)))
      return (.onGuest, random.chance(2) ? nil : schedule)
    default: return (.manual, nil)
    }
  }

  func operate() throws {
    guard let campaign = random.pick(campaigns) else { return }
    switch random.below(9) {
    case 7, 8: _ = harness.refusal(of: ContinueCampaign(campaign: campaign))
    case 0...2: _ = harness.refusal(of: PauseCampaign(campaign: campaign))
    case 3...5: _ = harness.refusal(of: ResumeCampaign(campaign: campaign))
    default: _ = harness.refusal(of: CancelCampaign(campaign: campaign))
    }
  }

  /// What guests say on the phone, whether or not their flows ask for it.
  func answerForGuest() {
    guard let guest = random.pick(guests),
      let execution = random.pick(harness.state.executions(of: guest))
    else { return }
    let graph = harness.state.graph(of: harness.state[execution].campaign)
    let asking = graph.nodes.filter { $0.traits.contains(.asks) }
    let node = random.chance(3) ? random.pick(asking) : nil
    let likely = harness.state.likelyQuestion(of: execution).map { graph.nodes[$0] }
    guard let asked = node ?? likely ?? asking.first else { return }
    var answer = ToldAnswer.reply(random.pick(asked.data.replies.map(\.handle)) ?? "yes")
    if asked.data.questionKey(at: 0) != nil {
      var answers = WireMap<Scalar>()
      for index in 0..<(1 + random.below(3)) {
        guard let key = asked.data.questionKey(at: index), !random.chance(6) else { continue }
        let name = random.pick(asked.data.answerNames(to: index))
        answers[key] = random.chance(8) ? .text("who knows") : name.map { .text($0) } ?? .integer(1)
      }
      answer = .questions(answers)
    }
    _ = harness.refusal(
      of: AnswerForGuest(
        execution: execution, node: node?.id, answer: answer,
        channel: random.pick(ToldChannel.allCases) ?? .phone, isSilent: random.chance(2)))
  }

  /// Everything else that is done to campaigns.
  func arrange() throws {
    guard let campaign = random.pick(campaigns) else { return }
    switch random.below(13) {
    case 12: try moveEvent()
    case 0: _ = harness.refusal(of: DeleteCampaign(campaign: campaign))
    case 1: _ = harness.refusal(of: DuplicateCampaign(campaign: campaign, name: "Again"))
    case 2: _ = harness.refusal(of: UnscheduleCampaign(campaign: campaign))
    case 3:
      let (_, schedule) = trigger()
      _ = harness.refusal(of: ScheduleCampaign(campaign: campaign, schedule: schedule, zone: nil))
    case 4:
      guard let flow = random.pick(flows) else { return }
      let settings = self.settings(flow).settings
      _ = harness.refusal(of: UpdateCampaign(campaign: campaign, settings: settings, zone: nil))
    case 5: try start(campaign)
    case 6, 7:
      let named = random.chance(2) ? [random.pick(guests), random.pick(guests)] : nil
      _ = harness.refusal(of: AddGuests(campaign: campaign, guests: named?.compactMap { $0 }))
    case 8, 9: try migrate(campaign)
    default: try test(campaign)
    }
  }

  private func moveEvent() throws {
    var change = ProjectChange()
    change.events = harness.state.project(of: 0).row.events
    change.events?[0].startsAt = harness.now + .hours(Int64(random.below(900) - 100))
    _ = harness.refusal(of: UpdateProject(project: harness.project, change: change))
  }

  /// To a version with the same nodes, or with one of them under another name.
  private func migrate(_ campaign: CampaignID) throws {
    let chatflow = harness.state[campaign].settings.chatflow
    guard let version = harness.state.find(chatflow)?.versions.last else { return }
    var document = version.document
    var map: [(from: String, to: String)] = []
    if random.chance(2), let index = document.nodes.indices.randomElement(using: &random) {
      let name = document.nodes[index].id
      let renamed = name.hasSuffix("_x") ? String(name.dropLast(2)) : name + "_x"
      document.nodes[index].id = renamed
      for edge in document.edges.indices {
        if document.edges[edge].source == name { document.edges[edge].source = renamed }
        if document.edges[edge].target == name { document.edges[edge].target = renamed }
      }
      map = random.chance(3) ? [] : [(from: name, to: renamed)]
    }
    try harness.perform(
      SaveChatflow(
        project: harness.project, chatflow: chatflow, name: nil, document: document))
    do throws(Rejection) {
      let plan = try MigrationPlan(
        campaign: campaign, version: nil, map: map, in: harness.state)
      try harness.perform(MigrateCampaign(campaign: campaign, plan: plan))
    } catch {}
  }

  private func test(_ campaign: CampaignID) throws {
    guard campaigns.count < 20 else { return }
    var tester = GuestRow()
    (tester.name, tester.phone) = ("Tester", phone())
    _ = harness.refusal(
      of: TestCampaign(
        campaign: campaign, testers: [tester], timeScale: random.pick([1, 60, 100_000]) ?? 1,
        zones: []))
  }

  // MARK: Executions

  private func anyExecution() -> ExecutionID? {
    let count = harness.state.project(of: 0).executions.count
    guard count > 0 else { return nil }
    return ExecutionID(space: 0, counter: UInt32(1 + random.below(Int(count))))
  }

  func controlExecution() {
    guard let execution = anyExecution() else { return }
    let resume = ExecutionControl.resume(isExtended: random.chance(2))
    switch random.below(10) {
    case 0...2: control(execution, .pause)
    case 3...5: control(execution, resume)
    case 6, 7: control(execution, .retry)
    case 8: control(execution, .cancel)
    default: reset(execution)
    }
  }

  private func control(_ execution: ExecutionID, _ control: ExecutionControl) {
    _ = harness.refusal(of: ControlExecution(execution: execution, control: control))
  }

  private func reset(_ execution: ExecutionID) {
    let nodes = harness.state.graph(of: harness.state[execution].campaign).nodes
    guard let node = random.pick(nodes.map(\.id)),
      let kept = random.pick(KeptReplies.allCases)
    else { return }
    _ = harness.refusal(
      of: ResetExecution(execution: execution, node: node, keptReplies: kept))
  }

  /// At once, or in a slice that comes later: whatever happens between may change who is refused.
  func controlMany() {
    guard let campaign = random.pick(campaigns) else { return }
    var row = Bulk()
    row.campaign = campaign
    row.action = random.pick(BulkAction.allCases) ?? .pause
    row.isExtended = random.chance(2)
    let queries = ["execution.status = waiting", "category = vip", "execution.status = failed"]
    let chosen = harness.state.members(of: campaign).filter { _ in !random.chance(3) }
    let selection: StartBulk.Selection =
      random.chance(2)
      ? .query(random.pick(queries) ?? "")
      : .executions(chosen)
    var command = StartBulk(row: row, selection)
    if random.chance(2) { command.doneInCall = 0 }
    _ = harness.refusal(of: command)
  }

  // MARK: Guests

  /// New guests come during the campaigns.
  func welcome() throws {
    guard guests.count < 12 else { return try changeGuest() }
    let isVIP = random.chance(2)
    guests.append(
      try harness.guest("Guest \(guests.count)", phone: phone()) { row in
        joinHousehold(&row)
        row.category = isVIP ? "vip" : "family"
      })
  }

  // MARK: The end

  /// What recurs has no end of its own.
  func endRecurrence() throws {
    for campaign in campaigns {
      let row = harness.state[campaign]
      guard row.status == .scheduled, row.settings.triggerType == .recurring else { continue }
      try harness.perform(CancelCampaign(campaign: campaign))
    }
  }

  func resumeAll() throws {
    for campaign in campaigns where harness.state[campaign].status == .paused {
      try harness.perform(ResumeCampaign(campaign: campaign))
    }
    for campaign in campaigns where harness.state[campaign].allowed.contains(.continue) {
      // Those that nobody hurries come to their end by themselves first.
      let share = harness.state[campaign].progress.share
      guard share?.stage == .done || campaign.counter.isMultiple(of: 2) else { continue }
      try harness.perform(ContinueCampaign(campaign: campaign))
    }
    let executions = harness.state.project(of: 0).executions
    var paused: [ExecutionID] = []
    executions.forEach { counter, row in
      if row.status == .paused { paused.append(ExecutionID(space: 0, counter: counter)) }
    }
    for execution in paused {
      // A campaign that was cancelled or deleted sweeps them itself.
      guard harness.state.allowed(execution).contains(.resume),
        harness.state.find(execution) != nil
      else { continue }
      try harness.perform(
        ControlExecution(execution: execution, control: .resume(isExtended: false)))
    }
  }
}
