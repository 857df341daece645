import CampaignEngine
import Wire

package struct TemplateView: WireObject {
  package var id = TemplateID.none
  package var project = ProjectID.none
  package var name = ""
  package var category = TemplateCategory.marketing
  package var variants: [TemplateVariant] = []
  package var createdAt = Timestamp.zero

  package init() {}

  init(_ id: TemplateID, _ row: Template) {
    self.id = id
    project = ProjectID(space: 0, counter: id.space + 1)
    (name, category) = (row.name, row.category)
    (variants, createdAt) = (row.currentVariants, row.createdAt)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.field("project_id", &project, "Project.")
    try visit.field("name", &name, "Name at WhatsApp.")
    try visit.field("category", &category, "Category, which decides the price.")
    try visit.field("variants", &variants, "One a language.")
    try visit.field("created_at", &createdAt, "When it was created.")
  }
}
