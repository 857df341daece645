import Wire

/// What guests are invited to: one wedding, one launch.
package struct Project: WireObject {
  package var name = ""
  package var sender = SenderID.none
  package var timeZone = "UTC"
  /// Country code for numbers that are written without one, digits only.
  package var callingCode = ""
  /// Template languages in the order in which they are tried.
  package var languages: [String] = []
  package var quietHours: QuietHours?
  package var fieldTypes = WireMap<FieldType>()
  package var fieldValues = WireMap<Scalar>()
  /// The first one is *the* event: guests' `rsvp` is the answer to it.
  package var events: [ProjectEvent] = []
  package var createdAt = Timestamp.zero
  /// Keys of events that were taken away. They keep their places, since answers are stored by place.
  package var removedEvents: [String] = []
  /// Everything in it is as if it were not there; identifiers are never given out again.
  package var isDeleted = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name of the project.")
    try visit.field("sender", &sender, "The number that writes to its guests.")
    try visit.field("time_zone", &timeZone, "IANA name.")
    try visit.field("calling_code", &callingCode, "Default country code.")
    try visit.field("languages", &languages, "Languages in order of preference.")
    try visit.field("quiet_hours", &quietHours, "When no conversation is started.")
    try visit.field("field_types", &fieldTypes, "Declared types of the guests' custom fields.")
    try visit.field("field_values", &fieldValues, "The project's own values for texts.")
    try visit.field("events", &events, "Functions, the main one first.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("removed_events", &removedEvents, "Keys of events that were taken away.")
    try visit.field("is_deleted", &isDeleted, "Whether it was deleted.")
  }

  package func eventIndex(of key: String?) -> Int? {
    guard let key else { return events.isEmpty ? nil : 0 }
    return removedEvents.contains(key) ? nil : events.firstIndex { $0.key == key }
  }

  /// Where answers to an event are stored; those to the main one in a project without events, too.
  package func answerIndex(of key: String?) -> Int? {
    eventIndex(of: key) ?? (key == nil ? 0 : nil)
  }

  /// Of an event that somebody names.
  package func place(of key: String) throws(Rejection) -> Int {
    if let index = eventIndex(of: key) { return index }
    let keys = presentEvents.map(\.event.key).joined(separator: ", ")
    throw .invalidParams(
      field: "event", reason: "unknown_event",
      keys.isEmpty ? "expected none, since the project has no events" : "expected one of \(keys)")
  }

  /// The events that there are, each with the place under which answers to it are stored.
  package var presentEvents: [(index: Int, event: ProjectEvent)] {
    events.enumerated().filter { !removedEvents.contains($0.element.key) }
      .map { (index: $0.offset, event: $0.element) }
  }
}

/// A function of the project: the ceremony, the dinner.
package struct ProjectEvent: WireObject, Equatable {
  package var key = ""
  package var name = ""
  package var startsAt = Timestamp.zero

  package init() {}

  package init(key: String, name: String, startsAt: Timestamp) {
    (self.key, self.name, self.startsAt) = (key, name, startsAt)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("key", &key, "Short name used in filters and flows.", .pattern(.handle))
    try visit.field("name", &name, "Name as guests read it.", .length(1...200))
    try visit.field("starts_at", &startsAt, "When it begins.")
  }
}

package enum FieldType: String, WireEnum {
  case text, number, date, choice
}
