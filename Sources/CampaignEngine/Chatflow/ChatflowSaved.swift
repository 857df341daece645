import Wire

/// A chatflow was created, or got a new version.
struct ChatflowSaved: Event {
  static let kind = EventKind.chatflowSaved
  var chatflow = ChatflowID.none
  var name = ""
  var document = ChatflowDocument()
  var issues: [ChatflowIssue] = []
  var version = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("chatflow", &chatflow, "The chatflow; the next free one is created.")
    try visit.field("name", &name, "Its name from now on.")
    try visit.field("document", &document, "The graph.")
    try visit.field("issues", &issues, "Warnings.")
    try visit.field("version", &version, "Number of the version.")
  }

  func apply(to state: inout State) {
    let project = chatflow.space
    if !state.projects[project].chatflows.contains(chatflow) {
      state.projects[project].chatflows.append(Chatflow(createdAt: state.now))
    }
    let version = ChatflowVersion(
      document: document, graph: ChatflowGraph(document), issues: issues, createdAt: state.now)
    state.projects[project].chatflows[chatflow].name = name
    state.projects[project].chatflows[chatflow].versions.append(version)
  }
}

extension ChatflowSaved {
  static var publicData: (any PublicData.Type)? { ChatflowSavedData.self }

  mutating func complete(from state: State) {
    version = (state.find(chatflow)?.versions.count ?? 0) + 1
  }

  func publish(in state: State) -> PublicEvent? {
    var data = ChatflowSavedData()
    (data.chatflow, data.version) = (chatflow, version)
    return PublicEvent(data, space: chatflow.space)
  }
}

package struct ChatflowSavedData: PublicData {
  package static let kind = PublicKind("chatflow_saved")
  package static let summary = "A chatflow was created, or got a new version."
  package var chatflow = ChatflowID.none
  package var version = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("chatflow_id", &chatflow, "Chatflow.")
    try visit.field("version", &version, "The version; 1 for a new chatflow.")
  }
}
