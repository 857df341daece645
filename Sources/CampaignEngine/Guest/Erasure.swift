import Wire

/// That and when a guest was erased: what is needed to say whether old files still tell of them.
package struct Erasure: WireObject, Equatable {
  package var guest: UInt32 = 0
  package var at = Timestamp.zero
  /// Number of the newest event before it: no later one holds what was erased.
  package var afterSequence: UInt64 = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Counter of the guest.")
    try visit.field("at", &at, "When.")
    try visit.field("after_sequence", &afterSequence, "Newest event before it.")
  }
}

extension State {
  /// Enters one that no index knows yet, live or after a snapshot.
  mutating func index(erasure number: UInt32, in space: UInt32) {
    projects[space].erasuresByGuest[projects[space].erasures[number].guest] = number
  }

  package func erasure(of guest: GuestID) -> Erasure? {
    let project = project(of: guest.space)
    return project.erasuresByGuest[guest.counter].map { project.erasures[$0] }
  }

  /// Of the newest erasure: files that are older hold what was erased.
  package var newestErasure: UInt64? {
    projects.rows.compactMap { project in
      project.erasures.count == 0 ? nil : project.erasures[project.erasures.count].afterSequence
    }.max()
  }

  /// When the first guest was erased of whom this event, or a later one, may still tell.
  package func firstErasure(notBefore sequence: UInt64) -> Timestamp? {
    var first: Timestamp?
    for project in projects.rows {
      project.erasures.forEach { _, row in
        if row.afterSequence >= sequence { first = min(first ?? row.at, row.at) }
      }
    }
    return first
  }
}
