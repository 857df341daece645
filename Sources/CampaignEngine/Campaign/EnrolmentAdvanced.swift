import Wire

/// One slice of the audience was judged.
struct EnrolmentAdvanced: InternalEvent {
  static let kind = EventKind.enrolmentAdvanced
  var campaign = CampaignID.none
  var cursor: UInt32 = 0
  var done = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("cursor", &cursor, "Guest judged last.")
    try visit.field("done", &done, "Guests enrolled or skipped so far.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { row in
      row.progress.enrolment?.cursor = cursor
      row.progress.enrolment?.done = done
      // Guests change between the start and their slice, and some join meanwhile; the last slice
      // settles the total.
      guard let enrolment = row.progress.enrolment else { return }
      row.progress.enrolment?.total = enrolment.isFinished ? done : max(enrolment.total, done)
    }
  }
}
