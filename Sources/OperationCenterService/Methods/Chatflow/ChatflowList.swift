import CampaignEngine
import JSONRPC
import Wire

struct ChatflowList: ServiceQuery {
  static let name = "chatflow.list"
  static let summary = "Lists the chatflows of a project with their newest versions."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "all of a project",
      params: #"{"project_id":"prj_1"}"#,
      result:
        #"{"items":[{"id":"flw_1","project_id":"prj_1","name":"RSVP","version":1,"counts":{"nodes":11,"edges":10},"templates":["rsvp_thanks","wedding_invite"],"reads":["guest.name","project.event_date"],"issues":[{"severity":"warning","code":"unhandled_failure","node":"invite","message":"A message that fails here fails the execution.","hint":"Draw an edge from the handle \"failed\" if another way should be tried.","path":"nodes[1]"},{"severity":"warning","code":"unhandled_failure","node":"thanks","message":"A message that fails here fails the execution.","hint":"Draw an edge from the handle \"failed\" if another way should be tried.","path":"nodes[4]"}],"created_at":"2026-11-22T09:30:00.000Z"},{"id":"flw_2","project_id":"prj_1","name":"Save the date","version":1,"counts":{"nodes":3,"edges":2},"templates":["save_the_date"],"reads":[],"issues":[{"severity":"warning","code":"unhandled_failure","node":"note","message":"A message that fails here fails the execution.","hint":"Draw an edge from the handle \"failed\" if another way should be tried.","path":"nodes[1]"}],"created_at":"2026-11-22T09:30:00.000Z"}]}"#
    )
  ]

  struct Params: WireObject {
    var project = ProjectID.none
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<ChatflowSummary>

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Page<
    ChatflowSummary
  > {
    let chatflows = try center.project(params.project).chatflows
    let space = params.project.counter - 1
    return try params.paging.page(upTo: chatflows.count) { counter in
      let chatflow = chatflows[counter: counter]
      return chatflow.isDeleted
        ? nil : ChatflowSummary(ChatflowID(space: space, counter: counter), chatflow)
    }
  }
}
