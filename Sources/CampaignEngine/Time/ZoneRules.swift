import Wire

/// What a time zone does to the clock, as data: the engine has no zone database and no clock, so
/// whoever gives a command hands the rules in, and they are recorded with it. Replaying a journal
/// therefore never depends on the zone database of the machine that replays it.
package struct ZoneRules: WireObject, Equatable {
  /// IANA name, such as `Asia/Jakarta`.
  package var name = "UTC"
  /// Offset from UTC before the first transition.
  package var initialOffsetSeconds: Int64 = 0
  /// Ascending by time.
  package var transitions: [Transition] = []

  package struct Transition: WireObject, Equatable {
    package var atSeconds: Int64 = 0
    package var offsetSeconds: Int64 = 0

    package init() {}

    package init(atSeconds: Int64, offsetSeconds: Int64) {
      (self.atSeconds, self.offsetSeconds) = (atSeconds, offsetSeconds)
    }

    package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("at", &atSeconds, "When it happens, in seconds since 1970.")
      try visit.field("offset", &offsetSeconds, "Seconds east of UTC from then on.")
    }
  }

  package static let utc = ZoneRules()

  package init() {}

  package init(name: String, initialOffsetSeconds: Int64, transitions: [Transition]) {
    self.name = name
    self.initialOffsetSeconds = initialOffsetSeconds
    self.transitions = transitions
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "IANA name of the zone.")
    try visit.field("initial_offset", &initialOffsetSeconds, "Seconds east of UTC at first.")
    try visit.field("transitions", &transitions, "Changes of the offset, ascending.")
  }

  package func offsetSeconds(at time: Timestamp) -> Int64 {
    offset(beforeTransition: firstTransition(after: time))
  }

  /// The wall clock there: the day, and milliseconds since its midnight.
  package func local(_ time: Timestamp) -> (date: CivilDate, millisecondOfDay: Int64) {
    let shifted = time.milliseconds + offsetSeconds(at: time) * 1000
    let days = shifted.flooredQuotient(86_400_000)
    return (CivilDate(daysSinceEpoch: days), shifted - days * 86_400_000)
  }

  /// The instant of a wall-clock time. A time that the clocks jump over becomes the same time
  /// after the jump; one that comes twice is its first coming.
  package func instant(of date: CivilDate, millisecondOfDay: Int64) -> Timestamp {
    let wanted = date.daysSinceEpoch * 86_400_000 + millisecondOfDay
    let before = offsetSeconds(at: Timestamp(milliseconds: wanted - 86_400_000))
    let early = Timestamp(milliseconds: wanted - before * 1000)
    if offsetSeconds(at: early) == before { return early }
    let after = offsetSeconds(at: Timestamp(milliseconds: wanted + 86_400_000))
    let late = Timestamp(milliseconds: wanted - after * 1000)
    return offsetSeconds(at: late) == after ? late : early
  }
}
