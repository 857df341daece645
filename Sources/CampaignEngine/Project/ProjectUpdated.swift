import Wire

struct ProjectUpdated: Event {
  static let kind = EventKind.projectUpdated
  var project: UInt32 = 0
  var row = Project()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
    try visit.field("row", &row, "The project as it is from now on.")
  }

  func apply(to state: inout State) { state.projects[project].row = row }
}

extension ProjectUpdated {
  static var publicData: (any PublicData.Type)? { ProjectUpdatedData.self }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(ProjectUpdatedData(), space: project)
  }
}

package struct ProjectUpdatedData: PublicData {
  package static let kind = PublicKind("project_updated")
  package static let summary = "A project changed: its names, times or fields."

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}
