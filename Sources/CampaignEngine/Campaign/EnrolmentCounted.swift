import Wire

/// One slice of a long list was counted.
struct EnrolmentCounted: InternalEvent {
  static let kind = EventKind.enrolmentCounted
  var campaign = CampaignID.none
  var joining = 0
  var uncountedFrom: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("joining", &joining, "Guests found in this slice.")
    try visit.field("uncounted_from", &uncountedFrom, "First guest still to be counted.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { row in
      row.progress.enrolment?.total += joining
      row.progress.enrolment?.uncountedFrom = uncountedFrom
    }
  }
}
