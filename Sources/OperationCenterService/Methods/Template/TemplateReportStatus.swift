import CampaignEngine
import JSONRPC
import Wire

/// For whoever listens to WhatsApp's webhooks of templates.
struct TemplateReportStatus: ServiceChange {
  static let name = "template.report_status"
  static let summary = "Takes over what WhatsApp says about one language of a template."
  static let details =
    "While a variant is paused or disabled its messages wait; once it is approved again they go on."
  static let capability: Capability? = .ingest
  static let isRepeatable = true
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "WhatsApp pauses a template",
      params:
        #"{"project_id":"prj_1","name":"rsvp_thanks","language":"en","status":"paused"}"#,
      result:
        #"{"id":"tpl_3","project_id":"prj_1","name":"rsvp_thanks","category":"utility","variants":[{"language":"en","status":"paused","header":null,"body":"Thank you, see you soon!","footer":null,"buttons":[]},{"language":"id","status":"approved","header":null,"body":"Thank you, see you soon!","footer":null,"buttons":[]}],"created_at":"2026-11-22T09:30:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var name = ""
    var language = ""
    var status: TemplateStatus?
    var category: TemplateCategory?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("name", &name, "Name at WhatsApp.", .pattern(.templateName))
      try visit.field(
        "language", &language, "Language code, exactly as WhatsApp has it.", .pattern(.language))
      try visit.field("status", &status, "Its state from now on.")
      try visit.field("category", &category, "Its category from now on.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = TemplateView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> TemplateView {
    guard params.status != nil || params.category != nil else {
      throw Rejection.invalidParams(
        field: "status", reason: "required", "expected a status, a category, or both")
    }
    _ = try center.project(params.project)
    let space = params.project.counter - 1
    guard let id = center.engine.state.template(named: params.name, space: space)?.id else {
      throw Rejection.notFound(params.name, "Template")
    }
    try center.perform(
      ReportTemplateStatus(template: id, language: params.language, status: params.status))
    if let category = params.category {
      try center.perform(UpdateTemplate(template: id, category: category, variants: nil))
    }
    return TemplateView(id, center.engine.state.template(id))
  }
}
