/// Numbers and user ids of people, as WhatsApp tells them along with other things. Whoever is found to
/// be somebody whom we knew by another name wants what they said under that name: an opt-out holds.
extension Engine {
  /// - Parameter isChange: the person had another one before, by which they may still be spoken of.
  mutating func learn(
    userID: String, of person: UInt32, at sender: SenderID, isChange: Bool = false
  ) {
    // Nearly always it is known, and every report says it.
    guard person != 0, !userID.isEmpty,
      state.senders[sender].persons[person].userID != userID
    else { return }
    recognise(nil, userID: userID, at: sender)
    let known = state[sender]
    let row = known.persons[person]
    guard !row.isForgotten, isChange || !row.otherUserIDs.contains(userID)
    else { return }
    let other = known.personsByUserID[userID].flatMap { $0 == person ? nil : known.persons[$0] }
    var change = PersonChanged(sender: sender, person: person, userID: userID)
    change.keepsUserID = !row.userID.isEmpty
    inherit(from: other, row, &change)
    emit(change)
    if change.subscription == .optedOut { optOut(person, at: sender) }
  }

  /// A number that is on a list is whose it is on that list.
  mutating func learn(phone: Phone, of person: UInt32, at sender: SenderID) {
    guard person != 0, !phone.isNone else { return }
    recognise(phone, at: sender)
    let holder = state.senders[sender].personsByPhone[phone]
    guard holder != person else { return }
    let known = state[sender]
    let row = known.persons[person]
    guard !row.isForgotten, row.otherPhones.count < Limits.aliasesPerPerson else {
      return
    }
    let other = holder.map { known.persons[$0] }
    guard other?.lastGuest.isNone ?? true else { return }
    emit(PersonAliased(sender: sender, person: person, phone: phone))
    var change = PersonChanged(sender: sender, person: person)
    inherit(from: other, row, &change)
    guard change.subscription != nil || change.marketing != nil || change.lastInboundAt != nil
    else { return }
    emit(change)
    if change.subscription == .optedOut { optOut(person, at: sender) }
  }

  /// The stricter wish counts. The window is theirs who has no number of their own any more.
  private func inherit(from other: Person?, _ row: Person, _ change: inout PersonChanged) {
    guard let other else { return }
    if other.ownSubscription.index > row.ownSubscription.index {
      change.subscription = other.ownSubscription
    }
    if other.isMarketingStopped, !row.isMarketingStopped,
      other.marketingToldAt >= row.marketingToldAt
    {
      (change.marketing, change.marketingToldAt) = (.stop, other.marketingToldAt)
    }
    if other.lastGuest.isNone, other.lastInboundAt > row.lastInboundAt {
      change.lastInboundAt = other.lastInboundAt
    }
  }

  /// What a report on a message says of whom it went to.
  mutating func learn(userID: String?, phone: Phone? = nil, from message: Message) {
    learn(phone: phone ?? .none, of: message.person, at: message.sender)
    learn(userID: userID ?? "", of: message.person, at: message.sender)
  }
}
