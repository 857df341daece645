import Wire

struct ChatflowDeleted: Event {
  static let kind = EventKind.chatflowDeleted
  var chatflow = ChatflowID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("chatflow", &chatflow, "Chatflow.")
  }

  func apply(to state: inout State) {
    state.projects[of: chatflow].chatflows[chatflow].isDeleted = true
  }
}

extension ChatflowDeleted {
  static var publicData: (any PublicData.Type)? { ChatflowDeletedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ChatflowDeletedData()
    data.chatflow = chatflow
    return PublicEvent(data, space: chatflow.space)
  }
}

package struct ChatflowDeletedData: PublicData {
  package static let kind = PublicKind("chatflow_deleted")
  package static let summary = "A chatflow was deleted."
  package var chatflow = ChatflowID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("chatflow_id", &chatflow, "Chatflow.")
  }
}
