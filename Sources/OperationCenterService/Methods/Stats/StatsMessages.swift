import CampaignEngine
import JSONRPC
import Wire

/// Sums over the cells that the counters keep, so this costs the same for any number of messages.
struct StatsMessages: ServiceQuery {
  static let name = "stats.messages"
  static let summary =
    "Gives the messages of a campaign or a project by status, template, category, purpose and error."
  static let details =
    "Each list adds up to the total. A template of null is free text, or what was not sent yet; a category of null is what was not sent yet. errors counts messages that failed, or whose outcome is unknown."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "messages of a campaign",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"campaign_id":"cmp_1","project_id":null,"total":5,"statuses":{"pending":0,"queued":0,"sending":2,"accepted":0,"held":0,"sent":0,"delivered":2,"read":0,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"rates":{"delivered_per_mille":666,"read_per_mille":0,"failed_per_mille":333},"by_template":[{"template_id":null,"name":null,"total":1,"statuses":{"pending":0,"queued":0,"sending":1,"accepted":0,"held":0,"sent":0,"delivered":0,"read":0,"failed":0,"suppressed":0,"cancelled":0,"outcome_unknown":0},"rates":{"delivered_per_mille":null,"read_per_mille":null,"failed_per_mille":null}},{"template_id":"tpl_1","name":"wedding_invite","total":4,"statuses":{"pending":0,"queued":0,"sending":1,"accepted":0,"held":0,"sent":0,"delivered":2,"read":0,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"rates":{"delivered_per_mille":666,"read_per_mille":0,"failed_per_mille":333}}],"by_category":[{"category":"service","total":1,"statuses":{"pending":0,"queued":0,"sending":1,"accepted":0,"held":0,"sent":0,"delivered":0,"read":0,"failed":0,"suppressed":0,"cancelled":0,"outcome_unknown":0},"rates":{"delivered_per_mille":null,"read_per_mille":null,"failed_per_mille":null}},{"category":"marketing","total":4,"statuses":{"pending":0,"queued":0,"sending":1,"accepted":0,"held":0,"sent":0,"delivered":2,"read":0,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"rates":{"delivered_per_mille":666,"read_per_mille":0,"failed_per_mille":333}}],"by_purpose":[{"purpose":"node","total":5,"statuses":{"pending":0,"queued":0,"sending":2,"accepted":0,"held":0,"sent":0,"delivered":2,"read":0,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"rates":{"delivered_per_mille":666,"read_per_mille":0,"failed_per_mille":333}}],"errors":[{"class":"recipient","gateway_code":131026,"messages":1}],"inbound":{"total":1,"routed":1,"unrouted":0,"by_disposition":{"applied":1,"waits":0,"needs_attention":0,"opted_out":0,"opted_in":0,"no_content":0}},"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
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
