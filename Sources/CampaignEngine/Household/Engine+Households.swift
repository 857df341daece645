/// What becomes of those who are spoken for, once that changes.
extension Engine {
  /// An execution has ended. Where its guest cannot be asked for the others of the household, the role goes
  /// on to the next of them; where somebody has said stop, it was said for all who are reached there.
  mutating func passOn(from execution: ExecutionID) {
    let row = state[execution]
    guard let cause = state.handicap(of: execution) else { return }
    for member in state.executions(spokenForBy: row.guest, in: row.campaign)
    where state.isSpokenFor(member) {
      switch cause {
      case .stopped:
        emit(
          SpeakerChanged(
            execution: member, through: row.guest, reason: LeftOutCode.optedOut.rawValue))
      case .unable: findSpeaker(for: member)
      }
    }
  }

  /// A guest is told of otherwise: where another one speaks for them, that may be over.
  mutating func regroup(_ guest: GuestID) {
    for execution in state.executions(of: guest) where !state[execution].through.isNone {
      let campaign = state[state[execution].campaign]
      guard [.running, .paused].contains(campaign.status), state.isSpokenFor(execution) else {
        continue
      }
      findSpeaker(for: execution)
    }
  }

  /// Judges somebody anew who is spoken for: by another one from now on, by themselves, or by nobody.
  private mutating func findSpeaker(for execution: ExecutionID) {
    let row = state[execution]
    guard state.find(row.guest) != nil else { return }
    guard let reason = reasonToLeaveOut(row) else {
      emit(SpeakerChanged(execution: execution, through: row.guest, reason: ""))
      let trigger = state.graph(of: row.campaign).trigger
      return emit(
        ExecutionRetried(execution: execution, node: UInt16(truncatingIfNeeded: trigger)))
    }
    let isSpokenFor = reason.code == .throughHousehold
    guard !isSpokenFor || reason.guest != row.through else { return }
    emit(
      SpeakerChanged(
        execution: execution, through: isSpokenFor ? reason.guest : row.through,
        reason: reason.code.rawValue))
  }
}

extension State {
  /// Why somebody does not speak for others any more.
  enum Handicap {
    /// They said stop, once they had been written to.
    case stopped
    /// They were left out, are gone, or cannot be reached.
    case unable
  }

  /// Nil where they spoke for the others, or still may.
  fileprivate func handicap(of execution: ExecutionID) -> Handicap? {
    let row = self[execution]
    guard self[row.campaign].settings.household == .together, row.through.isNone else { return nil }
    if self[row.guest].isDeleted || hasReachedNobody(execution) { return .unable }
    guard row.status == .skipped else { return nil }
    if row.steps.isEmpty { return .unable }
    switch LeftOutCode(rawValue: projects[of: execution].symbols[row.reason]) {
    case .optedOut: return .stopped
    case .noPhone, .unreachable: return .unable
    default: return nil
    }
  }
}
