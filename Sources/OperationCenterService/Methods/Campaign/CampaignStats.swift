import CampaignEngine
import JSONRPC
import Wire

/// Another name of `stats.campaign`.
struct CampaignStats: ServiceQuery {
  static let name = "campaign.stats"
  static let summary = "Another name of stats.campaign."
  static let errors = StatsCampaign.errors
  static let examples = StatsCampaign.examples
  typealias Params = CampaignGet.Params
  typealias Output = CampaignStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignStatsView
  {
    try StatsCampaign.run(params, in: center)
  }
}
