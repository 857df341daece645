import Wire

/// A chatflow was created, or got a new version.
struct ChatflowSaved: Event {
  static let kind = EventKind.chatflowSaved
  var chatflow = ChatflowID.none
  var name = ""
  var document = ChatflowDocument()
  var issues: [ChatflowIssue] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("chatflow", &chatflow, "The chatflow; the next free one is created.")
    try visit.field("name", &name, "Its name from now on.")
    try visit.field("document", &document, "The graph.")
    try visit.field("issues", &issues, "Warnings.")
  }

  func apply(to state: inout State) {
    let project = Int(chatflow.space)
    let index = Int(chatflow.counter) - 1
    if index == state.projects[project].chatflows.count {
      state.projects[project].chatflows.append(Chatflow(createdAt: state.now))
    }
    let version = ChatflowVersion(
      document: document, graph: ChatflowGraph(document), issues: issues, createdAt: state.now)
    state.projects[project].chatflows[index].name = name
    state.projects[project].chatflows[index].versions.append(version)
  }
}
