import CampaignEngine
import JSONRPC
import Wire

struct StatsFunnel: ServiceMethod {
  static let name = "stats.funnel"
  static let summary =
    "Gives the visits of each node of a campaign's chatflow, and how many left by each way out."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "where guests are",
      params: #"{"campaign_id":"cmp_3"}"#,
      result: #"{"campaign_id":"cmp_3","chatflow_id":"flw_1","chatflow_version":1,"enrolled":1}"#)
  ]
  typealias Params = CampaignGet.Params
  typealias Output = FunnelStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> FunnelStatsView {
    var view = FunnelStatsView(
      params.campaign, try center.campaign(params.campaign), in: center.engine.state)
    view.asOf = center.asOf
    return view
  }
}
