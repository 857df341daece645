import Wire

/// One row of a guest list: what is nil or empty keeps what is stored.
package struct GuestRow: WireObject, Equatable {
  package private(set) var cells = GuestAttributeValues()
  package var rsvp: String?
  package var attendingCount: Scalar?
  package var subscription: String?
  package var tags: [String]?
  package var fieldValues = WireMap<Scalar>()
  package var answers: [GivenAnswer]?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try firstFields(&visit)
    try laterFields(&visit)
  }

  package mutating func firstFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try cellFields(GuestAttribute.first, &visit)
    try visit.field("rsvp", &rsvp, "pending, attending, declined or maybe.", .length(0...20))
    try visit.field("attending_count", &attendingCount, "How many come.")
    try visit.field(
      "subscription", &subscription, "subscribed, no_marketing or opted_out.", .length(0...20))
    try visit.field("tags", &tags, "Replaces the guest's tags.", .length(0...50))
    try visit.field(
      "fields", &fieldValues, "Custom fields, merged key by key.", .defaulted.length(0...50))
    try visit.field("answers", &answers, "Answers for single events.", .length(0...50))
  }

  /// What came later stands behind the other params of a method.
  package mutating func laterFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try cellFields(GuestAttribute.later, &visit)
  }

  private mutating func cellFields(
    _ attributes: [GuestAttribute], _ visit: inout some FieldVisitor
  ) throws(WireError) {
    for attribute in attributes {
      let facts = attribute.facts
      let before = cells[attribute]
      let after: GuestValue?
      if case .events = facts.kind {
        var keys = invitedTo
        try visit.field(facts.name, &keys, facts.givenSentence, .length(0...Limits.eventsEver))
        after = keys.map(GuestValue.keys)
      } else if let longest = attribute.longest, attribute.has(.isQuoted) {
        var text = RowText(before)
        try visit.field(facts.name, &text, facts.givenSentence, .length(0...longest))
        after = text?.value
      } else if let longest = attribute.longest {
        var text = self[attribute]?.text
        try visit.field(facts.name, &text, facts.givenSentence, .length(0...longest))
        after = text.map(GuestValue.text)
      } else {
        var value = self[attribute]
        try visit.field(facts.name, &value, facts.givenSentence)
        after = value.map { GuestValue($0) }
      }
      if after != before { cells[attribute] = after }
    }
  }

  package subscript(attribute: GuestAttribute) -> Scalar? {
    get { cells[attribute].flatMap(Scalar.init) }
    set {
      if case .events = attribute.facts.kind {
        cells[attribute] = newValue.map { .keys([$0.text]) }
      } else {
        cells[attribute] = newValue.map { GuestValue($0) }
      }
    }
  }
}

extension GuestRow {
  package var externalID: String? {
    get { self[.externalID]?.text }
    set { self[.externalID] = newValue.map(Scalar.text) }
  }
  package var name: String? {
    get { self[.name]?.text }
    set { self[.name] = newValue.map(Scalar.text) }
  }
  package var phone: String? {
    get { self[.phone]?.text }
    set { self[.phone] = newValue.map(Scalar.text) }
  }
  package var category: String? {
    get { self[.category]?.text }
    set { self[.category] = newValue.map(Scalar.text) }
  }
  package var language: String? {
    get { self[.language]?.text }
    set { self[.language] = newValue.map(Scalar.text) }
  }
  package var timeZone: String? {
    get { self[.timeZone]?.text }
    set { self[.timeZone] = newValue.map(Scalar.text) }
  }
  package var partySize: Scalar? {
    get { self[.partySize] }
    set { self[.partySize] = newValue }
  }
  /// Keys of events; an empty list is one, too.
  package var invitedTo: [String]? {
    get { cells[.invitedTo]?.keys }
    set { cells[.invitedTo] = newValue.map(GuestValue.keys) }
  }
}

extension GuestRow {
  /// A number has lost its plus and its zeros, so what stands there is no longer what was meant.
  func checkTexts() throws(RowFault) {
    for attribute in cells.given where cells[attribute] == .unreadable {
      throw RowFault(
        field: attribute.name, reason: "wrong_type",
        message: "expected a text in quotes, since numbers lose a plus and zeros in front")
    }
  }
}

extension RowText {
  fileprivate init?(_ value: GuestValue?) {
    guard let value else { return nil }
    self = value == .unreadable ? .other : .text(value.text)
  }

  fileprivate var value: GuestValue {
    switch self {
    case .text(let text): .text(text)
    case .other: .unreadable
    }
  }
}

extension GuestValue {
  fileprivate init(_ scalar: Scalar) {
    switch scalar {
    case .text(let text): self = .text(text)
    case .integer(let number): self = .number(number)
    }
  }
}

extension Scalar {
  fileprivate init?(_ value: GuestValue) {
    switch value {
    case .text(let text): self = .text(text)
    case .number(let number): self = .integer(number)
    case .phone(let phone): self = .text(phone.wireText)
    case .keys(let keys): self = .text(keys.joined(separator: " "))
    case .unreadable: return nil
    }
  }
}

/// An answer for one event of the project, as an operator or a list gives it.
package struct GivenAnswer: WireObject, Equatable {
  package var event = ""
  package var rsvp: String?
  package var attendingCount: Scalar?
  package var partySize: Scalar?
  package var children: Scalar?
  package var fieldValues = WireMap<Scalar?>()

  package init() {}
  package init(event: String) { self.event = event }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Key of the event.", .length(1...64))
    try visit.field("rsvp", &rsvp, "pending, attending, declined or maybe.", .length(0...20))
    try visit.field("attending_count", &attendingCount, "How many come.")
    try visit.field(
      "party_size", &partySize, "How many are invited to it, where not as many as to the others.")
    try visit.field("children", &children, "How many of those who come are children.")
    try visit.field(
      "fields", &fieldValues,
      "Custom fields of the event alone, such as a dish, merged key by key; null clears one.",
      .defaulted.length(0...50))
  }
}
