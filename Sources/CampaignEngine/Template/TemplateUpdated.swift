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

extension TemplateUpdated {
  static var publicData: (any PublicData.Type)? { TemplateUpdatedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = TemplateUpdatedData()
    data.template = template
    return PublicEvent(data, space: template.space)
  }
}

package struct TemplateUpdatedData: PublicData {
  package static let kind = PublicKind("template_updated")
  package static let summary = "A template has other variants, or another category."
  package var template = TemplateID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template_id", &template, "Template.")
  }
}
