import CampaignEngine
import JSONRPC
import Wire

/// Counters are kept as events happen, so this costs the same for ten guests and for a million.
struct StatsCampaign: ServiceQuery {
  static let name = "stats.campaign"
  static let summary =
    "Gives a campaign's numbers: executions, messages, answers, funnel, cost, rate."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "after the first answer",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"campaign_id":"cmp_1","status":"running","audience":5,"executions":{"pending":0,"active":0,"waiting":3,"paused":0,"completed":0,"failed":1,"cancelled":0,"skipped":1},"waiting_for":{"reply":1,"form":0,"delay":0,"delivery":2,"retry":0,"session":0,"capacity":0,"turn":0},"phases":{"blasting":1,"response":1,"processing":0,"follow_up":1,"completion":0},"outcomes":{},"skipped":{"through_household":1},"messages":{"total":5,"pending":0,"queued":0,"sending":2,"accepted":0,"held":0,"sent":0,"delivered":2,"read":0,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"inbound":{"total":1,"routed":1,"unrouted":0,"by_disposition":{"applied":1,"waits":0,"needs_attention":0,"opted_out":0,"opted_in":0,"no_content":0}},"rsvp":{"guests":{"pending":4,"attending":1,"declined":0,"maybe":0},"heads":{"invited":11,"attending":1,"pending":9,"declined":1,"maybe":0}},"funnel":[{"node_id":"invite","type":"send_template","entered":4,"inside":1,"passed":2,"failed":1,"stopped":0,"dwell_p50_ms":8192},{"node_id":"answer","type":"wait_reply","entered":2,"inside":1,"passed":1,"failed":0,"stopped":0,"dwell_p50_ms":1048576},{"node_id":"set_attending","type":"update_guest","entered":1,"inside":0,"passed":1,"failed":0,"stopped":0,"dwell_p50_ms":1},{"node_id":"thanks","type":"send_message","entered":1,"inside":1,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null},{"node_id":"set_declined","type":"update_guest","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null},{"node_id":"end_attending","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null},{"node_id":"end_declined","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null},{"node_id":"end_maybe","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null},{"node_id":"end_no_answer","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null},{"node_id":"end_needs_person","type":"end","entered":0,"inside":0,"passed":0,"failed":0,"stopped":0,"dwell_p50_ms":null}],"cost":{"currency":"USD","estimated_micros":82200,"billed_micros":82200,"saved_micros":0,"unpriced_messages":0},"rate":{"sent_last_minute":0,"expected_end_at":"2026-11-24T09:45:00.000Z"},"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
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
