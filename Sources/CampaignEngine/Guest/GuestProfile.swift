import Wire

/// Changes of a guest: what is nil stays. Texts stand as texts; only the row has symbols.
package struct GuestProfile: WireObject {
  package var externalID: String?
  package var name: String?
  package var phone: Phone?
  package var category: String?
  package var language: String?
  package var timeZone: String?
  package var partySize: Int64?
  package var answers: [EventAnswer] = []
  /// Replaces all tags.
  package var tags: [String]?
  package var addTags: [String] = []
  package var removeTags: [String] = []
  /// Merged key by key; a nil value clears.
  package var fieldValues = WireMap<Scalar?>()
  package var unreachableSince: Timestamp?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("external_id", &externalID, "External id.")
    try visit.field("name", &name, "Name.")
    try visit.field("phone", &phone, "Phone.")
    try visit.field("category", &category, "Category.")
    try visit.field("language", &language, "Language.")
    try visit.field("time_zone", &timeZone, "Time zone.")
    try visit.field("party_size", &partySize, "Party size.")
    try visit.field("answers", &answers, "Answers.")
    try visit.field("tags", &tags, "All tags.")
    try visit.field("add_tags", &addTags, "Tags to add.")
    try visit.field("remove_tags", &removeTags, "Tags to remove.")
    try visit.field("fields", &fieldValues, "Custom fields.")
    try visit.field("unreachable_since", &unreachableSince, "Reachability.")
  }

  package var isEmpty: Bool {
    externalID == nil && name == nil && phone == nil && category == nil && language == nil
      && timeZone == nil && partySize == nil && answers.isEmpty && tags == nil && addTags.isEmpty
      && removeTags.isEmpty && fieldValues.isEmpty && unreachableSince == nil
  }
}

extension State {
  mutating func applyProfile(_ profile: GuestProfile, to id: GuestID, isByGuest: Bool = false) {
    let project = id.space
    // Taken out, so that a new text does not copy the table.
    var symbols = SymbolTable()
    swap(&symbols, &projects[project].symbols)
    let now = now
    modify(id) { $0.apply(profile, &symbols, answeredAt: isByGuest ? now : nil) }
    projects[project].symbols = symbols
  }
}

extension Guest {
  mutating func apply(
    _ profile: GuestProfile, _ symbols: inout SymbolTable, answeredAt time: Timestamp?
  ) {
    if let value = profile.externalID { externalID = value }
    if let value = profile.name { name = value }
    if let value = profile.phone { phone = value }
    if let value = profile.category { category = symbols.intern(value) }
    if let value = profile.language { language = value }
    if let value = profile.timeZone { timeZone = value }
    if let value = profile.partySize { partySize = value }
    if let value = profile.unreachableSince { unreachableSince = value }
    for answer in profile.answers { set(answer, at: time) }
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
  mutating func set(_ answer: EventAnswer, at time: Timestamp?) {
    var answer = answer
    let index = answers.firstIndex { $0.event == answer.event }
    answer.answeredAt = time ?? index.map { answers[$0].answeredAt } ?? .zero
    if let index { answers[index] = answer } else { answers.append(answer) }
  }

  mutating func set(_ key: Symbol, to value: Scalar?) {
    values.removeAll { $0.key == key }
    if let value { values.append(FieldValue(key: key, value: value)) }
  }
}
