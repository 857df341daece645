import CampaignEngine
import JSONRPC
import Wire

struct CampaignPause: ServiceMethod {
  static let name = "campaign.pause"
  static let summary =
    "Pauses a campaign: no timer, no reply and no message of it acts until it is resumed."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "one that runs",
      params: #"{"campaign_id":"cmp_1"}"#,
      result: #"{"id":"cmp_1","status":"paused","allowed":["resume","cancel","add_guests"]}"#)
  ]
  typealias Params = CampaignChangeParams
  typealias Output = CampaignView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.once(Self.self, params) {
      try center.perform(PauseCampaign(campaign: params.campaign))
      return CampaignView(params.campaign, center.engine.state[params.campaign])
    }
  }
}
