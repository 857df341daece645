import Wire

/// A held message need not wait any longer: its guest opened a session window.
struct MessageReleased: Event {
  static let kind = EventKind.messageReleased
  var message = MessageID.none
  /// The guest has just written, so it goes as a part of that dialogue: before what a campaign
  /// begins, in the order of the invitations, and in quiet hours too.
  var isReply = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("is_reply", &isReply, "Goes as a part of the guest's dialogue.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modify(message) { row in
      row.status = .queued
      row.readyAt = now
      row.block = nil
      row.isReply = row.isReply || isReply
    }
    state.setSendingWait(Wait(.capacity, since: now), for: message)
  }
}

extension MessageReleased {
  static var publicData: (any PublicData.Type)? { MessageReleasedData.self }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(MessageReleasedData(), message: message, in: state)
  }
}

package struct MessageReleasedData: PublicData {
  package static let kind = PublicKind("message_released")
  package static let summary = "A held invitation need not wait any longer: its guest wrote."

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}
