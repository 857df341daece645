import Wire

/// Waits for a while, until a moment, or for a time relative to an event of the project; then for
/// the next moment outside quiet hours.
package struct DelayNode: NodeContent {
  package static let typeName = "delay"
  package static let summary =
    "Waits: for a length of time, until a moment, or until a time before or after an event."
  package static let example =
    #"{"relative_to_event": {"event": "wedding", "offset": "-1d", "at": "09:00"}}"#
  package static let traits: NodeTraits = .waits

  package var span: TimeSpan?
  package var until: Timestamp?
  package var relativeToEvent: EventOffset?

  package struct EventOffset: WireObject, Equatable {
    package var event: String?
    package var offset = CalendarSpan.zero
    package var at: TimeOfDay?
    package init() {}

    package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("event", &event, "Key of the event; the main one if absent.")
      try visit.field(
        "offset", &offset,
        "Before (negative) or after its beginning; days (d) are days of the calendar in the project's zone.",
        .defaulted)
      try visit.field("at", &at, "Time of that day, in the project's zone.")
    }
  }

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("for", &span, "How long.")
    try visit.field("until", &until, "Until when.")
    try visit.field("relative_to_event", &relativeToEvent, "Until a time around an event.")
  }

  package var handles: [String] { ["default"] }
  package func usualPhase(isBeforeWait: Bool) -> Phase { .followUp }

  package var reads: NodeReads {
    var reads = NodeReads()
    reads.events = [relativeToEvent?.event].compactMap { $0 }
    return reads
  }

  package func check(_ check: inout NodeCheck) {
    let given = [span != nil, until != nil, relativeToEvent != nil].count { $0 }
    if given != 1 {
      check.error(
        "one_of", "A delay has exactly one of for, until and relative_to_event; found \(given).",
        "Keep the one that is meant.", "")
    }
    if let span, span < .zero {
      check.error("out_of_range", "The delay is negative.", "Use 3d, say.", "for")
    }
    if let relativeToEvent { check.event(relativeToEvent.event, field: "relative_to_event.event") }
  }
}
