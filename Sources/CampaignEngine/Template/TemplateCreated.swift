import Wire

struct TemplateCreated: Event {
  static let kind = EventKind.templateCreated
  var project: UInt32 = 0
  var row = Template()
  /// Of the template that comes to be.
  var counter: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
    try visit.field("row", &row, "The template.")
    try visit.field("counter", &counter, "Counter of the identifier.")
  }

  func apply(to state: inout State) { state.append(row, in: project) }
}

extension TemplateCreated {
  static var publicData: (any PublicData.Type)? { TemplateCreatedData.self }

  mutating func complete(from state: State) {
    counter = state.projects[project].templates.nextCounter
  }

  func publish(in state: State) -> PublicEvent? {
    var data = TemplateCreatedData()
    data.template = TemplateID(space: project, counter: counter)
    (data.category, data.languages) = (row.category, row.variants.map(\.language))
    return PublicEvent(data, space: project)
  }
}

package struct TemplateCreatedData: PublicData {
  package static let kind = PublicKind("template_created")
  package static let summary = "A template was created."
  package var template = TemplateID.none
  package var category = TemplateCategory.marketing
  package var languages: [String] = []

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template_id", &template, "Template.")
    try visit.field("category", &category, "Category, which decides the price.")
    try visit.field("languages", &languages, "Languages of its variants.")
  }
}
