import Wire

/// A project is gone for everybody who asks. Its rows stay where they are, so that no identifier is
/// given out twice and what is on its way at WhatsApp is still booked.
struct ProjectDeleted: Event {
  static let kind = EventKind.projectDeleted
  var project: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
  }

  func apply(to state: inout State) {
    state.projects[project].row.isDeleted = true
    for id in state.projects[project].campaigns.ids(in: project) { state.endBulks(of: id) }
  }
}

extension ProjectDeleted {
  static var publicData: (any PublicData.Type)? { ProjectDeletedData.self }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(ProjectDeletedData(), space: project)
  }
}

package struct ProjectDeletedData: PublicData {
  package static let kind = PublicKind("project_deleted")
  package static let summary = "A project was deleted, with all that is in it."

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}
