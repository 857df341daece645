import CampaignEngine
import JSONRPC
import Wire

/// Testers are guests of their own kind: no list, no audience and no sum of the project knows them.
struct CampaignTest: ServiceChange {
  static let name = "campaign.test"
  static let summary =
    "Lets testers walk the real flow, outside audience and statistics, with shorter waits."
  static let details =
    "The answer is the test: a campaign of its own, whose executions, messages and statistics can be looked at. Quiet hours do not hold it."
  static let errors = [ServiceError.notFound, ServiceError.notReady] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "two days in three minutes",
      params:
        #"{"campaign_id":"cmp_2","testers":[{"name":"Tester","phone":"+628999000111","language":"id"}],"time_scale":1000}"#,
      result:
        #"{"id":"cmp_4","project_id":"prj_1","name":"Friends","status":"running","pause_reason":null,"allowed":["pause","cancel","add_guests"],"chatflow_id":"flw_1","chatflow_version":1,"trigger_type":"manual","schedule":null,"guest_filter":{"guest_ids":["gst_7"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":{"done":0,"total":1},"created_at":"2026-11-22T09:55:00.000Z","started_at":"2026-11-22T09:55:00.000Z","ended_at":null,"test_of":"cmp_2","household":"together"}"#
    )
  ]

  struct Params: KeyedParams {
    var campaign = CampaignID.none
    var testers: [GuestRow] = []
    var timeScale: Int64 = 1
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign, in any state.")
      try visit.field(
        "testers", &testers, "Who walks it, as rows of a guest list; external_id is not kept.",
        .length(1...Limits.testers))
      try visit.field(
        "time_scale", &timeScale, "Waits and delays are shorter by this factor.",
        .defaulted.range(1...1_000_000))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = CampaignView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    let zones = center.zones(of: params.testers)
    let id = try center.perform(
      TestCampaign(
        campaign: params.campaign, testers: params.testers, timeScale: params.timeScale,
        zones: zones))
    return CampaignView(id, center.engine.state[id])
  }
}
