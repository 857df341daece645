import CampaignEngine

/// Messages that stand still.
extension OperationCenter {
  /// Of those that whoever asks may see.
  private var presentProjects: some Sequence<ProjectState> {
    let only = call.project
    return engine.state.projects.identified(in: 0).lazy
      .filter { id, project in !project.row.isDeleted && only ?? id == id }
      .map { _, project in project }
  }

  /// By default such a message holds its guest until somebody says what became of it.
  func outcomesFinding() -> HealthFinding {
    let place = MessageStatus.outcomeUnknown.index
    let count = presentProjects.reduce(0) { $0 + $1.counters.totals.messages[place] }
    guard count > 0 else { return .ok("The outcome of every message is known.") }
    return .degraded(
      "Nobody knows whether \(HealthText.count(count, "message")) went out; message.resolve settles them."
    )
  }

  /// To be answered is no fault; to stay unanswered is one.
  func attentionFinding() -> HealthFinding {
    var count = 0
    var oldest: Timestamp?
    for project in presentProjects {
      guard let first = project.needsAttention.first else { continue }
      count += project.needsAttention.count
      let at = project.messages[first].createdAt
      oldest = min(oldest ?? at, at)
    }
    // Who is unknown to every project is nobody's guest.
    for sender in engine.state.senders.rows where call.project == nil {
      guard let first = sender.needsAttention.first else { continue }
      count += sender.needsAttention.count
      let at = sender.messages[first].createdAt
      oldest = min(oldest ?? at, at)
    }
    guard let oldest else { return .ok("No message of a guest waits for an operator.") }
    let age = now - oldest
    let verb = count == 1 ? "waits" : "wait"
    let message =
      "\(HealthText.count(count, "message")) of guests \(verb) for an operator, the oldest for \(HealthText.span(age))."
    return age > HealthLimits.unattended ? .degraded(message) : .ok(message)
  }

  func templatesFinding() -> HealthFinding {
    let state = engine.state
    let count = state.senders.identified.reduce(0) { count, sender in
      isOfCaller(sender.id) ? count + SenderQueueView(sender.row, in: state).templateStop : count
    }
    guard count > 0 else {
      return .ok("No message waits for a template that WhatsApp has stopped.")
    }
    let verb = count == 1 ? "waits" : "wait"
    return .degraded(
      "\(HealthText.count(count, "message")) \(verb) for a template that WhatsApp has stopped.")
  }

  /// Those whose messages a program is to claim, and none does.
  func sendersFinding() -> HealthFinding {
    let state = engine.state
    var unclaimed: [SenderID] = []
    var longest = TimeSpan.zero
    for (id, sender) in state.senders.identified
    where sender.row.gateway == .client && isOfCaller(id) {
      let late = state.nextSend(of: id).map { clock.realTime(since: $0) } ?? .zero
      guard late > HealthLimits.unclaimed else { continue }
      unclaimed.append(id)
      longest = max(longest, late)
    }
    guard let first = unclaimed.first else { return .ok("Nothing due waits to be claimed.") }
    let others =
      unclaimed.count == 1 ? "" : " and \(HealthText.count(unclaimed.count - 1, "other sender"))"
    return .degraded(
      "Nobody claims what \(first.wireText)\(others) would send, for \(HealthText.span(longest)) now."
    )
  }
}
