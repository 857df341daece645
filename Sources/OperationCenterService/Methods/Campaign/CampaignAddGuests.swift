import CampaignEngine
import JSONRPC
import Wire

struct CampaignAddGuests: ServiceLongChange {
  static let name = "campaign.add_guests"
  static let summary = "Lets guests join who came to match after the start."
  static let details =
    "With guest_ids these guests join whether or not the filter matches them. Who is in already stays as they are; a completed campaign runs again. A list of thousands of guests is counted first, in a copy of the state: those who are created meanwhile are not meant."
  static let errors =
    [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
    + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "one more guest", params: #"{"campaign_id":"cmp_1","guest_ids":["gst_6"]}"#,
      result:
        #"{"id":"cmp_1","project_id":"prj_1","name":"VIP and family","status":"running","pause_reason":null,"allowed":["pause","cancel","add_guests"],"chatflow_id":"flw_1","chatflow_version":1,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["vip","family","friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":{"done":6,"total":6},"created_at":"2026-11-22T09:40:00.000Z","started_at":"2026-11-22T09:40:00.000Z","ended_at":null,"household":"together"}"#
    )
  ]

  struct Params: KeyedParams {
    var campaign = CampaignID.none
    var guests: [GuestID]?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "guest_ids", &guests, "These guests; all late joiners that the filter matches if absent.",
        .length(1...Limits.importRows))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = CampaignView

  static func plan(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> ChangePlan<CountedAudience?> {
    let id = params.campaign
    // What would be refused is not counted before.
    guard params.guests == nil,
      center.engine.state.find(id)?.allowed.contains(.addGuests) == true,
      !center.engine.canJudgeAll(of: id)
    else { return .now(nil) }
    return .reading(.counting) { copy, stop in
      CountedAudience(joining: id, in: copy.state) { stop.isSet }
    }
  }

  static func change(
    _ params: Params, _ counted: CountedAudience?, in center: isolated OperationCenter
  ) throws -> CampaignView {
    try center.perform(
      AddGuests(campaign: params.campaign, guests: params.guests, counted: counted))
    return CampaignView(params.campaign, center.engine.state[params.campaign])
  }
}
