import CampaignEngine
import JSONRPC
import Wire

/// The answer does not wait for the enrolment: `enrolment.done` grows to `total`, and those left out
/// become `skipped` executions.
struct CampaignStart: ServiceLongChange {
  static let name = "campaign.start"
  static let summary =
    "Starts a campaign: pins the chatflow's newest version and enrols the audience."
  static let details =
    "Of a scheduled campaign this is the start before its time; a recurring one then runs once, itself, and no longer recurs. A list of thousands of guests is counted first, in a copy of the state, and the campaign starts with the answer. Guests who are created meanwhile are not meant, and what changes of the others is seen when each is enrolled; a campaign that was itself changed meanwhile is not started. With first it is paused as first_share_done once it is known what became of the first message to each of these guests, an hour after the last at the latest where telephones are off, and a day after the start where quiet hours or limits hold messages."
  static let errors =
    [ServiceError.notFound, ServiceError.invalidState, ServiceError.notReady]
    + ServiceError.ofChanges + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "as the preview said: nobody can be written to",
      params: #"{"campaign_id":"cmp_2","expected_eligible":0}"#,
      result:
        #"{"id":"cmp_2","project_id":"prj_1","name":"Friends","status":"running","pause_reason":null,"allowed":["pause","cancel","add_guests"],"chatflow_id":"flw_1","chatflow_version":1,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":{"done":0,"total":1},"created_at":"2026-11-22T09:50:05.000Z","started_at":"2026-11-22T09:55:00.000Z","ended_at":null,"household":"together"}"#
    )
  ]

  struct Params: KeyedParams {
    var campaign = CampaignID.none
    var expectedEligible: Int?
    var idempotencyKey: String?
    var first: Int?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "expected_eligible", &expectedEligible,
        "From guest.preview: nothing starts if the number has changed since.",
        .range(0...Int64(UInt32.max)))
      try visit.idempotencyKey(&idempotencyKey)
      try visit.field(
        "first", &first,
        "How many guests go first, some of each category and language; then the campaign is paused, and campaign.continue lets the rest in.",
        .range(1...Limits.firstShare))
    }
  }

  typealias Output = CampaignView

  static func plan(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> ChangePlan<CountedAudience?> {
    let id = params.campaign
    let state = center.engine.state
    // What would be refused is not counted before.
    guard state.find(id)?.allowed.contains(.start) == true, !center.engine.canJudgeAll(of: id)
    else { return .now(nil) }
    _ = try state.startPlan(for: id)
    return .reading(.counting) { copy, stop in
      try count(id, first: params.first, in: copy.state) { stop.isSet }
    }
  }

  private static func count(
    _ id: CampaignID, first: Int?, in state: State, isGivenUp: () -> Bool
  ) throws -> CountedAudience? {
    let audience = Audience(campaign: id, graph: try state.startPlan(for: id).graph, in: state)
    return AudienceCount(audience, in: state, first: first, isGivenUp: isGivenUp).counted
  }

  static func change(
    _ params: Params, _ counted: CountedAudience?, in center: isolated OperationCenter
  ) throws -> CampaignView {
    try center.perform(
      StartCampaign(
        campaign: params.campaign, expectedEligible: params.expectedEligible,
        first: params.first, counted: counted))
    return CampaignView(params.campaign, center.engine.state[params.campaign])
  }
}
