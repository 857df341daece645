import CampaignEngine
import JSONRPC
import Wire

struct CampaignCreate: ServiceChange {
  static let name = "campaign.create"
  static let summary =
    "Creates a campaign as a draft: one chatflow for the guests that a filter matches."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "VIPs at ten messages a second",
      params:
        #"{"project_id":"prj_1","name":"VIP and family","chatflow_id":"flw_1","guest_filter":{"categories":["vip","family"]},"throttle":{"per_minute":600}}"#,
      result:
        #"{"id":"cmp_4","project_id":"prj_1","name":"VIP and family","status":"draft","pause_reason":null,"allowed":["update","schedule","start","delete"],"chatflow_id":"flw_1","chatflow_version":null,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["vip","family"]},"session_policy":{"mode":"immediate","duration":null},"throttle":{"per_minute":600},"send_by":null,"retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":null,"created_at":"2026-11-22T09:55:00.000Z","started_at":null,"ended_at":null,"household":"together"}"#
    )
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var settings = CampaignSettings(household: .together)
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("name", &settings.name, "Name.", .length(1...200))
      try visit.field(
        "chatflow_id", &settings.chatflow, "Chatflow; its newest version is pinned at the start.")
      try visit.field("trigger_type", &settings.triggerType, "What starts it.", .defaulted)
      try settings.policyFields(&visit, audience: "Audience; all guests if absent.", .defaulted)
      try visit.field("schedule", &settings.schedule, "When, for triggers by the clock.")
      try visit.idempotencyKey(&idempotencyKey)
      try visit.field(
        "household", &settings.household,
        "Whom of guests who share a phone or a household it writes to.", .defaulted)
      try visit.field(
        "event", &settings.event,
        "Key of the event that it is about: it is for those who are invited to it.",
        .pattern(.handle))
    }
  }

  typealias Output = CampaignView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    var row = Campaign()
    row.settings = params.settings
    let zone = try params.settings.schedule.flatMap { try $0.zone(in: center) }
    let id = try center.perform(CreateCampaign(project: params.project, row: row, zone: zone))
    return CampaignView(id, center.engine.state[id])
  }
}
