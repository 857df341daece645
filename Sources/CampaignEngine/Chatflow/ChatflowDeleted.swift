import Wire

struct ChatflowDeleted: Event {
  static let kind = EventKind.chatflowDeleted
  var chatflow = ChatflowID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("chatflow", &chatflow, "Chatflow.")
  }

  func apply(to state: inout State) {
    state.projects[Int(chatflow.space)].chatflows[Int(chatflow.counter) - 1].isDeleted = true
  }
}
