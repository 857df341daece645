import Wire

/// A held invitation need not wait any longer: its guest opened a session window.
struct MessageReleased: Event {
  static let kind = EventKind.messageReleased
  var message = MessageID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modifyMessage(message) { row in
      row.status = .queued
      row.readyAt = now
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
