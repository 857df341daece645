import CampaignEngine
import JSONRPC
import Wire

struct TemplateGet: ServiceQuery {
  static let name = "template.get"
  static let summary = "Gives one template."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "one template", params: #"{"template_id":"tpl_3"}"#,
      result:
        #"{"id":"tpl_3","project_id":"prj_1","name":"rsvp_thanks","category":"utility","variants":[{"language":"en","status":"approved","header":null,"body":"Thank you, see you soon!","footer":null,"buttons":[]},{"language":"id","status":"approved","header":null,"body":"Thank you, see you soon!","footer":null,"buttons":[]}],"created_at":"2026-11-22T09:30:00.000Z"}"#
    )
  ]

  struct Params: WireObject {
    var template = TemplateID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("template_id", &template, "Template.")
    }
  }

  typealias Output = TemplateView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> TemplateView {
    guard let row = center.engine.state.find(params.template) else {
      throw Rejection.notFound(params.template)
    }
    return TemplateView(params.template, row)
  }
}
