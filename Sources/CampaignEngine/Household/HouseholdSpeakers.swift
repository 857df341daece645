/// What an audience has found out so far of who is written to. It holds for guests who are not in the
/// campaign yet.
struct HouseholdSpeakers {
  /// By the row of the person; none where nobody can be written to on that telephone.
  fileprivate var byTelephone = ShardedIndex<UInt32, GuestID>()
  fileprivate var byHousehold = ShardedIndex<FoldedText, GuestID>()
  /// Guests who share a telephone, lowest first.
  fileprivate var groups = ShardedIndex<UInt32, [GuestID]>()
  /// How many were found to be asked through somebody, where nobody joins in between.
  fileprivate var spokenFor = ShardedIndex<GuestID, Int>()
}

/// Who is written to for a guest.
enum Spokesperson {
  case oneself
  /// Another one, so that the guest is left out for this reason.
  case other(LeftOut)
  /// Nobody can be, for the guest's own reasons and perhaps this one.
  case nobody(LeftOut?)
}

/// Who speaks for whom. A telephone is written to once: its contact is, or else the guest who came first
/// of those whom nothing speaks against. Whoever has no telephone, or one that fails, is asked through the
/// contact of their household.
extension Audience {
  mutating func spokesperson(
    for id: GuestID, _ own: [LeftOut], isCounted: Bool = true, in state: State
  ) -> Spokesperson {
    let hasPhone = state[id].person != 0
    if household == .separately, hasPhone { return separately(id, in: state) }
    if household == .contactOnly { return contactOnly(id, in: state) }
    var isDead = false
    if hasPhone {
      switch state.holder(ofTelephoneOf: id, for: id, in: campaign) {
      case .guest(let guest): return .other(through(guest, id, isCounted, in: state))
      case .former(let guest): return .other(LeftOut(code: .duplicatePhone, guest: guest))
      case .unreachable: isDead = true
      case .nobody:
        if let guest = candidate(onTelephoneOf: id, for: id, own, in: state) {
          return guest == id ? .oneself : .other(through(guest, id, isCounted, in: state))
        }
        isDead =
          own.contains { $0.code == .unreachable || $0.code == .notDeliverableThere }
          && !own.contains { $0.code == .optedOut }
      }
    }
    if !hasPhone || isDead, let guest = contact(for: id, in: state), guest != id {
      return .other(through(guest, id, isCounted, in: state))
    }
    // Nothing of the guest's own speaks against it, but the telephone was tried.
    let isTried =
      isDead && !own.contains { $0.code == .unreachable || $0.code == .notDeliverableThere }
    return .nobody(isTried ? LeftOut(code: .unreachable) : nil)
  }

  /// One of a household is written to, and a telephone once.
  private mutating func contactOnly(_ id: GuestID, in state: State) -> Spokesperson {
    let hasPhone = state[id].person != 0
    if hasPhone {
      switch state.holder(ofTelephoneOf: id, for: id, in: campaign) {
      case .guest(let guest), .former(let guest):
        return .other(LeftOut(code: .duplicatePhone, guest: guest))
      case .unreachable, .nobody: break
      }
    }
    let key = householdKey(of: id, in: state)
    let found =
      key.isEmpty
      ? candidate(onTelephoneOf: id, for: id, nil, in: state)
      : onlyContact(ofHousehold: key, for: id, in: state)
    guard let guest = found else { return .nobody(nil) }
    if guest == id { return .oneself }
    let isTelephone = hasPhone && group(of: id, in: state).contains(guest)
    return .other(LeftOut(code: isTelephone ? .duplicatePhone : .notContact, guest: guest))
  }

  /// The one of a household who is written to, or will be.
  private mutating func onlyContact(
    ofHousehold key: String, for asked: GuestID, in state: State
  ) -> GuestID? {
    let folded = FoldedText(keepingPunctuation: key)
    let isGeneral = isGeneral(asked, in: state)
    if isGeneral, let known = speakers.byHousehold[folded] { return known.isNone ? nil : known }
    let keyed = state.guests(ofHousehold: key, in: space).filter { state[$0].person != 0 }
    var all: Set<GuestID> = []
    for guest in keyed { all.formUnion(group(of: guest, in: state)) }
    var found: GuestID?
    for guest in state.contactsFirst(all.sorted()) {
      guard FoldedText(keepingPunctuation: householdKey(of: guest, in: state)) == folded else {
        continue
      }
      let walk = campaign.isNone ? nil : state.execution(of: guest, in: campaign)
      let isAsked = walk.map { !state[$0].steps.isEmpty } ?? false
      if isAsked || isCandidate(guest, for: asked, nil, in: state) {
        found = guest
        break
      }
    }
    if isGeneral { speakers.byHousehold[folded] = found ?? .none }
    return found
  }

  /// Whoever shares a telephone with one of a household is of it; of several the first.
  private mutating func householdKey(of id: GuestID, in state: State) -> String {
    guard state[id].person != 0, !state.hasTelephoneAlone(id) else { return state[id].household }
    return group(of: id, in: state).lazy.map { state[$0].household }.first { !$0.isEmpty } ?? ""
  }

  private mutating func through(
    _ guest: GuestID, _ id: GuestID, _ isCounted: Bool, in state: State
  ) -> LeftOut {
    LeftOut(
      code: isOneTooMany(id, behind: guest, isCounted: isCounted, in: state)
        ? .householdFull : .throughHousehold,
      guest: guest)
  }

  /// Guests who join with somebody who is asked for them, lowest first.
  mutating func joining(with speaker: GuestID, in state: State) -> [GuestID] {
    guard household != .contactOnly else { return [] }
    var room = Limits.householdMembers - 1
    if !campaign.isNone { room -= state.countSpokenFor(by: speaker, in: campaign) }
    var found: [GuestID] = []
    for id in state.housemates(of: speaker)
    where found.count < room && mayJoin(id, in: state) && !isExcluded(id) {
      let own = ownReasons(id, in: state)
      guard case .other(let reason) = spokesperson(for: id, own, isCounted: false, in: state),
        reason.guest == speaker, reason.code.isSpokenFor
      else { continue }
      found.append(id)
    }
    return found
  }

  private func isToCome(_ id: GuestID) -> Bool {
    firstGuest <= id.counter && id.counter <= lastGuest
  }

  private func mayJoin(_ id: GuestID, in state: State) -> Bool {
    if !campaign.isNone, state.execution(of: id, in: campaign) != nil { return false }
    return named.map { $0.contains(id) } ?? (isToCome(id) && matches(id, in: state))
  }

  /// More than a household's worth of guests on one telephone are hardly one.
  private mutating func separately(_ id: GuestID, in state: State) -> Spokesperson {
    if state.hasTelephoneAlone(id) { return .oneself }
    var before: [GuestID] = []
    for other in group(of: id, in: state) where other < id && matches(other, in: state) {
      before.append(other)
      if before.count == Limits.householdMembers {
        return .other(LeftOut(code: .householdFull, guest: before[0]))
      }
    }
    return .oneself
  }

  /// Guests who share a telephone, the guest alone where they have it for themselves.
  private mutating func group(of id: GuestID, in state: State) -> [GuestID] {
    if state.hasTelephoneAlone(id) { return [id] }
    let person = state[id].person
    if let known = speakers.groups[person] { return known }
    let found = state.guests(onTelephoneOf: id)
    speakers.groups[person] = found
    return found
  }

  /// The guest who is written to on the telephone of another one, or will be.
  private mutating func speaker(
    onTelephoneOf id: GuestID, for asked: GuestID, in state: State
  ) -> GuestID? {
    if household == .separately { return separateSpeaker(onTelephoneOf: id, for: asked, in: state) }
    return switch state.holder(ofTelephoneOf: id, for: asked, in: campaign) {
    case .guest(let guest): guest
    case .former, .unreachable: nil
    case .nobody: candidate(onTelephoneOf: id, for: asked, nil, in: state)
    }
  }

  /// Where everybody is written to, each speaks for those without a telephone as well as another.
  private mutating func separateSpeaker(
    onTelephoneOf id: GuestID, for asked: GuestID, in state: State
  ) -> GuestID? {
    for guest in state.contactsFirst(group(of: id, in: state)) {
      let walk = campaign.isNone ? nil : state.execution(of: guest, in: campaign)
      if let walk, !state[walk].steps.isEmpty, !state.isUnableToReach(walk) { return guest }
      if isCandidate(guest, for: asked, nil, in: state) { return guest }
    }
    return nil
  }

  /// The first of those on a telephone who may be written to, where nobody was yet.
  /// - Parameter own: what speaks against the one who is asked for, where that is known.
  private mutating func candidate(
    onTelephoneOf id: GuestID, for asked: GuestID, _ own: [LeftOut]?, in state: State
  ) -> GuestID? {
    if state.hasTelephoneAlone(id) {
      return isCandidate(id, for: asked, own, in: state) ? id : nil
    }
    let person = state[id].person
    let isGeneral = isGeneral(asked, in: state)
    if isGeneral, let known = speakers.byTelephone[person] { return known.isNone ? nil : known }
    var found: GuestID?
    for guest in state.contactsFirst(group(of: id, in: state))
    where isCandidate(guest, for: asked, own, in: state) {
      found = guest
      break
    }
    if isGeneral { speakers.byTelephone[person] = found ?? .none }
    return found
  }

  /// The guest through whom those of a household are asked who have no telephone.
  private mutating func contact(for id: GuestID, in state: State) -> GuestID? {
    let key = householdKey(of: id, in: state)
    if key.isEmpty { return nil }
    let folded = FoldedText(keepingPunctuation: key)
    let isGeneral = isGeneral(id, in: state)
    if isGeneral, let known = speakers.byHousehold[folded] { return known.isNone ? nil : known }
    var found: GuestID?
    for guest in state.contactsFirst(state.guests(ofHousehold: key, in: space))
    where state[guest].person != 0 {
      found = speaker(onTelephoneOf: guest, for: id, in: state)
      if found != nil { break }
    }
    if isGeneral { speakers.byHousehold[folded] = found ?? .none }
    return found
  }

  /// What is found for this guest holds for others, too.
  private func isGeneral(_ asked: GuestID, in state: State) -> Bool {
    named == nil && (campaign.isNone || state.execution(of: asked, in: campaign) == nil)
  }

  private mutating func isCandidate(
    _ id: GuestID, for asked: GuestID, _ own: [LeftOut]?, in state: State
  ) -> Bool {
    if id == asked {
      return (own ?? ownReasons(id, in: state)).allSatisfy { $0.code == .alreadyInCampaign }
    }
    guard let named else {
      return isToCome(id) && matches(id, in: state)
        && ownReasons(id, in: state).isEmpty
    }
    // Whoever is named joins though the filter would leave them out.
    return named.contains(id) && ownReasons(id, in: state).allSatisfy { $0.code == .excludedByID }
  }

  /// At most so many are asked through one guest: those who came first.
  private mutating func isOneTooMany(
    _ id: GuestID, behind speaker: GuestID, isCounted: Bool, in state: State
  ) -> Bool {
    let counted = speakers.spokenFor[speaker] ?? 0
    var others = counted
    if !campaign.isNone {
      let walk = state.execution(of: id, in: campaign)
      // Whoever has a place keeps it.
      if let walk, state[walk].through == speaker, state.isSpokenFor(walk) { return false }
      others += state.countSpokenFor(by: speaker, in: campaign)
    }
    if others >= Limits.householdMembers - 1 { return true }
    if isCounted, countsVerdicts { speakers.spokenFor[speaker] = counted + 1 }
    return false
  }
}
