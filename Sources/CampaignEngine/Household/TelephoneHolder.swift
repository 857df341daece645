/// Who was written to on a telephone in a campaign.
enum TelephoneHolder {
  case nobody
  case guest(GuestID)
  /// Somebody who is not on the list any more; none where they were erased.
  case former(GuestID)
  /// Somebody whom nothing reached.
  case unreachable
}

extension State {
  /// - Parameter asked: the guest for whom that is asked. Who joined after somebody's walk had ended was
  ///   not asked by it, and who was spoken for by somebody who is gone is not any more.
  func holder(
    ofTelephoneOf guest: GuestID, for asked: GuestID, in campaign: CampaignID
  ) -> TelephoneHolder {
    guard !campaign.isNone,
      let holder = whoIsWrittenTo(self[guest].person, in: campaign, besides: asked)
    else { return .nobody }
    guard self[campaign].settings.household == .together else {
      return holder.isNone || self[holder].isDeleted ? .former(holder) : .guest(holder)
    }
    // Of several who were asked there, whoever still is.
    if let walker = walker(onTelephoneOf: guest, besides: asked, in: campaign) {
      return .guest(walker)
    }
    let mine = execution(of: asked, in: campaign).map { self[$0] }
    let wasMine = mine?.through == holder
    if holder.isNone || self[holder].isDeleted {
      return mine?.through.isNone == false ? .nobody : .former(holder)
    }
    guard let walk = execution(of: holder, in: campaign) else { return .guest(holder) }
    // They are asked elsewhere by now, and whoever has this telephone is asked on it.
    if !guests(onTelephoneOf: guest).contains(holder) { return wasMine ? .nobody : .former(holder) }
    // Somebody else is asked for them by now.
    if isSpokenFor(walk), !self[self[walk].through].isDeleted { return .guest(self[walk].through) }
    if isUnableToReach(walk) { return hasDeadTelephone(walk) ? .unreachable : .nobody }
    // They said stop: whoever may be written to there is asked by their own right.
    if self[walk].status == .skipped, person(of: holder).subscription == .optedOut {
      return .nobody
    }
    guard let mine, mine.steps.isEmpty else { return .guest(holder) }
    if self[walk].status == .cancelled, !hasReached(walk) { return .nobody }
    let endedAt = self[walk].endedAt
    let wasAsked = wasMine && mine.startedAt <= endedAt
    return endedAt > .zero && !wasAsked ? .nobody : .guest(holder)
  }

  /// The guest whose walk goes on on a telephone.
  func walker(
    onTelephoneOf guest: GuestID, besides asked: GuestID, in campaign: CampaignID
  ) -> GuestID? {
    if guest == asked, hasTelephoneAlone(guest) { return nil }
    return guests(onTelephoneOf: guest).first { other in
      guard other != asked, let walk = execution(of: other, in: campaign) else { return false }
      return !self[walk].steps.isEmpty && !self[walk].status.isEnded
    }
  }

  /// What failed would fail for everybody who has the telephone.
  private func hasDeadTelephone(_ walk: ExecutionID) -> Bool {
    let row = self[walk]
    if self[row.guest].unreachableSince > .zero { return true }
    if let failure = row.lastError?.errorClass, [.recipient, .defer].contains(failure) {
      return true
    }
    switch LeftOutCode(rawValue: projects[of: walk].symbols[row.reason]) {
    case .unreachable, .notDeliverableThere: return true
    default: return false
    }
  }
}
