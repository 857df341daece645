import Wire

struct GuestUpdated: Event {
  static let kind = EventKind.guestUpdated
  var guest = GuestID.none
  var profile = GuestProfile()
  /// The guest's own answer, as opposed to an operator's or a list's.
  var isByGuest = false
  var former = FormerGuest()
  /// The walk that brought it about, where one did.
  var execution = ExecutionID.none
  /// Who gave the answers, where that is neither the guest nor an operator.
  var by: AnswerSource?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Guest.")
    try visit.field("profile", &profile, "What changes.")
    try visit.field("is_by_guest", &isByGuest, "The guest said so.")
    try visit.field("former", &former, "What stood there before, as far as it is told.")
    try visit.field("execution", &execution, "Execution whose flow says so.")
    try visit.field("by", &by, "Who gave the answers.")
  }

  func changedGuest(in state: State) -> GuestID? { guest }

  func apply(to state: inout State) {
    let oldPhone = state[guest].phone
    let source = by ?? (isByGuest ? .guest : .operator)
    if let phone = profile.phone, phone != oldPhone {
      state.unlinkGuest(guest)
      state.applyProfile(profile, to: guest, isByGuest: isByGuest, by: source)
      state.linkGuest(guest, phone)
    } else {
      state.applyProfile(profile, to: guest, isByGuest: isByGuest, by: source)
    }
  }
}

extension GuestUpdated {
  static var publicData: (any PublicData.Type)? { GuestUpdatedData.self }

  mutating func complete(from state: State) {
    let row = state[guest]
    former.answers = profile.answers.map { answer in
      var before = row.answer(toEvent: answer.event)
      before.answeredAt = .zero
      return before
    }
    if profile.partySize != nil { former.partySize = row.partySize }
    if profile.values[.children] != nil { former.children = Int64(row.children) }
    if profile.values[.invitedTo] != nil {
      former.invitedTo = state.projects[of: guest].symbols[row.invitedTo]
    }
    former.partySizes = profile.partySizes.map { party in
      EventPartySize(
        event: party.event, size: UInt16(clamping: row.partySize(atEvent: party.event)))
    }
    if profile.category != nil {
      former.category = state.projects[of: guest].symbols[row.category]
    }
  }

  func publish(in state: State) -> PublicEvent? {
    var data = GuestUpdatedData()
    let events = state.project(of: guest.space).row.events
    func prefix(_ event: Int) -> String {
      let key = events.indices.contains(event) ? events[event].key : ""
      return event == 0 ? "" : "events.\(key)."
    }
    for (before, after) in zip(former.answers, profile.answers) {
      let prefix = prefix(after.event)
      data.change("\(prefix)rsvp", before.rsvp.rawValue, after.rsvp.rawValue)
      data.change("\(prefix)attending_count", before.attendingCount, after.attendingCount)
      data.change(
        "\(prefix)attending_children", Int64(before.children ?? 0), Int64(after.children ?? 0))
    }
    for (before, after) in zip(former.partySizes, profile.partySizes) {
      let key = events.indices.contains(after.event) ? events[after.event].key : ""
      data.change("events.\(key).party_size", Int64(before.size), Int64(after.size))
    }
    if let size = profile.partySize { data.change("party_size", former.partySize ?? 1, size) }
    if let children = profile.values[.children]?.number {
      data.change("children", former.children ?? 0, children)
    }
    if let list = profile.values[.invitedTo]?.text {
      data.change(
        "invited_to", InvitedEvents.shown(former.invitedTo ?? ""), InvitedEvents.shown(list))
    }
    if let category = profile.category { data.change("category", former.category ?? "", category) }
    data.hide(profile)
    if data.changed.isEmpty, data.hidden == nil { return nil }
    // Somebody else's walk may say it of this guest.
    return execution.isNone || state[execution].guest != guest
      ? PublicEvent(data, guest: guest) : PublicEvent(data, execution: execution, in: state)
  }
}

/// The values before a change of those that others are told.
struct FormerGuest: WireObject {
  var answers: [EventAnswer] = []
  var partySize: Int64?
  var category: String?
  var children: Int64?
  var invitedTo: String?
  var partySizes: [EventPartySize] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("answers", &answers, "To the events whose answers change.")
    try visit.field("party_size", &partySize, "Party size.")
    try visit.field("category", &category, "Category.")
    try visit.field("children", &children, "Children of the party.")
    try visit.field("invited_to", &invitedTo, "Events to which the guest was invited.")
    try visit.field("party_sizes", &partySizes, "Of events to which another number is invited now.")
  }
}
