import Wire

struct TemplateCreated: Event {
  static let kind = EventKind.templateCreated
  var project: UInt32 = 0
  var row = Template()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
    try visit.field("row", &row, "The template.")
  }

  func apply(to state: inout State) {
    var row = row
    row.indexPlaces()
    state.projects[Int(project)].templates.append(row)
    let counter = UInt32(state.projects[Int(project)].templates.count)
    state.projects[Int(project)].templatesByName[row.name] = counter
  }
}
