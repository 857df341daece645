import CampaignEngine
import JSONRPC
import Wire

struct ChatflowGet: ServiceQuery {
  static let name = "chatflow.get"
  static let summary = "Gives one version of a chatflow with its graph."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "the newest version with its graph",
      params: #"{"chatflow_id":"flw_2"}"#,
      result:
        #"{"id":"flw_2","project_id":"prj_1","name":"Save the date","version":1,"counts":{"nodes":3,"edges":2},"templates":["save_the_date"],"reads":[],"issues":[{"severity":"warning","code":"unhandled_failure","node":"note","message":"A message that fails here fails the execution.","hint":"Draw an edge from the handle \"failed\" if another way should be tried.","path":"nodes[1]"}],"created_at":"2026-11-22T09:30:00.000Z","nodes":[{"id":"start","type":"trigger","data":{"phase":null}},{"id":"note","type":"send_template","data":{"template":"save_the_date","parameters":{},"header":null,"buttons":[],"session_text":null,"send_by":null,"phase":null}},{"id":"end","type":"end","data":{"outcome":"told","phase":null}}],"edges":[{"source":"start","target":"note"},{"source":"note","target":"end"}],"viewport":null}"#
    )
  ]

  struct Params: WireObject {
    var chatflow = ChatflowID.none
    var version: Int?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("chatflow_id", &chatflow, "Chatflow.")
      try visit.field("version", &version, "Version; the newest if absent.", .range(1...1000))
    }
  }

  typealias Output = ChatflowView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ChatflowView {
    let chatflow = try center.chatflow(params.chatflow)
    let version = params.version ?? chatflow.versions.count
    guard version <= chatflow.versions.count else {
      throw Rejection.notFound("\(params.chatflow.wireText) version \(version)", "Chatflow")
    }
    return ChatflowView(params.chatflow, chatflow, version: version)
  }
}
