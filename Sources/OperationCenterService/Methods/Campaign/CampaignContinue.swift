import CampaignEngine
import JSONRPC
import Wire

struct CampaignContinue: ServiceChange {
  static let name = "campaign.continue"
  static let summary =
    "Lets the rest of the audience in after a first share, and resumes the campaign if it is paused."
  static let details =
    "Possible while the share is still under way, too. A resume alone lets its guests go on, and nobody else in. Guests who were created meanwhile join by campaign.add_guests."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "one whose first share has been looked at",
      params: #"{"campaign_id":"cmp_4"}"#,
      result:
        #"{"id":"cmp_4","project_id":"prj_1","name":"All","status":"running","pause_reason":null,"allowed":["pause","cancel","add_guests"],"chatflow_id":"flw_1","chatflow_version":1,"trigger_type":"manual","schedule":null,"guest_filter":{},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":{"done":3,"total":6},"created_at":"2026-11-22T09:55:00.000Z","started_at":"2026-11-22T09:55:00.000Z","ended_at":null,"first_share":{"stage":"continued","guests":2},"household":"together"}"#
    )
  ]
  typealias Params = CampaignChangeParams
  typealias Output = CampaignView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.perform(ContinueCampaign(campaign: params.campaign))
    return CampaignView(params.campaign, center.engine.state[params.campaign])
  }
}
