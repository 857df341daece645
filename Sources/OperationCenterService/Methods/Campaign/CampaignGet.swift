import CampaignEngine
import JSONRPC
import Wire

struct CampaignGet: ServiceQuery {
  static let name = "campaign.get"
  static let summary = "Gives one campaign, and what became of a first share of it."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "one that runs",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"id":"cmp_1","project_id":"prj_1","name":"VIP and family","status":"running","pause_reason":null,"allowed":["pause","cancel","add_guests"],"chatflow_id":"flw_1","chatflow_version":1,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["vip","family","friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":{"done":5,"total":5},"created_at":"2026-11-22T09:40:00.000Z","started_at":"2026-11-22T09:40:00.000Z","ended_at":null,"household":"together"}"#
    )
  ]

  struct Params: WireObject {
    var campaign = CampaignID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
    }
  }

  typealias Output = CampaignView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    let row = try center.campaign(params.campaign)
    var view = CampaignView(params.campaign, row)
    if let share = row.progress.share {
      view.firstShare?.outcome = FirstShareOutcomeView(
        FirstShareOutcome(share, of: params.campaign, in: center.engine.state))
    }
    return view
  }
}
