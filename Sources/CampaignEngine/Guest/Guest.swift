import Wire

/// A person as a project's list has them.
package struct Guest: WireObject {
  package var externalID = ""
  package var name = ""
  package var phone = Phone.none
  package var category = Symbol.none
  package var language = ""
  package var timeZone = ""
  /// How many are invited; at least the guest.
  package var partySize: Int64 = 1
  package var answers: [EventAnswer] = []
  package var tags: [Symbol] = []
  /// In characters.
  package static let tagLength = 1...64
  package var values: [FieldValue] = []
  /// Messages that could not be delivered to this number; a success clears it.
  package var unreachableSince = Timestamp.zero
  package var createdAt = Timestamp.zero
  package var updatedAt = Timestamp.zero
  /// Walks tests only: no list, no audience and no sum knows them.
  package var isTester = false
  /// Gone for everybody who asks. The row stays, so that the audiences that it was in keep their
  /// numbers and past executions know whom they were for.
  package var isDeleted = false
  package var consentSource = Symbol.none
  package var consentAt = Timestamp.zero
  package var consentText = Symbol.none
  /// Key of the household in the caller's own list; empty where there is none.
  package var household = ""
  package var householdRole = Symbol.none
  /// To which events the guest is invited, as `InvitedEvents` writes it; nothing for all of them.
  package var invitedTo = Symbol.none
  /// How many of the party are children.
  package var children: UInt16 = 0
  package var links = Links()

  package init() {}

  /// The links are indexes and are rebuilt; all else is state.
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("external_id", &externalID, "Key of the guest in the caller's own list.")
    try visit.field("name", &name, "Name as it is greeted.")
    try visit.field("phone", &phone, "Phone number.")
    try visit.field("category", &category, "Category.")
    try visit.field("language", &language, "Language.")
    try visit.field("time_zone", &timeZone, "Zone, where it is not the project's.")
    try visit.field("party_size", &partySize, "How many are invited.")
    try visit.field("answers", &answers, "Answers per event.")
    try visit.field("tags", &tags, "Tags.")
    try visit.field("values", &values, "Custom fields.")
    try visit.field("unreachable_since", &unreachableSince, "When messages began to fail.")
    try visit.field("created_at", &createdAt, "When the guest was created.")
    try visit.field("updated_at", &updatedAt, "When the guest last changed.")
    try visit.field("is_tester", &isTester, "Walks tests only.")
    try visit.field("is_deleted", &isDeleted, "Whether the guest was deleted.")
    try visit.field("consent_source", &consentSource, "Where the guest agreed.")
    try visit.field("consent_at", &consentAt, "When the guest agreed.")
    try visit.field("consent_text", &consentText, "What the guest agreed to.")
    try visit.field("household", &household, "Key of the household.")
    try visit.field("household_role", &householdRole, "Role in the household.")
    try visit.field("invited_to", &invitedTo, "Events to which the guest is invited.")
    try visit.field("children", &children, "How many of the party are children.")
  }

  /// It is known where or when the guest agreed to be written to.
  package var hasConsent: Bool { !consentSource.isNone || consentAt > .zero }

  /// Nothing personal is left of the guest.
  package var isErased: Bool { isDeleted && phone.isNone && name.isEmpty }

  package func answer(toEvent index: Int) -> EventAnswer {
    answers.first { $0.event == index } ?? EventAnswer(event: index)
  }

  package func value(of key: Symbol) -> Scalar? { values.first { $0.key == key }?.value }

  /// What is said of one event alone.
  package func value(of key: Symbol, ofEvent index: Int) -> Scalar? {
    answers.first { $0.event == index }?.values.first { $0.key == key }?.value
  }

  package var rsvp: RSVP { answer(toEvent: 0).rsvp }
  package var attendingCount: Int64 { answer(toEvent: 0).attendingCount }

  /// How many are invited to an event, where the guest is.
  package func partySize(atEvent index: Int) -> Int64 {
    guard !answers.isEmpty, case let own = answer(toEvent: index).partySize, own > 0 else {
      return partySize
    }
    return Int64(own)
  }

  /// How many of those who come to an event are children. Where nobody said, the grown-ups come first.
  func childrenComing(_ answer: EventAnswer) -> Int64 {
    if let told = answer.children { return min(Int64(told), answer.attendingCount) }
    let party = partySize(atEvent: answer.event)
    let children = childrenInvited(toEvent: answer.event)
    return min(children, max(0, answer.attendingCount - (party - children)))
  }

  /// How many of those who are invited to an event are children.
  func childrenInvited(toEvent index: Int) -> Int64 {
    min(Int64(children), partySize(atEvent: index))
  }
}

package enum RSVP: String, WireEnum {
  case pending, attending, declined, maybe
}

/// What a guest answered for one event of the project.
package struct EventAnswer: WireObject, Equatable {
  package var event: Int = 0
  package var rsvp = RSVP.pending
  /// Who said so; nil where nobody has, and in rows from before that was kept.
  package var by: AnswerSource?
  /// How many are invited to this event; zero where as many as to the others.
  package var partySize: UInt16 = 0
  /// How many of those who come are children; nil where nobody said.
  package var children: UInt16?
  /// How many come; 0 unless attending.
  package var attendingCount: Int64 = 0
  /// When the guest answered in their own words; zero where an operator or a list set it.
  package var answeredAt = Timestamp.zero
  /// Custom fields that are of this event: a dish.
  package var values: [FieldValue] = []

  package init() {}
  package init(event: Int) { self.event = event }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Index of the event in the project.")
    try visit.field("rsvp", &rsvp, "The answer.")
    try visit.field("attending_count", &attendingCount, "How many come.")
    try visit.field("answered_at", &answeredAt, "When the guest said so.")
    try visit.field("by", &by, "Who said so.")
    try visit.field("party_size", &partySize, "How many are invited to it.")
    try visit.field("children", &children, "How many of those who come are children.")
    try visit.field("values", &values, "Custom fields of the event.")
  }

  /// Who said so, as far as that is known.
  package var source: AnswerSource? {
    if rsvp == .pending { return nil }
    return by ?? (answeredAt > .zero ? .guest : .operator)
  }
}

/// Who gave an answer.
package enum AnswerSource: String, WireEnum {
  case guest
  /// Somebody of the household, for those who are asked with them.
  case contact
  /// An operator or a list.
  case `operator`
}

package struct FieldValue: WireObject, Equatable {
  package var key = Symbol.none
  package var value = Scalar.text("")

  package init() {}
  package init(key: Symbol, value: Scalar) { (self.key, self.value) = (key, value) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("key", &key, "Name of the field.")
    try visit.field("value", &value, "Its value.")
  }
}
