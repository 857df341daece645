import CampaignEngine
import JSONRPC
import Wire

struct StatsProject: ServiceMethod {
  static let name = "stats.project"
  static let summary =
    "Gives a project's numbers: campaigns, executions, messages, answers for each event, cost."
  static let details =
    "Executions, messages and cost are sums over the campaigns, with the messages that belong to none. Deleted campaigns count on in those sums, tests nowhere. Guests are those of the list, each once."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a wedding on the eve of its answers",
      params: #"{"project_id":"prj_1"}"#,
      result:
        #"{"project_id":"prj_1","campaigns":{"total":3,"draft":1,"running":2},"guests":6,"audience":6,"cost":{"currency":"USD","billed_micros":82200}}"#
    )
  ]
  typealias Params = ProjectGet.Params
  typealias Output = ProjectStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ProjectStatsView
  {
    ProjectStatsView(params.project, try center.project(params.project), in: center)
  }
}
