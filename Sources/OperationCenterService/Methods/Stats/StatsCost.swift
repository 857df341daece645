import CampaignEngine
import JSONRPC
import Wire

struct StatsCost: ServiceQuery {
  static let name = "stats.cost"
  static let summary =
    "Gives what the messages of a campaign or a project cost, by category, market and template."
  static let details =
    "Each list adds up to the sums. Messages that were neither delivered nor are on their way cost nothing and are left out of the lists."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "cost of a campaign",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"campaign_id":"cmp_1","project_id":null,"sums":{"currency":"USD","estimated_micros":82200,"billed_micros":82200,"saved_micros":0,"unpriced_messages":0},"by_category":[{"category":"marketing","messages":2,"estimated_micros":82200,"billed_micros":82200,"saved_micros":0,"unpriced_messages":0}],"by_market":[{"market":"","messages":2,"estimated_micros":82200,"billed_micros":82200,"saved_micros":0,"unpriced_messages":0}],"by_template":[{"template_id":"tpl_1","name":"wedding_invite","messages":2,"estimated_micros":82200,"billed_micros":82200,"saved_micros":0,"unpriced_messages":0}],"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]
  typealias Params = StatsParams
  typealias Output = CostStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CostStatsView {
    let source = try params.scope.resolved(in: center)
    let currency = center.engine.state[source.project.row.sender].row.currency
    var view = CostStatsView(source, currency: currency)
    view.asOf = center.asOf
    return view
  }
}
