import CampaignEngine
import JSONRPC
import Wire

struct CampaignCancel: ServiceMethod {
  static let name = "campaign.cancel"
  static let summary =
    "Cancels a campaign and all its executions that have not ended."
  static let details =
    "Runs that a recurring campaign has started go on: each is cancelled by itself."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "one that runs",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"id":"cmp_1","status":"cancelled","allowed":["delete","duplicate"],"ended_at":"2026-11-22T09:55:00.000Z"}"#
    )
  ]
  typealias Params = CampaignChangeParams
  typealias Output = CampaignView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.once(Self.self, params) {
      try center.perform(CancelCampaign(campaign: params.campaign))
      return CampaignView(params.campaign, center.engine.state[params.campaign])
    }
  }
}
