import CampaignEngine
import JSONRPC
import Wire

struct CampaignResume: ServiceMethod {
  static let name = "campaign.resume"
  static let summary =
    "Resumes a campaign; what came or fell due meanwhile takes effect in the order of its own times."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "one that was paused",
      params: #"{"campaign_id":"cmp_1"}"#,
      result: #"{"id":"cmp_1","status":"running"}"#)
  ]
  typealias Params = CampaignChangeParams
  typealias Output = CampaignView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.once(Self.self, params) {
      try center.perform(ResumeCampaign(campaign: params.campaign))
      return CampaignView(params.campaign, center.engine.state[params.campaign])
    }
  }
}
