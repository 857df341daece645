import CampaignEngine
import JSONRPC
import Wire

struct StatsFunnel: ServiceQuery {
  static let name = "stats.funnel"
  static let summary =
    "Gives the visits of each node of a campaign's chatflow, and how many left by each way out."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "where guests are",
      params: #"{"campaign_id":"cmp_3"}"#,
      result:
        #"{"campaign_id":"cmp_3","chatflow_id":"flw_1","chatflow_version":1,"enrolled":1,"nodes":[{"node_id":"invite","type":"send_template","entered":1,"inside":1,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[{"handle":"default","target":"answer","passed":0},{"handle":"failed","target":null,"passed":0}]},{"node_id":"answer","type":"wait_reply","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[{"handle":"yes","target":"set_attending","passed":0},{"handle":"maybe","target":"end_maybe","passed":0},{"handle":"no","target":"set_declined","passed":0},{"handle":"timeout","target":"end_no_answer","passed":0},{"handle":"default","target":"end_needs_person","passed":0}]},{"node_id":"set_attending","type":"update_guest","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[{"handle":"default","target":"thanks","passed":0}]},{"node_id":"thanks","type":"send_message","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[{"handle":"default","target":"end_attending","passed":0},{"handle":"failed","target":null,"passed":0}]},{"node_id":"set_declined","type":"update_guest","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[{"handle":"default","target":"end_declined","passed":0}]},{"node_id":"end_attending","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[]},{"node_id":"end_declined","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[]},{"node_id":"end_maybe","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[]},{"node_id":"end_no_answer","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[]},{"node_id":"end_needs_person","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null,"chatflow_version":1,"dwell_p90_ms":null,"ways_out":[]}],"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
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
