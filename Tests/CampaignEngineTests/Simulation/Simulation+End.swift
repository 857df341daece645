import TestRandom
import Testing
import Wire

@testable import CampaignEngine

/// Whether everything comes to its end.
extension Simulation {
  /// Everything that is open is answered and the clock runs: then nothing may be left waiting.
  func finish() throws {
    try endRecurrence()
    try workOffWebhooks()
    for number in 0..<3 { try setTemplate(number, .approved) }
    for _ in 0..<1500 where !harness.hasFault {
      // A bulk operation that is still under way may pause some again.
      try harness.enrol()
      try resumeAll()
      try harness.enrol()
      try harness.perform(FireTimers())
      while harness.state.busyReminders.first != nil { try harness.perform(ContinueReminders()) }
      try dispatch()
      try settleAll()
      guard let due = harness.nextDue else {
        // What has paused itself just now is resumed in the next round.
        if campaigns.contains(where: { harness.state[$0].status == .paused }) { continue }
        break
      }
      harness.now = max(harness.now, due)
    }
    harness.verify(isFull: true)
    if random.chance(4) { try harness.restart(fromSnapshot: true) }
    checkRemindersEnd()
    for campaign in campaigns { checkEnd(of: campaign) }
    for fault in EventSumsAudit.faults(of: harness.state) { check(false, fault) }
    for fault in HouseholdAudit.faults(of: harness.state) { check(false, fault) }
  }

  func checkEnd(of campaign: CampaignID) {
    let row = harness.state[campaign]
    // Who takes guests in as they come never ends by itself, and a draft has not begun.
    let isOpenByNature = row.settings.triggerType == .onGuest && row.status == .running
    check(
      row.status.isEnded || row.isDeleted || row.status == .draft || isOpenByNature,
      "\(campaign.wireText) is left \(row.status)")
    for id in harness.state.members(of: campaign) {
      let execution = harness.state[id]
      check(execution.status.isEnded, "\(id.wireText) never ends: \(describe(execution))")
    }
    let messages = row.counters.messages
    let queued = messages[MessageStatus.queued.index] + messages[MessageStatus.pending.index]
    check(queued == 0, "\(campaign.wireText) leaves messages in a lane: \(left(by: campaign))")
    if let enrolment = row.progress.enrolment, row.status == .completed {
      check(enrolment.done == enrolment.total, "\(campaign.wireText) has not met all of its guests")
    }
  }

  private func left(by campaign: CampaignID) -> String {
    var found: [String] = []
    harness.state.project(of: campaign.space).messages.forEach { counter, row in
      guard row.campaign == campaign, row.isInLane else { return }
      let block = row.block.map { "\($0)" } ?? "-"
      found.append(
        "msg \(counter) is \(row.status) for \(row.purpose), ready \(row.readyAt.wireText), block \(block),"
          + " attempts \(row.attempts), of \(row.execution.wireText)"
          + " \(row.execution.isNone ? "" : describe(harness.state[row.execution]))")
    }
    return found.joined(separator: "; ") + ", now \(harness.now.wireText)"
  }

  func settleAll() throws {
    for request in harness.sent where isCurrent(request) {
      if harness.state[request.attempt.message].status == .sending { try accept(request) }
      let status = harness.state[request.attempt.message].status
      if status == .held || status == .outcomeUnknown {
        try harness.report(request, .sent, gatewayID: harness.nextGatewayID())
        fates[request.attempt.message] = .taken
      }
    }
  }

  func describe(_ row: Execution) -> String {
    let node = row.node.map { harness.state.graph(of: row.campaign).nodes[$0].id } ?? "-"
    let message = harness.state.find(row.awaitedMessage)
    let wait = row.wait.map { "\($0.kind) until \($0.until.wireText)" } ?? "nothing"
    return "\(row.status) at \(node) for \(wait), sending \(message.map { "\($0.status)" } ?? "-")"
  }
}
