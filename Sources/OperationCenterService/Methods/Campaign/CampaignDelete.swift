import CampaignEngine
import JSONRPC
import Wire

/// Guests and messages stay, and so do the sums of the project.
struct CampaignDelete: ServiceChange {
  static let name = "campaign.delete"
  static let summary = "Deletes a campaign that has not started or has ended, with its executions."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a draft", params: #"{"campaign_id":"cmp_2"}"#,
      result: #"{"id":"cmp_2","deleted":true}"#)
  ]
  typealias Params = CampaignChangeParams
  typealias Output = Deletion

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Deletion {
    try center.perform(DeleteCampaign(campaign: params.campaign))
    return Deletion(params.campaign.wireText)
  }
}
