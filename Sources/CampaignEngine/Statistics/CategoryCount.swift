import Wire

/// Guests of one category, with their answers.
package struct CategoryCount: WireObject, Equatable {
  package var category = Symbol.none
  package var guests = 0
  package var headsInvited: Int64 = 0
  /// Ascending by event, only those that anybody answered for.
  package var events: [EventCount] = []

  package init() {}
  init(category: Symbol) { self.category = category }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Category.")
    try visit.field("guests", &guests, "Guests.")
    try visit.field("heads_invited", &headsInvited, "Their party sizes.")
    try visit.field("events", &events, "Answers by event.")
  }

  package func answers(toEvent index: Int) -> EventCount {
    events.first { $0.event == index } ?? EventCount(event: index)
  }
}

/// Answers for one event. Whoever has not answered is pending and is not counted here, so that an
/// event which is added later needs no count.
package struct EventCount: WireObject, Equatable {
  package var event = 0
  package var attending = 0
  package var declined = 0
  package var maybe = 0
  package var headsAttending: Int64 = 0

  package init() {}
  init(event: Int) { self.event = event }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Index of the event in the project.")
    try visit.field("attending", &attending, "Guests who come.")
    try visit.field("declined", &declined, "Guests who do not.")
    try visit.field("maybe", &maybe, "Guests who do not know yet.")
    try visit.field("heads_attending", &headsAttending, "People who come.")
  }

  package var answered: Int { attending + declined + maybe }

  package mutating func add(_ other: EventCount) {
    attending += other.attending
    declined += other.declined
    maybe += other.maybe
    headsAttending += other.headsAttending
  }

  fileprivate mutating func count(_ answer: EventAnswer, _ difference: Int) {
    switch answer.rsvp {
    case .pending: break
    case .attending: attending += difference
    case .declined: declined += difference
    case .maybe: maybe += difference
    }
    headsAttending += Int64(difference) * answer.attendingCount
  }
}

extension [CategoryCount] {
  mutating func add(
    _ category: Symbol, invited: Int64, answers: [EventAnswer], _ difference: Int
  ) {
    let place = partitionPoint { $0.category < category }
    if place == count || self[place].category != category {
      insert(CategoryCount(category: category), at: place)
    }
    self[place].guests += difference
    self[place].headsInvited += Int64(difference) * invited
    for answer in answers { self[place].events.add(answer, difference) }
    if self[place].guests == 0 { remove(at: place) }
  }
}

extension [EventCount] {
  fileprivate mutating func add(_ answer: EventAnswer, _ difference: Int) {
    guard answer.rsvp != .pending || answer.attendingCount != 0 else { return }
    let place = partitionPoint { $0.event < answer.event }
    if place == count || self[place].event != answer.event {
      insert(EventCount(event: answer.event), at: place)
    }
    self[place].count(answer, difference)
    if self[place] == EventCount(event: answer.event) { remove(at: place) }
  }
}
