import Wire

struct ProjectCreated: Event {
  static let kind = EventKind.projectCreated
  var row = Project()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("row", &row, "The project.")
  }

  func apply(to state: inout State) { state.projects.append(ProjectState(row: row)) }
}
