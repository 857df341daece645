import CampaignEngine
import JSONRPC
import Wire

struct CampaignPause: ServiceChange {
  static let name = "campaign.pause"
  static let summary =
    "Pauses a campaign: no timer, no reply and no message of it acts until it is resumed."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "one that runs",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"id":"cmp_1","project_id":"prj_1","name":"VIP and family","status":"paused","pause_reason":null,"allowed":["resume","cancel","add_guests"],"chatflow_id":"flw_1","chatflow_version":1,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["vip","family","friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":{"done":5,"total":5},"created_at":"2026-11-22T09:40:00.000Z","started_at":"2026-11-22T09:40:00.000Z","ended_at":null,"household":"together"}"#
    )
  ]
  typealias Params = CampaignChangeParams
  typealias Output = CampaignView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.perform(PauseCampaign(campaign: params.campaign))
    return CampaignView(params.campaign, center.engine.state[params.campaign])
  }
}
