import CampaignEngine
import JSONRPC
import Wire

/// Sums over the cells that the counters keep, so this costs the same for any number of messages.
struct StatsMessages: ServiceMethod {
  static let name = "stats.messages"
  static let summary =
    "Gives the messages of a campaign or a project by status, template, category, purpose and error."
  static let details =
    "Each list adds up to the total. A template of null is free text, or what was not sent yet; a category of null is what was not sent yet. errors counts messages that failed, or whose outcome is unknown."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "messages of a campaign",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"campaign_id":"cmp_1","project_id":null,"total":5,"rates":{"delivered_per_mille":666,"read_per_mille":0,"failed_per_mille":333},"errors":[{"class":"recipient","gateway_code":131026,"messages":1}]}"#
    )
  ]
  typealias Params = StatsParams
  typealias Output = MessageStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> MessageStatsView
  {
    var view = MessageStatsView(try params.scope.resolved(in: center))
    view.asOf = center.asOf
    return view
  }
}
