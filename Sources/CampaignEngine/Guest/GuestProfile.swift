import Wire

/// Changes of a guest: what is nil stays. Texts stand as texts; only the row has symbols.
package struct GuestProfile: WireObject {
  package var values = GuestAttributeValues()
  package var answers: [EventAnswer] = []
  /// Replaces all tags.
  package var tags: [String]?
  package var addTags: [String] = []
  package var removeTags: [String] = []
  /// Merged key by key; a nil value clears.
  package var fieldValues = WireMap<Scalar?>()
  package var unreachableSince: Timestamp?
  /// How many are invited to single events.
  package var partySizes: [EventPartySize] = []
  /// Custom fields of single events; a nil value clears.
  package var eventFields: [EventField] = []

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try values.changeFields(GuestAttribute.first, &visit)
    try visit.field("answers", &answers, "Answers.")
    try visit.field("tags", &tags, "All tags.")
    try visit.field("add_tags", &addTags, "Tags to add.")
    try visit.field("remove_tags", &removeTags, "Tags to remove.")
    try visit.field("fields", &fieldValues, "Custom fields.")
    try visit.field("unreachable_since", &unreachableSince, "Reachability.")
    try values.changeFields(GuestAttribute.later, &visit)
    try visit.field("party_sizes", &partySizes, "How many are invited to single events.")
    try visit.field("event_fields", &eventFields, "Custom fields of single events.")
  }

  /// Who is asked for the guest may be another one by it.
  var changesHousehold: Bool {
    values[.phone] != nil || values[.household] != nil || values[.householdRole] != nil
  }

  package var isEmpty: Bool {
    values.isEmpty && answers.isEmpty && tags == nil && addTags.isEmpty && removeTags.isEmpty
      && fieldValues.isEmpty && unreachableSince == nil && partySizes.isEmpty
      && eventFields.isEmpty
  }
}

/// A custom field of one event: a dish.
package struct EventField: WireObject, Equatable {
  package var event = 0
  package var key = ""
  package var value: Scalar?

  package init() {}
  package init(event: Int, key: String, value: Scalar?) {
    (self.event, self.key, self.value) = (event, key, value)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Index of the event in the project.")
    try visit.field("key", &key, "Name of the field.")
    try visit.field("value", &value, "Its value; null clears it.")
  }
}

/// How many are invited to one event, where not as many as to the others.
package struct EventPartySize: WireObject, Equatable {
  package var event = 0
  package var size: UInt16 = 1

  package init() {}
  package init(event: Int, size: UInt16) { (self.event, self.size) = (event, size) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Index of the event in the project.")
    try visit.field("size", &size, "How many are invited to it.")
  }
}

/// Those that code speaks of.
extension GuestProfile {
  package var externalID: String? {
    get { values[.externalID]?.text }
    set { values[.externalID] = newValue.map(GuestValue.text) }
  }
  package var name: String? {
    get { values[.name]?.text }
    set { values[.name] = newValue.map(GuestValue.text) }
  }
  package var phone: Phone? {
    get { values[.phone]?.phone }
    set { values[.phone] = newValue.map(GuestValue.phone) }
  }
  package var household: String? {
    get { values[.household]?.text }
    set { values[.household] = newValue.map(GuestValue.text) }
  }
  package var category: String? {
    get { values[.category]?.text }
    set { values[.category] = newValue.map(GuestValue.text) }
  }
  package var language: String? {
    get { values[.language]?.text }
    set { values[.language] = newValue.map(GuestValue.text) }
  }
  package var partySize: Int64? {
    get { values[.partySize]?.number }
    set { values[.partySize] = newValue.map(GuestValue.number) }
  }
}

extension State {
  mutating func applyProfile(
    _ profile: GuestProfile, to id: GuestID, isByGuest: Bool = false, by source: AnswerSource?
  ) {
    let project = id.space
    // Taken out, so that a new text does not copy the table.
    var symbols = SymbolTable()
    swap(&symbols, &projects[project].symbols)
    let now = now
    modify(id) { $0.apply(profile, &symbols, answeredAt: isByGuest ? now : nil, by: source) }
    projects[project].symbols = symbols
  }
}

extension Guest {
  mutating func apply(
    _ profile: GuestProfile, _ symbols: inout SymbolTable, answeredAt time: Timestamp?,
    by source: AnswerSource?
  ) {
    for attribute in profile.values.given {
      if let value = profile.values[attribute] { set(attribute, to: value, &symbols) }
    }
    if let value = profile.unreachableSince { unreachableSince = value }
    for answer in profile.answers { set(answer, at: time, by: source) }
    for party in profile.partySizes {
      change(answerTo: party.event) { $0.partySize = party.size }
    }
    for field in profile.eventFields {
      let key = symbols.intern(field.key)
      change(answerTo: field.event) { answer in
        answer.values.removeAll { $0.key == key }
        if let value = field.value { answer.values.append(FieldValue(key: key, value: value)) }
      }
    }
    if let texts = profile.tags { tags = texts.map { symbols.intern($0) } }
    for tag in profile.addTags {
      let symbol = symbols.intern(tag)
      if !tags.contains(symbol) { tags.append(symbol) }
    }
    for tag in profile.removeTags {
      if let symbol = symbols.symbol(of: tag) { tags.removeAll { $0 == symbol } }
    }
    if values.isEmpty, !profile.fieldValues.isEmpty {
      values.reserveCapacity(profile.fieldValues.count)
    }
    for (key, value) in profile.fieldValues.entries { set(symbols.intern(key), to: value) }
  }

  /// `at` is nil where it is not the guest who answers: then the old moment of answering stays.
  mutating func set(_ answer: EventAnswer, at time: Timestamp?, by source: AnswerSource?) {
    var answer = answer
    answer.by = answer.rsvp == .pending ? nil : source
    let index = answers.firstIndex { $0.event == answer.event }
    answer.answeredAt = time ?? index.map { answers[$0].answeredAt } ?? .zero
    answer.partySize = index.map { answers[$0].partySize } ?? 0
    answer.values = index.map { answers[$0].values } ?? []
    if let index { answers[index] = answer } else { answers.append(answer) }
  }

  private mutating func change(
    answerTo event: Int, _ change: (inout EventAnswer) -> Void
  ) {
    let index = answers.firstIndex { $0.event == event }
    if index == nil { answers.append(EventAnswer(event: event)) }
    change(&answers[index ?? answers.count - 1])
  }

  mutating func set(_ key: Symbol, to value: Scalar?) {
    values.removeAll { $0.key == key }
    if let value { values.append(FieldValue(key: key, value: value)) }
  }
}
