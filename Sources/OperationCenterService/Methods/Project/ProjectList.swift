import CampaignEngine
import JSONRPC
import Wire

struct ProjectList: ServiceQuery {
  static let name = "project.list"
  static let reach = ProjectReach.own
  static let summary = "Lists projects in the order of their creation."
  static let examples = [
    MethodExample(
      name: "the first page",
      params: #"{"limit":1}"#,
      result:
        #"{"items":[{"id":"prj_1","sender_id":"snd_1","name":"Meera and Budi","time_zone":"Asia/Jakarta","calling_code":"62","languages":["en","id"],"quiet_hours":null,"events":[{"key":"wedding","name":"Wedding","starts_at":"2026-12-12T03:00:00.000Z"},{"key":"sangeet","name":"Sangeet","starts_at":"2026-12-11T12:00:00.000Z"}],"fields":{"card_url":"https://example.com/card.jpg"},"guest_fields":{"table":"number","menu":"choice"},"created_at":"2026-11-22T09:30:00.000Z"}],"next_cursor":"1a0"}"#
    )
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
    // No cursor tells that there are others.
    if let only = center.call.project {
      return Page(whole: state.find(only).map { [ProjectView(only, $0.row)] } ?? [])
    }
    return try params.paging.page(upTo: state.projects.count) { counter in
      let id = ProjectID(space: 0, counter: counter)
      return state.find(id).map { ProjectView(id, $0.row) }
    }
  }
}
