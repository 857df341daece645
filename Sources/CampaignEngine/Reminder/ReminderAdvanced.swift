import Wire

/// One slice of a reminder's candidates was judged.
struct ReminderAdvanced: InternalEvent {
  static let kind = EventKind.reminderAdvanced
  var reminder = ReminderID.none
  var cursor: UInt32 = 0
  var lastCandidate: UInt32 = 0
  var skips: [Skip] = []

  struct Skip: WireObject {
    var guest = GuestID.none
    var reason = ""

    init() {}
    init(guest: GuestID, reason: String) { (self.guest, self.reason) = (guest, reason) }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest", &guest, "Guest.")
      try visit.field("reason", &reason, "Why.")
    }
  }

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder", &reminder, "Reminder.")
    try visit.field("cursor", &cursor, "Candidate judged last.")
    try visit.field("last_candidate", &lastCandidate, "Last candidate to judge.")
    try visit.field("skips", &skips, "Who matched and is not written to.")
  }

  func apply(to state: inout State) {
    for skip in skips {
      let reason = state.projects[of: reminder].symbols.intern(skip.reason)
      state.addSkip(ReminderSkip(guest: skip.guest, reason: reason), to: reminder)
    }
    state.modify(reminder) { row in
      row.cursor = cursor
      row.lastCandidate = lastCandidate
      if cursor >= lastCandidate { row.phase = .judged }
    }
    state.settleReminder(reminder)
  }
}
