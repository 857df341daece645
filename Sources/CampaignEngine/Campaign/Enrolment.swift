import Wire

/// How far the enrolment of the audience has come.
package struct Enrolment: WireObject, Equatable {
  package var done = 0
  /// While a long list is being counted, those that were found so far.
  package var total = 0
  /// Last guest that was judged, and the last one to judge: guests created later do not count.
  package var cursor: UInt32 = 0
  package var lastGuest: UInt32 = 0
  /// First guest that is still to be counted; zero when all are.
  package var uncountedFrom: UInt32 = 0

  package init() {}

  package var isFinished: Bool { cursor >= lastGuest }
  package var isCounted: Bool { uncountedFrom == 0 }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("done", &done, "Guests enrolled or skipped.")
    try visit.field("total", &total, "Guests that the filter matched.")
    try visit.field("cursor", &cursor, "Guest judged last.")
    try visit.field("last_guest", &lastGuest, "Last guest to judge.")
    try visit.field("uncounted_from", &uncountedFrom, "First guest still to be counted.")
  }

  /// From now on all guests up to the given one are judged: whoever is in already is passed over. A
  /// list that is too long for one command is counted in slices first.
  /// - Parameter total: all who will be in, where that is known.
  mutating func begin(upTo guest: UInt32, total: Int?) {
    (cursor, lastGuest) = (0, guest)
    self.total = total ?? done
    uncountedFrom = total == nil ? 1 : 0
  }
}
