import Wire

/// Creates a chatflow, or gives one a new version. Errors in the graph refuse the whole; warnings
/// are stored with the version.
package struct SaveChatflow: Command {
  package let project: ProjectID
  /// Nil creates one.
  package let chatflow: ChatflowID?
  package let name: String?
  package let document: ChatflowDocument

  package init(project: ProjectID, chatflow: ChatflowID?, name: String?, document: ChatflowDocument)
  {
    (self.project, self.chatflow) = (project, chatflow)
    (self.name, self.document) = (name, document)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> ChatflowID {
    guard let state = engine.state.find(project) else {
      throw .notFound(project)
    }
    var known: Chatflow?
    if let chatflow {
      guard let found = engine.state.find(chatflow), chatflow.space == project.counter - 1 else {
        throw .notFound(chatflow)
      }
      guard found.versions.count < Limits.versionsPerChatflow else {
        throw .limitExceeded(
          "A chatflow has at most \(Limits.versionsPerChatflow) versions.", reason: "versions")
      }
      known = found
    } else if state.chatflows.count >= Limits.chatflowsPerProject {
      throw .limitExceeded(
        "A project has at most \(Limits.chatflowsPerProject) chatflows.", reason: "chatflows")
    }
    let issues = ChatflowCheck.issues(
      of: document, project: state.row, templates: state.presentTemplates,
      stopTexts: engine.state[state.row.sender].stopTexts, now: engine.state.now)
    if let first = issues.first(where: { $0.severity == .error }) {
      throw .invalidParams(
        field: "\(first.path)", reason: first.code, first.sentence,
        issues: issues.filter { $0.severity == .error })
    }
    let id =
      chatflow ?? ChatflowID(space: project.counter - 1, counter: state.chatflows.nextCounter)
    engine.emit(
      ChatflowSaved(
        chatflow: id, name: name ?? known?.name ?? "", document: document, issues: issues))
    return id
  }
}

extension ChatflowIssue {
  /// For an error's message: the same words with the node named.
  var sentence: String {
    guard let node else { return message }
    if code == "unknown_handle", let quoted = message.firstRange(ofText: "No way out ") {
      return "node \"\(node)\" has no way out \(message[quoted.upperBound...].dropLast())"
    }
    return "node \"\(node)\": \(message)"
  }
}
