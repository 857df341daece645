import Wire

/// A project is gone for everybody who asks. Its rows stay where they are, so that no identifier is
/// given out twice and what is on its way at WhatsApp is still booked.
struct ProjectDeleted: Event {
  static let kind = EventKind.projectDeleted
  var project: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
  }

  func apply(to state: inout State) { state.projects[Int(project)].row.isDeleted = true }
}
