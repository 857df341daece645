import CampaignEngine
import JSONRPC
import Wire

struct TemplateDelete: ServiceChange {
  static let name = "template.delete"
  static let summary =
    "Deletes a template that no chatflow's newest version and no unfinished campaign sends."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges

  struct Params: KeyedParams {
    var template = TemplateID.none
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("template_id", &template, "Template.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = Deletion
  static let examples = [
    MethodExample(
      name: "a template that nothing sends", params: #"{"template_id":"tpl_2"}"#,
      result: #"{"id":"tpl_2","deleted":true}"#)
  ]

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Deletion {
    try center.perform(DeleteTemplate(template: params.template))
    return Deletion(params.template.wireText)
  }
}
