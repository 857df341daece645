import CampaignEngine
import JSONRPC
import Wire

struct CampaignUnschedule: ServiceMethod {
  static let name = "campaign.unschedule"
  static let summary = "Takes a scheduled campaign off the clock; it is a draft again."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "not on Tuesday after all", params: #"{"campaign_id":"cmp_2"}"#,
      result: #"{"id":"cmp_2","status":"draft","trigger_type":"scheduled"}"#)
  ]
  typealias Params = CampaignChangeParams
  typealias Output = CampaignView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.once(Self.self, params) {
      try center.perform(UnscheduleCampaign(campaign: params.campaign))
      return CampaignView(params.campaign, center.engine.state[params.campaign])
    }
  }
}
