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
  static let examples = [
    MethodExample(
      name: "after the first answer",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"campaign_id":"cmp_1","audience":5,"rsvp":{"guests":{"pending":4,"attending":1,"declined":0,"maybe":0},"heads":{"invited":11,"attending":1}}}"#
    )
  ]
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
  static let examples = [
    MethodExample(
      name: "after the first answer",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"campaign_id":"cmp_1","status":"running","audience":5,"executions":{"pending":0,"active":0,"waiting":3,"paused":0,"completed":0,"failed":1,"cancelled":0,"skipped":1},"skipped":{"duplicate_phone":1},"inbound":{"total":1,"routed":1,"unrouted":0}}"#
    )
  ]
  typealias Params = CampaignGet.Params
  typealias Output = CampaignStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignStatsView
  {
    try StatsCampaign.run(params, in: center)
  }
}
