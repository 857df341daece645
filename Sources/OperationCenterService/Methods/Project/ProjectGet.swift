import CampaignEngine
import JSONRPC
import Wire

struct ProjectGet: ServiceMethod {
  static let name = "project.get"
  static let summary = "Gives one project."
  static let isMutating = false
  static let errors = [ServiceError.notFound]

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

extension OperationCenter {
  func project(_ id: ProjectID) throws -> ProjectState {
    guard let found = engine.state.find(id) else {
      throw Rejection.notFound(id.wireText, "Project")
    }
    return found
  }
}
