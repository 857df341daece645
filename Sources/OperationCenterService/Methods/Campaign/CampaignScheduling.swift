import CampaignEngine
import JSONRPC
import Wire

struct CampaignScheduling: ServiceMethod {
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
        #"{"id":"cmp_2","status":"scheduled","trigger_type":"recurring","schedule":{"cron":"0 9 * * MON","overlap":"skip","catch_up":"2h","next_at":"2026-11-23T02:00:00.000Z"}}"#
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

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.once(Self.self, params) {
      let schedule = try params.schedule ?? center.campaign(params.campaign).schedule
      let zone = try schedule.flatMap { try $0.zone(in: center) }
      try center.perform(
        ScheduleCampaign(campaign: params.campaign, schedule: params.schedule, zone: zone))
      return CampaignView(params.campaign, center.engine.state[params.campaign])
    }
  }
}
