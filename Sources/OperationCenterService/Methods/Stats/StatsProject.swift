import CampaignEngine
import JSONRPC
import Wire

struct StatsProject: ServiceQuery {
  static let name = "stats.project"
  static let summary =
    "Gives a project's numbers: campaigns, executions, messages, answers for each event, cost."
  static let details =
    "Executions, messages and cost are sums over the campaigns, with the messages that belong to none. Deleted campaigns count on in those sums, tests nowhere. Guests are those of the list, each once."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a wedding on the eve of its answers",
      params: #"{"project_id":"prj_1"}"#,
      result:
        #"{"project_id":"prj_1","campaigns":{"total":3,"draft":1,"scheduled":0,"running":2,"paused":0,"completed":0,"cancelled":0},"guests":6,"events":[{"event":"wedding","name":"Wedding","guests":{"pending":5,"attending":1,"declined":0,"maybe":0},"heads":{"invited":12,"attending":1,"pending":10,"declined":1,"maybe":0},"by_category":[{"category":"vip","guests":{"pending":0,"attending":1,"declined":0,"maybe":0},"heads":{"invited":2,"attending":1,"pending":0,"declined":1,"maybe":0}},{"category":"family","guests":{"pending":3,"attending":0,"declined":0,"maybe":0},"heads":{"invited":8,"attending":0,"pending":8,"declined":0,"maybe":0}},{"category":"friends","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":1,"attending":0,"pending":1,"declined":0,"maybe":0}},{"category":"crew","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":1,"attending":0,"pending":1,"declined":0,"maybe":0}}]},{"event":"sangeet","name":"Sangeet","guests":{"pending":6,"attending":0,"declined":0,"maybe":0},"heads":{"invited":12,"attending":0,"pending":12,"declined":0,"maybe":0},"by_category":[{"category":"vip","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":2,"attending":0,"pending":2,"declined":0,"maybe":0}},{"category":"family","guests":{"pending":3,"attending":0,"declined":0,"maybe":0},"heads":{"invited":8,"attending":0,"pending":8,"declined":0,"maybe":0}},{"category":"friends","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":1,"attending":0,"pending":1,"declined":0,"maybe":0}},{"category":"crew","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":1,"attending":0,"pending":1,"declined":0,"maybe":0}}]}],"audience":6,"executions":{"pending":0,"active":0,"waiting":4,"paused":0,"completed":0,"failed":1,"cancelled":0,"skipped":1},"waiting_for":{"reply":1,"form":0,"delay":0,"delivery":2,"retry":0,"session":1,"capacity":0,"turn":0},"phases":{"blasting":2,"response":1,"processing":0,"follow_up":1,"completion":0},"outcomes":{},"skipped":{"through_household":1},"messages":{"total":6,"pending":1,"queued":0,"sending":2,"accepted":0,"held":0,"sent":0,"delivered":2,"read":0,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"inbound":{"total":1,"routed":1,"unrouted":0,"by_disposition":{"applied":1,"waits":0,"needs_attention":0,"opted_out":0,"opted_in":0,"no_content":0}},"cost":{"currency":"USD","estimated_micros":82200,"billed_micros":82200,"saved_micros":0,"unpriced_messages":0},"sent_last_minute":0,"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]
  typealias Params = ProjectGet.Params
  typealias Output = ProjectStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ProjectStatsView
  {
    ProjectStatsView(params.project, try center.project(params.project), in: center)
  }
}
