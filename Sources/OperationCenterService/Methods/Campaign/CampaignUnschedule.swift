import CampaignEngine
import JSONRPC
import Wire

struct CampaignUnschedule: ServiceChange {
  static let name = "campaign.unschedule"
  static let summary = "Takes a scheduled campaign off the clock; it is a draft again."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "not on Tuesday after all", params: #"{"campaign_id":"cmp_2"}"#,
      result:
        #"{"id":"cmp_2","project_id":"prj_1","name":"Friends","status":"draft","pause_reason":null,"allowed":["update","schedule","start","delete"],"chatflow_id":"flw_1","chatflow_version":null,"trigger_type":"scheduled","schedule":{"at":"2026-11-24T02:00:00.000Z","cron":null,"time_zone":null,"overlap":"skip","catch_up":"1h","ends_at":null,"next_at":null,"last_run":null,"queued_firings":0,"skipped_firings":0},"guest_filter":{"categories":["friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":null,"created_at":"2026-11-22T09:50:05.000Z","started_at":null,"ended_at":null,"household":"together"}"#
    )
  ]
  typealias Params = CampaignChangeParams
  typealias Output = CampaignView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.perform(UnscheduleCampaign(campaign: params.campaign))
    return CampaignView(params.campaign, center.engine.state[params.campaign])
  }
}
