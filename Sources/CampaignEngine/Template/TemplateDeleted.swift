import Wire

/// The name may be given to another template; messages of this one stay readable.
struct TemplateDeleted: Event {
  static let kind = EventKind.templateDeleted
  var template = TemplateID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template", &template, "Template.")
  }

  func apply(to state: inout State) { state.modify(template) { $0.isDeleted = true } }
}

extension TemplateDeleted {
  static var publicData: (any PublicData.Type)? { TemplateDeletedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = TemplateDeletedData()
    data.template = template
    return PublicEvent(data, space: template.space)
  }
}

package struct TemplateDeletedData: PublicData {
  package static let kind = PublicKind("template_deleted")
  package static let summary = "A template was deleted."
  package var template = TemplateID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template_id", &template, "Template.")
  }
}
