import CampaignEngine
import JSONRPC
import Wire

struct ProjectDelete: ServiceChange {
  static let name = "project.delete"
  static let summary = "Deletes a project in which no campaign goes on, with all that is in it."
  static let details =
    "Nothing in it is found any more; only guest.erase, guest.erasure_status and guest.export still reach its guests."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a project without campaigns", params: #"{"project_id":"prj_2"}"#,
      result: #"{"id":"prj_2","deleted":true}"#)
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = Deletion

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Deletion {
    try center.perform(DeleteProject(project: params.project))
    return Deletion(params.project.wireText)
  }
}
