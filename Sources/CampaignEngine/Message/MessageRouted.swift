import Wire

/// An operator said where an inbound message belongs that nothing had routed: to an execution, or
/// nowhere.
struct MessageRouted: Event {
  static let kind = EventKind.messageRouted
  var message = MessageID.none
  /// None where the message was dismissed.
  var execution = ExecutionID.none
  /// The execution is paused; the reply counts when it goes on.
  var isUnapplied = false
  /// Nil in events from before it was kept.
  var disposition: Disposition?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("execution", &execution, "Execution; none where it was dismissed.")
    try visit.field("is_unapplied", &isUnapplied, "Waits for a resume.")
    try visit.field("disposition", &disposition, "What becomes of it.")
  }

  func apply(to state: inout State) {
    let isOfProject = message.isOfProject
    guard !execution.isNone else {
      return state.modify(message) { row in
        row.needsAttention = false
        if let disposition { row.dispose(as: disposition) }
      }
    }
    let row = state[execution]
    // The same person may be several guests; the execution says which of them is meant.
    let isSamePerson =
      message.space == execution.space
      && state[state[message].guest].person == state[row.guest].person
    if isOfProject { state.unlinkMessage(message) }
    state.modify(message) { message in
      message.needsAttention = false
      message.routedBy = .operator
      message.isUnapplied = isUnapplied
      if let disposition { message.dispose(as: disposition) }
      message.execution = execution
      message.step = row.presentStep
      if isSamePerson { message.guest = row.guest }
      // Counters of another project are not ours to change.
      if self.message.space == execution.space { message.campaign = row.campaign }
    }
    if isOfProject { state.linkMessage(message, state[message]) }
    if isUnapplied { state.modify(execution) { $0.hasUnappliedReply = true } }
  }
}

extension MessageRouted {
  static var publicData: (any PublicData.Type)? { MessageRoutedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = MessageRoutedData()
    data.isDismissed = execution.isNone
    guard execution.isNone else {
      return PublicEvent(data, execution: execution, message: message, in: state)
    }
    let row = state[message]
    return PublicEvent(data, message: message, guest: row.guest, campaign: row.campaign)
  }
}

package struct MessageRoutedData: PublicData {
  package static let kind = PublicKind("message_routed")
  package static let summary = "An operator said where a message belongs that nothing had routed."
  package var isDismissed = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("dismissed", &isDismissed, "It belongs nowhere.")
  }
}
