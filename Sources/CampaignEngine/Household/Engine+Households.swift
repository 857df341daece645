/// What becomes of those who are spoken for, once that changes. Each is judged anew by the same rules by
/// which they were let in: asked through another one from now on, asked themselves, or told why nobody can
/// ask them.
extension Engine {
  /// An execution has ended, or was left out. Where its guest cannot be asked for the others of the
  /// household, the role goes on to the next of them; where somebody has said stop, it was said for all who
  /// are reached there.
  mutating func passOn(from execution: ExecutionID) {
    let row = state[execution]
    guard state.mayHaveHouseholds(row.campaign), let cause = state.handicap(of: execution) else {
      return
    }
    for member in state.executions(spokenForBy: row.guest, in: row.campaign)
    where state.isSpokenFor(member) {
      switch cause {
      case .stopped:
        emit(
          SpeakerChanged(
            execution: member, through: row.guest, reason: LeftOutCode.optedOut.rawValue))
      case .unable: reconsider(member)
      }
    }
  }

  /// Somebody can be asked for others who could not be before: they have joined, or go on again.
  mutating func takeIn(behind execution: ExecutionID) {
    let row = state[execution]
    guard state[row.campaign].settings.household != .contactOnly else { return }
    let known = state.executions(spokenForBy: row.guest, in: row.campaign)
    let others = state.housemates(of: row.guest).compactMap {
      state.execution(of: $0, in: row.campaign)
    }
    for member in known + others.filter({ !known.contains($0) }) {
      reconsider(member, isReturn: !row.status.isEnded)
    }
  }

  /// A guest will not join a campaign for which somebody else was to be asked through them.
  mutating func forsake(_ guest: GuestID, in campaign: CampaignID) {
    guard state.mayHaveHouseholds(campaign) else { return }
    for member in state.executions(spokenForBy: guest, in: campaign) { reconsider(member) }
  }

  /// What is under way for a guest follows what is told of them now. No campaign is over before those who
  /// are asked with them are seen to.
  mutating func follow(_ changes: GuestProfile, of guest: GuestID, as person: UInt32) {
    agenda.holdsCompletion = true
    leaveLines(of: guest, as: person)
    if changes.changesHousehold { regroup(guest) }
    agenda.holdsCompletion = false
    for execution in state.executions(of: guest) {
      completeCampaignIfDone(state[execution].campaign)
    }
  }

  /// A guest is told of otherwise: who asks them, and whom they are asked for, may be others now.
  private mutating func regroup(_ guest: GuestID) {
    for execution in state.executions(of: guest) {
      reconsider(execution)
      takeIn(behind: execution)
    }
  }

  /// Judges somebody anew whom a campaign has left out for the sake of their household.
  /// - Parameter isReturn: somebody goes on in whose place they were told that nobody can be asked, also in
  ///   a campaign that was over.
  private mutating func reconsider(_ execution: ExecutionID, isReturn: Bool = false) {
    let row = state[execution]
    let status = state[row.campaign].status
    guard state.isOfHousehold(execution), state.find(row.guest) != nil,
      status == .running || status == .paused || isReturn && status == .completed
    else { return }
    guard let reason = reasonToLeaveOut(row) else {
      guard status != .completed, rejection(of: .retry, on: execution) == nil else { return }
      if !row.through.isNone {
        emit(SpeakerChanged(execution: execution, through: row.guest, reason: ""))
      }
      return apply(.retry, to: execution)
    }
    let isSpokenFor = reason.code == .throughHousehold
    let speaker = isSpokenFor ? reason.guest : row.through
    let isSame =
      speaker == row.through
      && state.projects[of: execution].symbols[row.reason] == reason.code.rawValue
    // Nothing is news to somebody who never was spoken for.
    guard !isSame, isSpokenFor || !row.through.isNone else { return }
    emit(SpeakerChanged(execution: execution, through: speaker, reason: reason.code.rawValue))
  }
}

extension State {
  /// Why somebody does not speak for others any more.
  fileprivate enum Handicap {
    /// They said stop, once they had been written to.
    case stopped
    /// They were left out, are gone, or cannot be reached.
    case unable
  }

  fileprivate func mayHaveHouseholds(_ campaign: CampaignID) -> Bool {
    self[campaign].settings.household != .contactOnly
      && !projects[of: campaign].campaignIndexes[campaign].spokenFor.isEmpty
  }

  /// Left out since somebody is asked for them, or since nobody could be.
  fileprivate func isOfHousehold(_ execution: ExecutionID) -> Bool {
    let row = self[execution]
    guard row.status == .skipped, self[row.campaign].settings.household != .contactOnly else {
      return false
    }
    switch LeftOutCode(rawValue: projects[of: execution].symbols[row.reason]) {
    case .throughHousehold, .noPhone: return true
    case .unreachable, .notDeliverableThere, .householdFull: return row.steps.isEmpty
    case .optedOut: return !row.through.isNone
    default: return false
    }
  }

  /// Nil where they spoke for the others, or still may.
  fileprivate func handicap(of execution: ExecutionID) -> Handicap? {
    let row = self[execution]
    if self[row.guest].isDeleted { return .unable }
    guard row.status.isEnded, !hasReached(execution) else {
      let isStopped =
        row.status == .skipped
        && projects[of: execution].symbols[row.reason] == LeftOutCode.optedOut.rawValue
      return isStopped ? .stopped : nil
    }
    return isUnableToReach(execution) ? .unable : nil
  }

  /// A message of its flow may have come to somebody, or somebody has answered.
  func hasReached(_ execution: ExecutionID) -> Bool {
    newestMessage(of: execution) {
      $0.direction == .inbound
        || $0.purpose.isOfFlow && $0.attempts > 0 && $0.status.mayHaveReached
    } != nil
  }

  /// An execution that has ended, or was left out, for reasons of its guest's own: nothing reached them, and
  /// that another one of the household is asked changes that.
  func isUnableToReach(_ execution: ExecutionID) -> Bool {
    let row = self[execution]
    guard row.status.isEnded, !hasReached(execution) else { return false }
    if row.status == .skipped { return row.steps.isEmpty || isOwnReason(row.reason, in: execution) }
    guard row.status != .cancelled else { return false }
    return newestMessage(of: execution) {
      $0.direction == .outbound && $0.purpose.isOfFlow && $0.status == .failed
        && [.recipient, .defer].contains($0.error?.errorClass)
    } != nil
  }

  private func isOwnReason(_ reason: Symbol, in execution: ExecutionID) -> Bool {
    LeftOutCode(rawValue: projects[of: execution].symbols[reason]) != nil
  }
}
