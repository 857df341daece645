import CampaignEngine
import Gateways
import JSONRPC
import Persistence

/// What happens by itself: timers, slices, sends, and what the gateway reports. All of it in the
/// order of its own times, so that a restart changes nothing.
extension OperationCenter {
  /// Does what is due, at most `limit` steps, and says whether more is. Where a turn ends depends on the
  /// clock of the machine, so that nobody waits long for an answer; what comes of it does not.
  @discardableResult
  package func work(limit: Int = 64, for span: Duration = .seconds(1)) -> Bool {
    turn.isStalled = journal?.ensureReserve() == false
    guard !turn.isStalled else {
      refuseCallsAfterWebhooks()
      return false
    }
    let end = ContinuousClock.now + span
    if turn.isRecoveryDue {
      do { try recoverAttempts() } catch { return false }
    }
    do { try workOffWebhooks(until: end) } catch {
      configuration.log("a webhook waits: \(error.sentence)")
      return false
    }
    for _ in 0..<limit {
      guard step() else {
        // Nothing is due: a time for what has no hurry.
        let isPacking = engine.packRestingRows()
        return isPacking || hasWebhooks && !isReadingWebhook
      }
      if ContinuousClock.now >= end { break }
    }
    return true
  }

  private func step() -> Bool {
    let now = clock.now()
    switch NextTurn(engine: engine.nextDue, gateway: gateway.nextDue, by: now) {
    case nil: return false
    case .reports(let due)?:
      take(gateway.takeReports(dueBy: due, limit: NextTurn.reportsPerTurn))
      return true
    case .engine(let due)?: return work(at: clock.moment(of: due), until: now)
    }
  }

  private func work(at moment: Timestamp, until now: Timestamp) -> Bool {
    let before = sequence
    advance(by: FireTimers(), at: moment)
    advance(by: ContinueCampaigns(), at: moment)
    advance(by: ContinueReminders(), at: moment)
    turn.outbound += advance(by: DispatchSends(), at: moment) ?? []
    // A simulated gateway forgets in a crash what the journal forgets, so it need not wait.
    if journal == nil || clock.isSimulated { handOver() }
    // Looking at a lane may move nothing; then there is nothing to wait for but the next instant.
    return sequence != before || (engine.nextDue ?? .distantFuture) <= now
  }

  private func take(_ reports: [GatewayReport]) {
    for report in reports {
      let moment = clock.moment(of: report.due)
      do {
        switch report.content {
        case .answer(let command): try perform(command, at: moment)
        case .status(let command): _ = try perform(command, at: moment)
        case .inbound(let command): _ = try perform(command, at: moment)
        }
      } catch {
        configuration.log("a report of the gateway was refused: \(error.sentence)")
      }
    }
  }

  /// Makes durable what the turn has changed, then hands attempts to the gateway and tells
  /// subscribers: never before.
  package func commit() throws {
    try journal?.commit()
    handOver()
    try keepWatermark()
    startSnapshotIfDue()
    tell()
  }

  /// Commits once the open group is large; for runs in which no reply waits for the disk.
  package func commitBySize() throws {
    if let bytes = journal?.openBytes, bytes >= 1 << 20 { try journal?.commit() }
  }

  private func handOver() {
    guard !turn.outbound.isEmpty else { return }
    gateway.send(turn.outbound, at: engine.state.now)
    turn.outbound.removeAll(keepingCapacity: true)
  }

  /// The watermark tells a torn last group from a damaged one; once a second is enough. A journal
  /// that does not sync every group is synced then, too.
  private func keepWatermark() throws {
    guard journal != nil, ContinuousClock.now - turn.lastWatermarkAt >= .seconds(1) else { return }
    turn.lastWatermarkAt = ContinuousClock.now
    try journal?.sync()
    do throws(JournalError) { try journal?.writeWatermark() } catch  where error.isFinal {
      throw error
    } catch {}
  }

  /// The next moment at which there is something to do.
  package var nextDue: Timestamp? {
    let webhook = isReadingWebhook ? nil : engine.state.webhooks.waiting.first?.receivedAt
    return [engine.nextDue, gateway.nextDue, webhook].compactMap { $0 }.min()
  }

  package var millisecondsToNextDue: Int64? {
    if subscriptions.hasUntold { return 0 }
    // On a full disk nothing that is due can be done: look again in a second, not at once.
    let next = nextDue.map { max(clock.milliseconds(until: $0), turn.isStalled ? 1000 : 0) }
    // Where groups are not synced as they are written, the last ones must not wait for the next call.
    let isAllSynced = (journal?.durableSequence ?? 0) == (journal?.lastSequence ?? 0)
    guard isAllSynced else { return min(next ?? 1000, 1000) }
    return [next, millisecondsToNextStatistics].compactMap { $0 }.min()
  }

  /// After a start: attempts that were under way have an unknown outcome, and the gateway is told of
  /// all whose story may go on.
  package func recover() throws {
    sayWhoseTime()
    turn.isRecoveryDue = true
    guard journal?.ensureReserve() != false else {
      configuration.log(
        "the disk has no room for changes; queries are answered, and the rest goes on once there is"
      )
      return
    }
    try recoverAttempts()
    try commit()
  }

  func recoverAttempts() throws {
    turn.isRecoveryDue = false
    let unknown = try perform(RecoverAttempts(), at: clock.moment(of: engine.state.now))
    if unknown > 0 {
      configuration.log(
        "\(unknown) sends were under way at the last stop; their outcome is unknown")
    }
    let horizon = engine.state.now + TimeSpan(milliseconds: -gateway.memory.milliseconds)
    let state = engine.state
    state.forEachAttempt(since: horizon) { request in
      gateway.resume(request, at: state.now) { state.knows($0) }
    }
  }

  /// In a simulated world everything may lie years away from now: nothing would fall due for long, or
  /// all of it at once.
  private func sayWhoseTime() {
    guard !clock.isSimulated, let recovery = journal?.recovery else { return }
    let newest = engine.state.now
    let place = newest == .zero ? "" : "; its newest change is of \(newest.wireText)"
    if recovery.isSimulated {
      configuration.log(
        """
        this data was made on a simulated clock and is served on the machine's\(place); name \
        --clock-start or --clock-rate to go on in its own time
        """)
    } else if newest > clock.now() + TimeSpan.days(1) {
      // An older program did not note down what made it.
      configuration.log("this data is ahead of the machine's clock\(place)")
    }
  }

  package func close(clean: Bool) throws { try journal?.close(clean: clean) }
}
