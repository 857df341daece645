import Wire

/// A message goes back to its lane: for a retry, for the end of quiet hours, or as a template.
struct MessagePostponed: Event {
  static let kind = EventKind.messagePostponed
  var message = MessageID.none
  var readyAt = Timestamp.zero
  var error: MessageError?
  var mustBeTemplate = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("ready_at", &readyAt, "Not before.")
    try visit.field("error", &error, "What went wrong, for a retry.")
    try visit.field("must_be_template", &mustBeTemplate, "Free text was refused.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modifyMessage(message) { row in
      row.status = .queued
      row.readyAt = readyAt
      row.error = error
      row.mustBeTemplate = row.mustBeTemplate || mustBeTemplate
      (row.acceptedAt, row.sentAt) = (.zero, .zero)
    }
    let kind: WaitKind = error == nil ? (readyAt > now ? .delay : .capacity) : .retry
    state.setSendingWait(Wait(kind, since: now, until: .zero), for: message)
  }
}
