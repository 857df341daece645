import CampaignEngine
import JSONRPC
import Wire

struct ProjectList: ServiceMethod {
  static let name = "project.list"
  static let summary = "Lists projects in the order of their creation."
  static let isMutating = false
  static let examples = [
    MethodExample(
      name: "the first page",
      params: #"{"limit":1}"#,
      result: #"{"items":[{"id":"prj_1","name":"Meera and Budi"}],"next_cursor":"1a0"}"#)
  ]

  struct Params: WireObject {
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<ProjectView>

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Page<ProjectView>
  {
    let state = center.engine.state
    return try params.paging.page(upTo: UInt32(state.projects.count)) { counter in
      let id = ProjectID(space: 0, counter: counter)
      return state.find(id).map { ProjectView(id, $0.row) }
    }
  }
}
