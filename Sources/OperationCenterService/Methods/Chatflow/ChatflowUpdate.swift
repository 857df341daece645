import CampaignEngine
import JSONRPC
import Wire

/// Versions are immutable: a campaign that runs keeps the one that it pinned.
struct ChatflowUpdate: ServiceChange {
  static let name = "chatflow.update"
  static let summary = "Saves a new version of a chatflow."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "another outcome",
      params:
        #"{"chatflow_id":"flw_2","nodes":[{"id":"start","type":"trigger","data":{}},{"id":"note","type":"send_template","data":{"template":"save_the_date"}},{"id":"end","type":"end","data":{"outcome":"informed"}}],"edges":[{"source":"start","target":"note"},{"source":"note","target":"end"}]}"#,
      result:
        #"{"id":"flw_2","project_id":"prj_1","name":"Save the date","version":2,"counts":{"nodes":3,"edges":2},"templates":["save_the_date"],"reads":[],"issues":[{"severity":"warning","code":"unhandled_failure","node":"note","message":"A message that fails here fails the execution.","hint":"Draw an edge from the handle \"failed\" if another way should be tried.","path":"nodes[1]"}],"created_at":"2026-11-22T09:55:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var chatflow = ChatflowID.none
    var document = ChatflowDocument()
    var name: String?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("chatflow_id", &chatflow, "Chatflow.")
      try document.graphFields(&visit)
      try visit.field("name", &name, "New name.", .length(1...200))
      try visit.idempotencyKey(&idempotencyKey)
      try document.viewportField(&visit)
    }
  }

  typealias Output = ChatflowSummary

  static func change(_ params: Params, in center: isolated OperationCenter) throws
    -> ChatflowSummary
  {
    _ = try center.chatflow(params.chatflow)
    let id = try center.perform(
      SaveChatflow(
        project: ProjectID(space: 0, counter: params.chatflow.space + 1),
        chatflow: params.chatflow, name: params.name, document: params.document))
    return ChatflowSummary(id, try center.chatflow(id))
  }
}
