import CampaignEngine
import Gateways

/// A copy of the state with simulated guests on a clock of its own: the main loop without journal
/// and protocol. Whatever happens in it happens nowhere else.
struct SimulatedWorld {
  private(set) var engine: Engine
  private var simulator: Simulator
  private(set) var now: Timestamp
  /// Events so far: the work that was done.
  private(set) var eventCount = 0

  /// - Parameter attempts: those that were under way, on which the simulated WhatsApp reports.
  init(
    copyOf state: State, attempts: [OpenAttempt], at time: Timestamp, seed: UInt64,
    settings: SimulatorSettings
  ) {
    engine = Engine(state: state.carriedBySimulator(), keepsEvents: false)
    simulator = Simulator(seed: seed, settings: settings)
    now = max(time, state.now)
    simulator.takeOver(attempts, at: now)
  }

  @discardableResult
  mutating func perform<C: Command>(_ command: C) throws(C.Refusal) -> C.Result {
    defer { eventCount += engine.takeEvents().count }
    return try engine.perform(command, at: now)
  }

  /// One turn, to whose time the clock is set. Returns false where nothing is due any more by then.
  mutating func turn(until end: Timestamp) -> Bool {
    let due = [engine.state.nextDue, simulator.nextDue].compactMap { $0 }.min()
    guard let due, due <= end else { return false }
    now = max(now, due)
    switch NextTurn(engine: engine.state.nextDue, gateway: simulator.nextDue, by: now) {
    case nil: return false
    case .reports(let due)?:
      for report in simulator.takeReports(dueBy: due, limit: NextTurn.reportsPerTurn) {
        take(report)
      }
    case .engine?:
      perform(FireTimers())
      perform(ContinueCampaigns())
      perform(ContinueReminders())
      simulator.send(perform(DispatchSends()), at: now)
    }
    return true
  }

  /// What the engine refuses to take, such as a message that it knows, changes nothing.
  private mutating func take(_ report: GatewayReport) {
    switch report.content {
    case .answer(let command): try? perform(command)
    case .status(let command): _ = try? perform(command)
    case .inbound(let command): _ = try? perform(command)
    }
  }
}
