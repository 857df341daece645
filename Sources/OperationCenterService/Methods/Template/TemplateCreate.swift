import CampaignEngine
import JSONRPC
import Wire

struct TemplateCreate: ServiceChange {
  static let name = "template.create"
  static let summary =
    "Records a template of WhatsApp's, with its variants by language."
  static let details =
    "A variant of which no status is given is in review. A campaign does not start with a template that is approved in no language."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "directions, with a button",
      params:
        #"{"project_id":"prj_1","name":"see_you_soon","category":"utility","variants":[{"language":"en","body":"See you on {{day}}, {{guest_name}}.","buttons":[{"handle":"map","title":"How to get there"}]}]}"#,
      result:
        #"{"id":"tpl_5","project_id":"prj_1","name":"see_you_soon","category":"utility","variants":[{"language":"en","status":"pending","header":null,"body":"See you on {{day}}, {{guest_name}}.","footer":null,"buttons":[{"handle":"map","title":"How to get there"}]}],"created_at":"2026-11-22T09:55:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var name = ""
    var category = TemplateCategory.marketing
    var variants: [TemplateVariant] = []
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("name", &name, "Name at WhatsApp.", .pattern(.templateName))
      try visit.field("category", &category, "Category, which decides the price.")
      try visit.field("variants", &variants, "One a language.", .length(1...100))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = TemplateView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> TemplateView {
    var row = Template()
    (row.name, row.category, row.variants) = (params.name, params.category, params.variants)
    let id = try center.perform(CreateTemplate(project: params.project, row: row))
    return TemplateView(id, center.engine.state.template(id))
  }
}
