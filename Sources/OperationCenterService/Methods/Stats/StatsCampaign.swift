import CampaignEngine
import JSONRPC
import Wire

/// Counters are kept as events happen, so this costs the same for ten guests and for a million.
struct StatsCampaign: ServiceMethod {
  static let name = "stats.campaign"
  static let summary =
    "Gives a campaign's numbers: executions, messages, answers, funnel, cost, rate."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  typealias Params = CampaignGet.Params
  typealias Output = CampaignStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignStatsView
  {
    _ = try center.campaign(params.campaign)
    return CampaignStatsView(params.campaign, in: center)
  }
}

/// Another name of the same method.
struct CampaignStats: ServiceMethod {
  static let name = "campaign.stats"
  static let summary = "Another name of stats.campaign."
  static let isMutating = false
  static let errors = StatsCampaign.errors
  typealias Params = CampaignGet.Params
  typealias Output = CampaignStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignStatsView
  {
    try StatsCampaign.run(params, in: center)
  }
}
