import CampaignEngine
import JSONRPC
import Wire

struct ChatflowCreate: ServiceChange {
  static let name = "chatflow.create"
  static let summary =
    "Saves a new chatflow. Errors in the graph refuse it; warnings are kept with it."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "one message to everybody",
      params:
        #"{"project_id":"prj_1","name":"Note","nodes":[{"id":"start","type":"trigger","data":{}},{"id":"note","type":"send_template","data":{"template":"save_the_date"}},{"id":"end","type":"end","data":{"outcome":"told"}}],"edges":[{"source":"start","target":"note"},{"source":"note","target":"end"}]}"#,
      result:
        #"{"id":"flw_3","project_id":"prj_1","name":"Note","version":1,"counts":{"nodes":3,"edges":2},"templates":["save_the_date"],"reads":[],"issues":[{"severity":"warning","code":"unhandled_failure","node":"note","message":"A message that fails here fails the execution.","hint":"Draw an edge from the handle \"failed\" if another way should be tried.","path":"nodes[1]"}],"created_at":"2026-11-22T09:55:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var name = ""
    var document = ChatflowDocument()
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("name", &name, "Name.", .length(1...200))
      try document.graphFields(&visit)
      try visit.idempotencyKey(&idempotencyKey)
      try document.viewportField(&visit)
    }
  }

  typealias Output = ChatflowSummary

  static func change(_ params: Params, in center: isolated OperationCenter) throws
    -> ChatflowSummary
  {
    let id = try center.perform(
      SaveChatflow(
        project: params.project, chatflow: nil, name: params.name, document: params.document))
    return ChatflowSummary(id, try center.chatflow(id))
  }
}
