import Wire

struct TemplateUpdated: Event {
  static let kind = EventKind.templateUpdated
  var template = TemplateID.none
  var row = Template()
  /// The category before, where it is another now.
  var former: TemplateCategory?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template", &template, "Template.")
    try visit.field("row", &row, "The template as it is from now on.")
    try visit.field("former", &former, "Category before.")
  }

  func apply(to state: inout State) { state.modify(template) { $0 = row } }
}

extension TemplateUpdated {
  static var publicData: (any PublicData.Type)? { TemplateUpdatedData.self }

  mutating func complete(from state: State) {
    let before = state.template(template).category
    former = before == row.category ? nil : before
  }

  func publish(in state: State) -> PublicEvent? {
    var data = TemplateUpdatedData()
    data.template = template
    if let former { (data.category, data.formerCategory) = (row.category, former) }
    return PublicEvent(data, space: template.space)
  }
}

package struct TemplateUpdatedData: PublicData {
  package static let kind = PublicKind("template_updated")
  package static let summary = "A template has other variants, or another category."
  package var template = TemplateID.none
  package var category: TemplateCategory?
  package var formerCategory: TemplateCategory?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template_id", &template, "Template.")
    try visit.field("category", &category, "Its category, where that changed.", .omittable)
    try visit.field("former_category", &formerCategory, "The category before.", .omittable)
  }
}
