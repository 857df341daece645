import CampaignEngine
import JSONRPC
import Wire

/// What came of a campaign, guest by guest: the table that hosts want in the end.
struct CampaignResults: ServiceLongQuery {
  static let name = "campaign.results"
  static let summary =
    "Lists what came of each guest of a campaign: answers, outcome, delivery and cost."
  static let details =
    "In the order of enrolment, the skipped too. columns names what rows of this campaign may hold, so that a table can be laid out before the last page: the project's events, the variables that the flow saves, and the custom fields that the project declares or the flow writes."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "who has answered",
      params: #"{"campaign_id":"cmp_1","status":["waiting"],"limit":1}"#,
      result:
        #"{"items":[{"guest":{"id":"gst_1","name":"Meera Rao","phone":"+919812300045"},"external_id":"A-001","category":"vip","party_size":2,"execution_id":"exe_1","status":"waiting","reason":null,"outcome":null,"started_at":"2026-11-22T09:40:00.000Z","ended_at":null,"events":[{"key":"wedding","rsvp":"attending","attending_count":1,"answered_at":"2026-11-22T09:50:00.000Z","answered_by":"guest"},{"key":"sangeet","rsvp":"pending","attending_count":0,"answered_at":null}],"variables":{"answer":"yes","answer_text":"Attending"},"fields":{"table":"4"},"messages":{"sent":1,"delivered":1,"read":0,"failed":0,"received":1},"first_sent_at":"2026-11-22T09:40:05.000Z","last_reply_at":"2026-11-22T09:49:58.000Z","cost":{"currency":"USD","estimated_micros":41100,"billed_micros":41100,"saved_micros":0,"unpriced_messages":0}}],"next_cursor":"1a0","columns":{"events":["wedding","sangeet"],"variables":["answer","answer_text"],"fields":["table","menu"]}}"#
    )
  ]

  struct Params: WireObject {
    var campaign = CampaignID.none
    var status: [ExecutionStatus]?
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "status", &status, "Only executions in one of these states.", .length(0...8))
      try paging.fields(&visit)
    }
  }

  struct Output: WireObject {
    var page = Page<GuestResultView>()
    var columns = ResultColumns()
    static var schemaName: String { "CampaignResultsPage" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try page.fields(&visit)
      try visit.field("columns", &columns, "What rows of this campaign may hold.")
    }
  }

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    try center.page(isEmpty: \.page.isEmptyWithMore) { state, _, search in
      try page(params, in: state, search)
    }
  }

  private static func page(
    _ params: Params, in state: State, _ search: PageSearch?
  ) throws -> Output {
    guard let campaign = state.find(params.campaign) else {
      throw Rejection.notFound(params.campaign)
    }
    let members = state.members(of: params.campaign)
    var output = Output()
    output.columns = ResultColumns(params.campaign, campaign, in: state)
    output.page = try params.paging.page(upTo: UInt32(members.count), search: search) { counter in
      let id = members[Int(counter) - 1]
      guard params.status?.contains(state[id].status) ?? true else { return nil }
      return GuestResultView(id, in: state)
    }
    return output
  }
}
