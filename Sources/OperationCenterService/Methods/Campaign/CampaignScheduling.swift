import CampaignEngine
import JSONRPC
import Wire

struct CampaignScheduling: ServiceChange {
  static let name = "campaign.schedule"
  static let summary = "Lets the clock start a draft: once, or again and again."
  static let details =
    "Each firing of a recurring campaign makes a campaign of its own, whose recurrence_of names it."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "every Monday at nine",
      params: #"{"campaign_id":"cmp_2","schedule":{"cron":"0 9 * * MON","catch_up":"2h"}}"#,
      result:
        #"{"id":"cmp_2","project_id":"prj_1","name":"Friends","status":"scheduled","pause_reason":null,"allowed":["update","unschedule","start","cancel"],"chatflow_id":"flw_1","chatflow_version":null,"trigger_type":"recurring","schedule":{"at":null,"cron":"0 9 * * MON","time_zone":null,"overlap":"skip","catch_up":"2h","ends_at":null,"next_at":"2026-11-23T02:00:00.000Z","last_run":null,"queued_firings":0,"skipped_firings":0},"guest_filter":{"categories":["friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":null,"created_at":"2026-11-22T09:50:05.000Z","started_at":null,"ended_at":null,"household":"together"}"#
    )
  ]

  struct Params: KeyedParams {
    var campaign = CampaignID.none
    var schedule: CampaignEngine.CampaignSchedule?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "schedule", &schedule, "Replaces the campaign's own schedule; at or cron is the trigger.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = CampaignView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    let schedule = try params.schedule ?? center.campaign(params.campaign).settings.schedule
    let zone = try schedule.flatMap { try $0.zone(in: center) }
    try center.perform(
      ScheduleCampaign(campaign: params.campaign, schedule: params.schedule, zone: zone))
    return CampaignView(params.campaign, center.engine.state[params.campaign])
  }
}
