/// What an audience has found out so far of who is written to. It holds for guests who are not in the
/// campaign yet.
struct HouseholdSpeakers {
  /// By the row of the person; none where nobody can be written to on that telephone.
  fileprivate var byTelephone = ShardedIndex<UInt32, GuestID>()
  fileprivate var byHousehold = ShardedIndex<FoldedText, GuestID>()
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
    for id: GuestID, _ own: [LeftOut], in state: State
  ) -> Spokesperson {
    let hasPhone = state[id].person != 0
    if household == .separately, hasPhone { return separately(id, in: state) }
    var isDead = false
    if hasPhone {
      switch state.holder(ofTelephoneOf: id, for: id, in: campaign) {
      case .guest(let guest): return .other(through(guest, id, isTelephone: true, in: state))
      case .former(let guest): return .other(LeftOut(code: .duplicatePhone, guest: guest))
      case .unreachable: isDead = true
      case .nobody:
        if let guest = candidate(onTelephoneOf: id, for: id, own, in: state) {
          return guest == id
            ? asContact(id, in: state)
            : .other(through(guest, id, isTelephone: true, in: state))
        }
        isDead = own.contains { $0.code == .unreachable } && !own.contains { $0.code == .optedOut }
      }
    }
    let asksContact = !hasPhone || (isDead && household == .together)
    if asksContact, let guest = contact(for: id, in: state), guest != id {
      return .other(through(guest, id, isTelephone: false, in: state))
    }
    // Nothing of the guest's own speaks against it, but the telephone was tried.
    let isTried = isDead && !own.contains { $0.code == .unreachable }
    return .nobody(isTried ? LeftOut(code: .unreachable) : nil)
  }

  /// Whoever can be written to on their own telephone may still not be the one of the household.
  private mutating func asContact(_ id: GuestID, in state: State) -> Spokesperson {
    guard household == .contactOnly, let guest = contact(for: id, in: state), guest != id else {
      return .oneself
    }
    return .other(through(guest, id, isTelephone: false, in: state))
  }

  private mutating func through(
    _ guest: GuestID, _ id: GuestID, isTelephone: Bool, in state: State
  ) -> LeftOut {
    if household == .contactOnly {
      return LeftOut(code: isTelephone ? .duplicatePhone : .notContact, guest: guest)
    }
    return LeftOut(
      code: isOneTooMany(id, behind: guest, in: state) ? .householdFull : .throughHousehold,
      guest: guest)
  }

  /// Guests who join with somebody who is asked for them, lowest first.
  mutating func joining(with speaker: GuestID, in state: State) -> [GuestID] {
    guard household != .contactOnly else { return [] }
    if state[speaker].household.isEmpty, state.hasTelephoneAlone(speaker) { return [] }
    var found: [GuestID] = []
    for id in all(around: [speaker], in: state)
    where found.count < Limits.householdMembers - 1 && id != speaker && mayJoin(id, in: state) {
      guard let first = judge(id, in: state).first else { continue }
      if first.code == .throughHousehold, first.guest == speaker { found.append(id) }
    }
    return found
  }

  private func mayJoin(_ id: GuestID, in state: State) -> Bool {
    named.map { $0.contains(id) } ?? (id.counter <= lastGuest && joins(id, in: state))
  }

  /// Who may be of one household with somebody, lowest first.
  private func all(around guests: [GuestID], in state: State) -> [GuestID] {
    var all = Set(guests)
    for guest in guests where state[guest].person != 0 {
      all.formUnion(state.guests(onTelephoneOf: guest))
    }
    for key in Set(all.map { state[$0].household }) {
      all.formUnion(state.guests(ofHousehold: key, in: space))
    }
    return all.sorted()
  }

  /// More than a household's worth of guests on one telephone are hardly one.
  private func separately(_ id: GuestID, in state: State) -> Spokesperson {
    if state.hasTelephoneAlone(id) { return .oneself }
    let before = state.guests(onTelephoneOf: id).filter { $0 < id && matches($0, in: state) }
    guard before.count >= Limits.householdMembers else { return .oneself }
    return .other(LeftOut(code: .householdFull, guest: before[0]))
  }

  /// The guest who is written to on the telephone of another one, or will be.
  private mutating func speaker(
    onTelephoneOf id: GuestID, for asked: GuestID, in state: State
  ) -> GuestID? {
    switch state.holder(ofTelephoneOf: id, for: asked, in: campaign) {
    case .guest(let guest): guest
    case .former, .unreachable: nil
    case .nobody: candidate(onTelephoneOf: id, for: asked, nil, in: state)
    }
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
    for guest in state.contactsFirst(state.guests(onTelephoneOf: id))
    where isCandidate(guest, for: asked, own, in: state) {
      found = guest
      break
    }
    if isGeneral { speakers.byTelephone[person] = found ?? .none }
    return found
  }

  /// The guest through whom those of a household are asked who have no telephone.
  private mutating func contact(for id: GuestID, in state: State) -> GuestID? {
    let key = state[id].household
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
    if let named {
      guard named.contains(id) else { return false }
    } else {
      guard id.counter <= lastGuest, matches(id, in: state) else { return false }
    }
    return ownReasons(id, in: state).isEmpty
  }

  /// At most so many are asked through one guest: those who came first.
  private mutating func isOneTooMany(
    _ id: GuestID, behind speaker: GuestID, in state: State
  ) -> Bool {
    let all = all(around: [speaker, id], in: state)
    guard all.count > Limits.householdMembers else { return false }
    var before = 0
    for other in all where other != speaker && other < id {
      if isSpoken(for: other, by: speaker, in: state) { before += 1 }
      if before == Limits.householdMembers - 1 { return true }
    }
    return false
  }

  private mutating func isSpoken(
    for id: GuestID, by guest: GuestID, in state: State
  ) -> Bool {
    if !campaign.isNone, let execution = state.execution(of: id, in: campaign) {
      return state[execution].through == guest
    }
    guard matches(id, in: state), !isExcluded(id) else { return false }
    let own = state[id].person == 0 ? nil : speaker(onTelephoneOf: id, for: id, in: state)
    return (own ?? contact(for: id, in: state)) == guest
  }
}

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
    let mine = execution(of: asked, in: campaign).map { self[$0] }
    if holder.isNone || self[holder].isDeleted {
      return mine?.through.isNone == false ? .nobody : .former(holder)
    }
    guard let walk = execution(of: holder, in: campaign) else { return .guest(holder) }
    if hasReachedNobody(walk) { return .unreachable }
    let endedAt = self[walk].endedAt
    if let mine, mine.steps.isEmpty, endedAt > .zero, mine.startedAt >= endedAt { return .nobody }
    return .guest(holder)
  }

  /// It ended since its telephone cannot be reached.
  func hasReachedNobody(_ execution: ExecutionID) -> Bool {
    let row = self[execution]
    return row.status == .failed && row.lastError?.errorClass == .recipient
      && self[row.guest].unreachableSince > .zero
  }

  /// No other guest of the project has the number, however it is spelled.
  func hasTelephoneAlone(_ guest: GuestID) -> Bool {
    hasNumberAlone(guest)
      && self[guest].phone.otherSpelling.flatMap { person(with: $0, atSenderOf: guest.space) }
        == nil
  }

  /// Guests of a project who have one telephone, lowest first.
  package func guests(onTelephoneOf guest: GuestID) -> [GuestID] {
    let (row, space) = (self[guest], guest.space)
    let other = row.phone.otherSpelling.flatMap { person(with: $0, atSenderOf: space) }
    return Set([row.person, other ?? 0]).sorted()
      .flatMap { guests(of: $0, at: senderID(ofSpace: space)) }
      .filter { $0.space == space }.sorted()
  }

  /// Whoever was chosen as the contact stands before the others; else it stays as it is.
  func contactsFirst(_ guests: [GuestID]) -> [GuestID] {
    guard let first = guests.first,
      let contact = projects[of: first].symbols.symbol(of: Guest.contactRole)
    else { return guests }
    let chosen = guests.filter { self[$0].householdRole == contact }
    return chosen.isEmpty ? guests : chosen + guests.filter { self[$0].householdRole != contact }
  }
}

extension Guest {
  /// The role by which somebody is chosen as the contact of a household.
  package static let contactRole = "contact"
}
