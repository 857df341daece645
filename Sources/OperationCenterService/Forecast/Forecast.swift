import CampaignEngine
import Gateways
import JSONRPC

/// How a campaign may go: a copy of the state is played once for each seed, with each kind of guests. It touches nothing but
/// the copy, so it may run on any thread.
struct Forecast: Sendable {
  let state: State
  let asOf: AsOf
  let campaign: CampaignID
  let seeds: Int
  /// Empty where the guests are as `simulator` says.
  var profiles: [SimulatedGuests.Profile] = []
  let simulator: SimulatorSettings
  var stop = StopFlag()
  /// Events of all seeds together: about a minute of work.
  var mostEvents = 50_000_000

  /// Whoever has not answered by then never will.
  private static let horizon = TimeSpan.days(400)
  /// A lane may be looked at without an event; a world that only does that stands still.
  private static let mostTurns = 50_000_000

  func run() throws -> ForecastView {
    guard let row = state.find(campaign) else {
      throw Rejection.notFound(campaign)
    }
    let action = try Self.action(for: row, campaign)
    var view = ForecastView(campaign, row.status, action, asOf)
    var workLeft = mostEvents
    guard !profiles.isEmpty else {
      view.runs = try runs(simulator, nil, action, &workLeft)
      view.spread = ForecastSpread(view.runs)
      return view
    }
    view.profiles = []
    for profile in profiles {
      var settings = simulator
      settings.guests = SimulatedGuests(profile)
      let runs = try runs(settings, profile, action, &workLeft)
      view.profiles?.append(ProfileForecast(profile, ForecastSpread(runs)))
      view.runs += runs
    }
    view.spread = ForecastSpread(view.runs)
    return view
  }

  private func runs(
    _ settings: SimulatorSettings, _ profile: SimulatedGuests.Profile?, _ action: CampaignAction?,
    _ workLeft: inout Int
  ) throws -> [ForecastRun] {
    let since = asOf.at + TimeSpan(milliseconds: -settings.longestStory.milliseconds)
    let attempts = state.openAttempts(since: since)
    var runs: [ForecastRun] = []
    for seed in 1...UInt64(seeds) {
      var world = SimulatedWorld(
        copyOf: state, attempts: attempts, at: asOf.at, seed: seed, settings: settings)
      switch action {
      case .start?: try world.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
      case .resume?: try world.perform(ResumeCampaign(campaign: campaign))
      case .continue?: try world.perform(ContinueCampaign(campaign: campaign))
      default: break
      }
      try play(&world, workLeft)
      workLeft -= world.eventCount
      var run = ForecastRun(seed: seed, campaign, in: world.engine.state)
      run.profile = profile
      runs.append(run)
    }
    return runs
  }

  /// What is taken to be done to the campaign at once; nil where it goes on by itself. Of a recurring
  /// campaign one run is played.
  private static func action(
    for row: Campaign, _ id: CampaignID
  ) throws -> CampaignAction? {
    if row.allowed.contains(.continue) { return .continue }
    switch row.status {
    case .draft: return .start
    case .scheduled: return row.settings.triggerType == .recurring ? .start : nil
    case .running: return nil
    case .paused: return .resume
    case .completed, .cancelled:
      throw Rejection.invalidState(
        id: id.wireText, action: "forecast", done: "forecast", status: row.status.rawValue,
        allowed: row.status.allowed.map(\.rawValue))
    }
  }

  private func play(_ world: inout SimulatedWorld, _ workLeft: Int) throws {
    let end = world.now + Self.horizon
    for _ in 0..<Self.mostTurns {
      if stop.isSet { throw RPCError.requestCancelled }
      guard world.eventCount <= workLeft else { break }
      if isOver(world.engine.state[campaign]) || !world.turn(until: end) { return }
    }
    throw Rejection.limitExceeded(
      "This forecast takes more than \(mostEvents) events; ask for fewer seeds.",
      reason: "forecast_work")
  }

  /// A campaign that takes guests in as they come may never end: nobody comes in a forecast.
  private func isOver(_ row: Campaign) -> Bool {
    let isStarted = row.status != .draft && row.status != .scheduled
    return isStarted && row.counters.open == 0 && row.progress.enrolment?.isFinished == true
      && row.progress.sweep == nil
  }
}
