import CampaignEngine
import JSONRPC
import Wire

struct CampaignList: ServiceQuery {
  static let name = "campaign.list"
  static let summary = "Lists the campaigns of a project in the order of their creation."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "the first page",
      params: #"{"project_id":"prj_1","limit":2}"#,
      result:
        #"{"items":[{"id":"cmp_1","project_id":"prj_1","name":"VIP and family","status":"running","pause_reason":null,"allowed":["pause","cancel","add_guests"],"chatflow_id":"flw_1","chatflow_version":1,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["vip","family","friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":{"done":5,"total":5},"created_at":"2026-11-22T09:40:00.000Z","started_at":"2026-11-22T09:40:00.000Z","ended_at":null,"household":"together"},{"id":"cmp_2","project_id":"prj_1","name":"Friends","status":"draft","pause_reason":null,"allowed":["update","schedule","start","delete"],"chatflow_id":"flw_1","chatflow_version":null,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":null,"created_at":"2026-11-22T09:50:05.000Z","started_at":null,"ended_at":null,"household":"together"}],"next_cursor":"1rl"}"#
    )
  ]

  struct Params: WireObject {
    var project = ProjectID.none
    var status: [CampaignStatus]?
    var paging = Paging()
    var showsTests = false

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("status", &status, "Only campaigns in one of these states.", .length(0...6))
      try paging.fields(&visit)
      try visit.field("include_tests", &showsTests, "Lists campaigns of testers too.", .defaulted)
    }
  }

  typealias Output = Page<CampaignView>

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Page<
    CampaignView
  > {
    let campaigns = try center.project(params.project).campaigns
    let space = params.project.counter - 1
    return try params.paging.page(upTo: campaigns.count) { counter in
      let row = campaigns[counter: counter]
      guard !row.isDeleted, row.testOf.isNone || params.showsTests,
        params.status?.contains(row.status) ?? true
      else { return nil }
      return CampaignView(CampaignID(space: space, counter: counter), row)
    }
  }
}
