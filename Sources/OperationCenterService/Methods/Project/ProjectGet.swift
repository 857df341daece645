import CampaignEngine
import JSONRPC
import Wire

struct ProjectGet: ServiceQuery {
  static let name = "project.get"
  static let summary = "Gives one project."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a launch party",
      params: #"{"project_id":"prj_2"}"#,
      result:
        #"{"id":"prj_2","sender_id":"snd_1","name":"Launch party","time_zone":"Asia/Jakarta","calling_code":null,"languages":[],"quiet_hours":null,"events":[],"fields":{},"guest_fields":{},"created_at":"2026-11-22T09:30:00.000Z"}"#
    )
  ]

  struct Params: WireObject {
    var project = ProjectID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
    }
  }

  typealias Output = ProjectView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ProjectView {
    ProjectView(params.project, try center.project(params.project).row)
  }
}
