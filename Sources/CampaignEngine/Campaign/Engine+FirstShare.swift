/// A first share: enrolled before all others, watched until it is known what became of its messages.
extension Engine {
  /// One slice of it.
  mutating func enrolShare(_ share: FirstShare, of campaign: CampaignID) {
    let last = min(share.enrolled + Int(Limits.guestsPerSlice), share.guests.count)
    guard let enrolment = state[campaign].progress.enrolment else { return }
    var audience = Audience(campaign: campaign, in: state)
    var done = enrolment.done
    for counter in share.guests[share.enrolled..<last] {
      let guest = GuestID(space: campaign.space, counter: counter)
      // Who no longer matches, or has been let in by hand, is passed over.
      guard audience.joins(guest, in: state) else { continue }
      done += enrol(
        guest, into: campaign, leftOutFor: audience.judge(guest, in: state).first, of: &audience)
    }
    emit(EnrolmentAdvanced(campaign: campaign, cursor: enrolment.cursor, done: done))
    let isAll = last == share.guests.count
    emit(
      FirstShareAdvanced(
        campaign: campaign, enrolled: last,
        nextLookAt: isAll ? state.now + Limits.firstShareDelivery : .zero))
  }

  /// A look at it falls due: some become late by the time alone.
  mutating func lookAtShare(of campaign: CampaignID) {
    pauseAfterShare(campaign)
    guard let share = state[campaign].progress.share, share.stage == .underWay else { return }
    emit(
      FirstShareAdvanced(
        campaign: campaign, enrolled: share.enrolled,
        nextLookAt: state.now + Limits.firstShareLooks))
  }

  /// What a command did may have been the last that was to be known.
  mutating func pauseAfterShares() {
    guard state.sharesUnderWay.first != nil else { return awaitedOfShares.removeAll() }
    var campaigns = state.sharesUnderWay
    while let campaign = campaigns.popFirst() { pauseAfterShare(campaign) }
  }

  /// Pauses the campaign once it is known of each what became of their first message.
  private mutating func pauseAfterShare(_ campaign: CampaignID) {
    let row = state[campaign]
    guard let share = row.progress.share, row.hasShareUnderWay else { return }
    let isLate = share.enrolledAt + Limits.firstShareLongest <= state.now
    if !isLate {
      // Nearly always it is the same one that is waited for.
      if let waited = awaitedOfShares[campaign], state.isOpen(waited) { return }
      awaitedOfShares[campaign] = state.executions(of: share, in: campaign)
        .first { state.isOpen($0) }
      guard awaitedOfShares[campaign] == nil else { return }
    }
    awaitedOfShares[campaign] = nil
    emit(
      CampaignStatusChanged(
        campaign: campaign, status: .paused, pauseReason: FirstShare.pauseReason))
  }
}

extension State {
  /// A pause takes no time from a first share: it begins anew to wait for what is on its way.
  mutating func goOnLooking(atShareOf campaign: CampaignID) {
    guard self[campaign].progress.share?.stage == .underWay else { return }
    let now = now
    modify(campaign) { $0.progress.share?.enrolledAt = now }
    setNextAt(now + Limits.firstShareDelivery, of: campaign)
  }

  /// The executions of a first share, of whoever joined.
  package func executions(of share: FirstShare, in campaign: CampaignID) -> [ExecutionID] {
    share.guests.compactMap { counter in
      execution(of: GuestID(space: campaign.space, counter: counter), in: campaign)
    }
  }

  /// It is not known yet what became of its first message.
  fileprivate func isOpen(_ execution: ExecutionID) -> Bool {
    if self[execution].status.isEnded { return false }
    return firstMessage(of: execution).map { !isSettled(self[$0]) } ?? true
  }

  /// The first message that an execution sent, or means to send, since an operator set it going last.
  package func firstMessage(of execution: ExecutionID) -> MessageID? {
    let firstStep = self[execution].firstStep
    return messages(of: execution).last { id in
      let message = self[id]
      return message.direction == .outbound && message.purpose.isOfFlow && message.step >= firstStep
    }
  }

  /// A telephone that is switched off may keep it open for long.
  private func isSettled(_ message: Message) -> Bool {
    switch message.status {
    case .queued, .pending, .sending: false
    case .accepted, .held, .sent: message.acceptedAt + Limits.firstShareDelivery <= now
    case .delivered, .read, .failed, .suppressed, .cancelled, .outcomeUnknown, .received: true
    }
  }
}
