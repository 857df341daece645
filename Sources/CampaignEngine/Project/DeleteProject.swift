/// Deletes a project in which nothing goes on any more.
package struct DeleteProject: Command {
  package let project: ProjectID
  package init(project: ProjectID) { self.project = project }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let state = engine.state.find(project) else {
      throw .notFound(project)
    }
    let space = project.counter - 1
    if let id = state.campaigns.firstID(in: space, where: \.holdsItsProject) {
      let status = state.campaigns[id].status
      throw .conflict(
        status.isEnded
          ? "\(id.wireText) is \(status.rawValue) and has executions that still go on; wait for their end."
          : "\(id.wireText) is \(status.rawValue); cancel it first.",
        id: id.wireText, reason: "campaign_open")
    }
    engine.cancelReminders(ofProject: space)
    engine.emit(ProjectDeleted(project: space))
  }
}

extension Campaign {
  /// A draft has done nothing yet, so it goes with its project.
  fileprivate var holdsItsProject: Bool { status != .draft && isUnfinished }
}
