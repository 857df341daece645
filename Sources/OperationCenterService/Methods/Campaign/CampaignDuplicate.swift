import CampaignEngine
import JSONRPC
import Wire

struct CampaignDuplicate: ServiceChange {
  static let name = "campaign.duplicate"
  static let summary = "Makes a draft with the settings of a campaign that has ended."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "once more", params: #"{"campaign_id":"cmp_1","name":"VIP and family, again"}"#,
      result:
        #"{"id":"cmp_4","project_id":"prj_1","name":"VIP and family, again","status":"draft","pause_reason":null,"allowed":["update","schedule","start","delete"],"chatflow_id":"flw_1","chatflow_version":null,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["vip","family","friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":null,"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":null,"created_at":"2026-11-22T09:55:00.000Z","started_at":null,"ended_at":null,"household":"together"}"#
    )
  ]

  struct Params: KeyedParams {
    var campaign = CampaignID.none
    var name: String?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field("name", &name, "Name of the new one; the same if absent.", .length(1...200))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = CampaignView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    let id = try center.perform(
      DuplicateCampaign(campaign: params.campaign, name: params.name))
    return CampaignView(id, center.engine.state[id])
  }
}
