import CampaignEngine
import JSONRPC
import Wire

struct ChatflowValidate: ServiceQuery {
  static let name = "chatflow.validate"
  static let summary = "Finds everything wrong or doubtful in a graph, and saves nothing."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a question that nobody is asked",
      params:
        #"{"project_id":"prj_1","nodes":[{"id":"ask","type":"wait_reply","data":{"timeout":"48h"}}],"edges":[]}"#,
      result:
        #"{"valid":false,"issues":[{"severity":"error","code":"no_trigger","node":null,"message":"The flow has no trigger.","hint":"Add one node of type trigger.","path":"nodes"},{"severity":"warning","code":"missing_handle","node":"ask","message":"The way out \"timeout\" leads nowhere; guests that take it end as completed.","hint":"Draw an edge from \"timeout\", perhaps to an end node.","path":"nodes[0]"},{"severity":"warning","code":"missing_handle","node":"ask","message":"The way out \"default\" leads nowhere; guests that take it end as completed.","hint":"Draw an edge from \"default\", perhaps to an end node.","path":"nodes[0]"}]}"#
    )
  ]

  struct Params: WireObject {
    var project = ProjectID.none
    var document = ChatflowDocument()
    var name: String?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field(
        "project_id", &project, "Project, whose templates and events the graph names.")
      try document.fields(&visit)
      // What chatflow.create takes is taken here, so that the same params can be tried first.
      try visit.field(
        "name", &name, "As for chatflow.create; means nothing here.", .length(1...200))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var isValid = false
    var issues: [ChatflowIssue] = []
    static var schemaName: String { "ChatflowValidation" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("valid", &isValid, "Whether it could be saved: warnings do not matter.")
      try visit.field("issues", &issues, "Errors and warnings.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let project = try center.project(params.project)
    let issues = ChatflowCheck.issues(
      of: params.document, project: project.row, templates: project.presentTemplates,
      stopTexts: center.engine.state[project.row.sender].stopTexts, now: center.now)
    return Output(isValid: !issues.contains { $0.severity == .error }, issues: issues)
  }
}
