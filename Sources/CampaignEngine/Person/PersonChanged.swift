import Wire

/// What a sender knows of a person changed: their subscription, their user id, their window.
struct PersonChanged: Event {
  static let kind = EventKind.personChanged
  var sender = SenderID.none
  var person: UInt32 = 0
  var subscription: Subscription?
  var userID: String?
  var lastInboundAt: Timestamp?
  var windowDeniedAt: Timestamp?
  /// The newest guest that is this person, and what could be sent before.
  var guest = GuestID.none
  var former: Subscription?
  /// When the subscription was decided, where that was not now.
  var subscribedAt: Timestamp?
  /// A throttle of this pair empties its bucket.
  var pairFullAt: Timestamp?
  var cappedCategory: PriceCategory?
  var cappedUntil: Timestamp?
  /// The user id before still leads to them.
  var keepsUserID = false
  /// WhatsApp shows them marketing, or does not.
  var marketing: MarketingWish?
  /// When they told WhatsApp so.
  var marketingToldAt: Timestamp?
  /// What may be sent from now on; nil in events from before it was kept.
  var effective: Subscription?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender", &sender, "Sender.")
    try visit.field("person", &person, "Row of the person.")
    try visit.field("subscription", &subscription, "What they told us.")
    try visit.field("user_id", &userID, "User id, newly learnt.")
    try visit.field("last_inbound_at", &lastInboundAt, "Time of a message that opens the window.")
    try visit.field("window_denied_at", &windowDeniedAt, "When free text was refused.")
    try visit.field("guest", &guest, "The newest guest that is this person.")
    try visit.field("former", &former, "What could be sent before.")
    try visit.field("subscribed_at", &subscribedAt, "When that was decided.")
    try visit.field("pair_full_at", &pairFullAt, "When the bucket of the pair is full again.")
    try visit.field("capped_category", &cappedCategory, "Templates that are not shown now.")
    try visit.field("capped_until", &cappedUntil, "Until when.")
    try visit.field("keeps_user_id", &keepsUserID, "Whether the one before stays theirs.")
    try visit.field("marketing", &marketing, "Whether WhatsApp shows them marketing.")
    try visit.field("marketing_told_at", &marketingToldAt, "When they told WhatsApp so.")
    try visit.field("effective", &effective, "What may be sent from now on.")
  }

  /// Whoever opts in again may be written to in each of their projects.
  func changedGuests(in state: State) -> [GuestID] {
    guard effective != former, (effective ?? subscription) == .subscribed else { return [] }
    return state.guests(of: person, at: sender)
  }

  func apply(to state: inout State) {
    if let userID { state.setUserID(userID, of: person, at: sender, keepsOld: keepsUserID) }
    let now = state.now
    state.modifyPerson(person, of: sender) { row in
      if let subscription { row.ownSubscription = subscription }
      if let marketing {
        (row.isMarketingStopped, row.marketingToldAt) = (marketing == .stop, marketingToldAt ?? now)
      }
      if subscription != nil || subscribedAt != nil { row.subscribedAt = subscribedAt ?? now }
      if let lastInboundAt { row.lastInboundAt = max(row.lastInboundAt, lastInboundAt) }
      if let windowDeniedAt { row.windowDeniedAt = windowDeniedAt }
      if let pairFullAt { row.pairFullAt = max(row.pairFullAt, pairFullAt) }
      if let cappedCategory, let cappedUntil {
        row.cap(cappedCategory, until: cappedUntil, at: now)
      }
    }
  }
}

/// What a person told WhatsApp.
enum MarketingWish: String, WireEnum { case stop, resume }

extension State {
  /// A user id is with one person, and a person has one: whoever had it before has changed numbers.
  fileprivate mutating func setUserID(
    _ userID: String, of person: UInt32, at sender: SenderID, keepsOld: Bool
  ) {
    if let before = senders[sender].personsByUserID[userID], before != person {
      modifyPerson(before, of: sender) { row in
        if row.userID == userID { row.userID = "" }
        row.otherUserIDs.removeAll { $0 == userID }
      }
      // Of whom nothing else was known, that was this person.
      if senders[sender].persons[before].isForgotten {
        moveLooseMessages(from: before, to: person, at: sender)
      }
    }
    let old = senders[sender].persons[person].userID
    modifyPerson(person, of: sender) { row in
      row.otherUserIDs.removeAll { $0 == userID }
      if keepsOld, !old.isEmpty, old != userID { row.otherUserIDs.append(old) }
      if row.otherUserIDs.count > Limits.aliasesPerPerson { row.otherUserIDs.removeFirst() }
      row.userID = userID
    }
  }
}

extension PersonChanged {
  static var publicData: (any PublicData.Type)? { PersonChangedData.self }

  mutating func complete(from state: State) {
    let row = state[sender].persons[person]
    guest = row.lastGuest
    guard subscription != nil || marketing != nil else { return }
    former = row.subscription
    var after = row
    if let subscription { after.ownSubscription = subscription }
    if let marketing { after.isMarketingStopped = marketing == .stop }
    effective = after.subscription
  }

  func publish(in state: State) -> PublicEvent? {
    var data = PersonChangedData()
    data.sender = sender
    if let now = effective ?? subscription, now != former {
      data.subscription = SubscriptionChange(from: former, to: now)
    }
    if let lastInboundAt { data.windowClosesAt = lastInboundAt + SessionWindow.length }
    data.isWindowDenied = windowDeniedAt != nil
    // A user id that became known is nobody's business.
    if data.subscription == nil, data.windowClosesAt == nil, !data.isWindowDenied { return nil }
    var event = PublicEvent(data)
    event.about(guest: guest, campaign: .none)
    return event
  }
}
