import Wire

struct TemplateUpdated: Event {
  static let kind = EventKind.templateUpdated
  var template = TemplateID.none
  var row = Template()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template", &template, "Template.")
    try visit.field("row", &row, "The template as it is from now on.")
  }

  func apply(to state: inout State) {
    var row = row
    row.indexPlaces()
    state.projects[Int(template.space)].templates[Int(template.counter) - 1] = row
  }
}
