import CampaignEngine
import JSONRPC
import Wire

struct ChatflowList: ServiceMethod {
  static let name = "chatflow.list"
  static let summary = "Lists the chatflows of a project with their newest versions."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "all of a project",
      params: #"{"project_id":"prj_1"}"#,
      result:
        #"{"items":[{"id":"flw_1","name":"RSVP","version":1},{"id":"flw_2","name":"Save the date","version":1}]}"#
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
    return try params.paging.page(upTo: UInt32(chatflows.count)) { counter in
      let chatflow = chatflows[Int(counter) - 1]
      return chatflow.isDeleted
        ? nil : ChatflowSummary(ChatflowID(space: space, counter: counter), chatflow)
    }
  }
}
