import CampaignEngine
import JSONRPC
import Wire

/// The name is for life: chatflows send templates by name.
struct TemplateUpdate: ServiceChange {
  static let name = "template.update"
  static let summary = "Changes the variants or the category of a template."
  static let details =
    "The next send uses them, of campaigns that run too; messages that were sent keep their text. A language that is left out is gone. WhatsApp looks at changed words anew: without a status a variant is in review."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "other words in one language",
      params:
        #"{"template_id":"tpl_4","variants":[{"language":"en","body":"Please save this date."}]}"#,
      result:
        #"{"id":"tpl_4","project_id":"prj_1","name":"save_the_date","category":"marketing","variants":[{"language":"en","status":"pending","header":null,"body":"Please save this date.","footer":null,"buttons":[]}],"created_at":"2026-11-22T09:30:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var template = TemplateID.none
    var category: TemplateCategory?
    var variants: [TemplateVariant]?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("template_id", &template, "Template.")
      try visit.field("category", &category, "Category, which decides the price.")
      try visit.field("variants", &variants, "All variants, one a language.", .length(1...100))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = TemplateView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> TemplateView {
    try center.perform(
      UpdateTemplate(
        template: params.template, category: params.category, variants: params.variants))
    return TemplateView(params.template, center.engine.state.template(params.template))
  }
}
