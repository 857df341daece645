import Wire

/// The part of an audience that goes first, so that what is wrong shows before it has gone to all.
package struct FirstShare: WireObject, Equatable {
  /// Counters of the guests, in the order in which they are enrolled.
  package private(set) var guests: [UInt32] = []
  /// How many of them are.
  package var enrolled = 0
  package var stage = Stage.enrolling
  /// When the last of them was enrolled, or the campaign was resumed since.
  package var enrolledAt = Timestamp.zero

  package enum Stage: String, WireEnum {
    case enrolling
    /// What they are sent is on its way.
    case underWay = "under_way"
    /// It is known what became of it; the rest of the audience waits for an operator.
    case done
    /// The rest has been let in.
    case continued
  }

  /// Why the campaign is paused once it is done.
  package static let pauseReason = "first_share_done"

  package init() {}
  init(_ guests: [UInt32]) { self.guests = guests }

  /// The rest of the audience is not let in yet.
  package var holdsRest: Bool { stage != .continued }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guests", &guests, "Who goes first.")
    try visit.field("enrolled", &enrolled, "How many of them are enrolled.")
    try visit.field("stage", &stage, "How far it has come.")
    try visit.field("enrolled_at", &enrolledAt, "When the last of them was.")
  }
}
