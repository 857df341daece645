import Wire

/// Guests of one category who are invited to the same events, with their answers.
package struct CategoryCount: WireObject, Equatable {
  package var category = Symbol.none
  package var guests = 0
  package var headsInvited: Int64 = 0
  /// Ascending by event, only those that anybody answered for, or to which another number is invited.
  package var events: [EventCount] = []
  /// As `InvitedEvents` writes it.
  package var invitedTo = Symbol.none
  package var childrenInvited: Int64 = 0

  package init() {}
  init(_ category: Symbol, _ invitedTo: Symbol) {
    (self.category, self.invitedTo) = (category, invitedTo)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Category.")
    try visit.field("guests", &guests, "Guests.")
    try visit.field("heads_invited", &headsInvited, "Their party sizes.")
    try visit.field("events", &events, "Answers by event.")
    try visit.field("invited_to", &invitedTo, "Events to which they are invited.")
    try visit.field("children_invited", &childrenInvited, "Children among their parties.")
  }

  package func answers(toEvent index: Int) -> EventCount {
    events.first { $0.event == index } ?? EventCount(event: index)
  }

  /// A count from before heads were counted by answer.
  var lacksHeads: Bool { events.contains(where: \.lacksHeads) }
}

/// Answers for one event. Whoever has not answered is pending and is not counted here, so that an
/// event which is added later needs no count.
package struct EventCount: WireObject, Equatable {
  package var event = 0
  package var attending = 0
  package var declined = 0
  package var maybe = 0
  package var headsAttending: Int64 = 0
  /// By how many more are invited to it than the party sizes say, whatever was answered.
  package var moreInvited: Int64 = 0
  package var moreChildrenInvited: Int64 = 0
  /// How many were invited, by what was answered for them.
  package var partiesAttending: Int64 = 0
  package var partiesDeclined: Int64 = 0
  package var partiesMaybe: Int64 = 0
  /// Invited people who stay away from parties that come.
  package var headsAbsent: Int64 = 0
  package var childrenAttending: Int64 = 0

  package init() {}
  init(event: Int) { self.event = event }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Index of the event in the project.")
    try visit.field("attending", &attending, "Guests who come.")
    try visit.field("declined", &declined, "Guests who do not.")
    try visit.field("maybe", &maybe, "Guests who do not know yet.")
    try visit.field("heads_attending", &headsAttending, "People who come.")
    try visit.field("more_invited", &moreInvited, "People invited beyond the party sizes.")
    try visit.field("more_children_invited", &moreChildrenInvited, "Children among them.")
    try visit.field("parties_attending", &partiesAttending, "People invited with who comes.")
    try visit.field("parties_declined", &partiesDeclined, "With who does not.")
    try visit.field("parties_maybe", &partiesMaybe, "With who does not know.")
    try visit.field("heads_absent", &headsAbsent, "People who stay away from who comes.")
    try visit.field("children_attending", &childrenAttending, "Children who come.")
  }

  package var answered: Int { attending + declined + maybe }

  fileprivate var lacksHeads: Bool {
    attending > 0 && partiesAttending == 0 || declined > 0 && partiesDeclined == 0
      || maybe > 0 && partiesMaybe == 0
  }

  package mutating func add(_ other: EventCount) {
    attending += other.attending
    declined += other.declined
    maybe += other.maybe
    headsAttending += other.headsAttending
    moreInvited += other.moreInvited
    moreChildrenInvited += other.moreChildrenInvited
    partiesAttending += other.partiesAttending
    partiesDeclined += other.partiesDeclined
    partiesMaybe += other.partiesMaybe
    headsAbsent += other.headsAbsent
    childrenAttending += other.childrenAttending
  }
}

/// What a guest's answer for an event counts for.
struct AnsweredHeads: Equatable {
  let event: Int
  let rsvp: RSVP
  let attending: Int64
  private let party: Int64
  private let children: Int64
  private let moreInvited: Int64
  private let moreChildrenInvited: Int64

  init(_ answer: EventAnswer, of guest: Guest) {
    (event, rsvp, attending) = (answer.event, answer.rsvp, answer.attendingCount)
    party = guest.partySize(atEvent: answer.event)
    children = guest.childrenComing(answer)
    moreInvited = party - guest.partySize
    moreChildrenInvited =
      guest.childrenInvited(toEvent: event) - min(Int64(guest.children), guest.partySize)
  }

  fileprivate func count(_ difference: Int, in sums: inout EventCount) {
    let heads = Int64(difference)
    sums.moreInvited += heads * moreInvited
    sums.moreChildrenInvited += heads * moreChildrenInvited
    sums.headsAttending += heads * attending
    sums.childrenAttending += heads * children
    switch rsvp {
    case .pending: break
    case .attending:
      sums.attending += difference
      sums.partiesAttending += heads * party
      sums.headsAbsent += heads * max(0, party - attending)
    case .declined:
      sums.declined += difference
      sums.partiesDeclined += heads * party
    case .maybe:
      sums.maybe += difference
      sums.partiesMaybe += heads * party
    }
  }
}

extension [CategoryCount] {
  /// Ascending; a group without guests is none.
  mutating func change(
    _ category: Symbol, _ invitedTo: Symbol, _ change: (inout CategoryCount) -> Void
  ) {
    let place = partitionPoint { ($0.category, $0.invitedTo) < (category, invitedTo) }
    if place == count || self[place].category != category || self[place].invitedTo != invitedTo {
      insert(CategoryCount(category, invitedTo), at: place)
    }
    change(&self[place])
    if self[place].guests == 0 { remove(at: place) }
  }
}

extension [EventCount] {
  mutating func add(_ answer: AnsweredHeads, _ difference: Int) {
    let place = partitionPoint { $0.event < answer.event }
    if place == count || self[place].event != answer.event {
      insert(EventCount(event: answer.event), at: place)
    }
    answer.count(difference, in: &self[place])
    if self[place] == EventCount(event: answer.event) { remove(at: place) }
  }
}
