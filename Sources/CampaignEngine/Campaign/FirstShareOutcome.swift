/// What has become of a first share. Each of its guests is one of delivered, under way, held, failed, unknown
/// or not sent.
package struct FirstShareOutcome: Sendable {
  package private(set) var enrolled = 0
  package private(set) var delivered = 0
  package private(set) var underWay = 0
  /// Held back as pending invitations.
  package private(set) var held = 0
  package private(set) var failed = 0
  package private(set) var unknown = 0
  /// Left out when they were enrolled, or nothing is sent any more.
  package private(set) var notSent = 0
  /// Of all these: who has answered, who opted out, and whom no message reaches.
  package private(set) var answered = 0
  package private(set) var optedOut = 0
  package private(set) var unreached = 0
  package private(set) var failures: [ErrorCount] = []

  package init(_ share: FirstShare, of campaign: CampaignID, in state: State) {
    let row = state[campaign]
    let isEnrolling =
      !row.status.isEnded && (share.stage == .enrolling || share.stage == .continued)
      && row.progress.enrolment?.isFinished == false
    for counter in share.guests {
      let guest = GuestID(space: campaign.space, counter: counter)
      if let execution = state.execution(of: guest, in: campaign) {
        enrolled += 1
        count(execution, in: state)
      } else if isEnrolling, !state[guest].isDeleted {
        underWay += 1
      } else {
        notSent += 1
      }
    }
  }

  private mutating func count(_ execution: ExecutionID, in state: State) {
    let row = state[execution]
    if let message = state.firstMessage(of: execution) {
      count(state[message])
    } else if row.status.isEnded {
      notSent += 1
    } else {
      underWay += 1
    }
    let reason = state.project(of: execution.space).symbols[row.reason]
    let isLeft = row.status == .skipped && reason == LeftOutCode.optedOut.rawValue
    if isLeft || state.hasOptedOut(row.guest) { optedOut += 1 }
    if state[row.guest].unreachableSince > .zero || reason == "unreached" { unreached += 1 }
    let hasAnswered = state.messages(of: execution).contains {
      state[$0].direction == .inbound && state[$0].content.kind.opensWindow
    }
    if hasAnswered { answered += 1 }
  }

  private mutating func count(_ message: Message) {
    switch message.status {
    case .delivered, .read, .received: delivered += 1
    case .queued, .sending, .accepted, .held, .sent: underWay += 1
    case .pending: held += 1
    case .outcomeUnknown: unknown += 1
    case .suppressed, .cancelled: notSent += 1
    case .failed:
      failed += 1
      if let error = message.error { failures.add(error, 1) }
    }
  }
}

extension State {
  fileprivate func hasOptedOut(_ guest: GuestID) -> Bool {
    !self[guest].isDeleted && person(of: guest).subscription == .optedOut
  }
}
