import CampaignEngine
import JSONRPC
import Wire

struct CampaignUpdate: ServiceMethod {
  static let name = "campaign.update"
  static let summary =
    "Changes a campaign that has not started: what is absent stays, null clears."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "slower, and not after the weekend",
      params:
        #"{"campaign_id":"cmp_2","throttle":{"per_minute":60},"send_by":"2026-11-29T12:00:00.000Z"}"#,
      result:
        #"{"id":"cmp_2","status":"draft","throttle":{"per_minute":60},"send_by":"2026-11-29T12:00:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var campaign = CampaignID.none
    var name: String?
    var chatflow: ChatflowID?
    var triggerType: TriggerType?
    var schedule = Patch<CampaignSchedule>.keep
    var guestFilter: GuestFilter?
    var sessionPolicy: SessionPolicy?
    var throttle = Patch<Throttle>.keep
    var sendBy = Patch<Timestamp>.keep
    var retry: RetryPolicy?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field("name", &name, "Name.", .length(1...200))
      try visit.field("chatflow_id", &chatflow, "Chatflow.")
      try visit.field("trigger_type", &triggerType, "What starts it.")
      try visit.field("schedule", &schedule, "When, for triggers by the clock.")
      try visit.field("guest_filter", &guestFilter, "Audience; replaces the whole filter.")
      try visit.field("session_policy", &sessionPolicy, "When its messages go.")
      try visit.field("throttle", &throttle, "Limit of its rate.")
      try visit.field("send_by", &sendBy, "After this moment nothing new is sent.")
      try visit.field("retry", &retry, "What happens after failures that pass.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = CampaignView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.once(Self.self, params) {
      var settings = try center.campaign(params.campaign).settings
      if let name = params.name { settings.name = name }
      if let chatflow = params.chatflow { settings.chatflow = chatflow }
      if let triggerType = params.triggerType { settings.triggerType = triggerType }
      if let guestFilter = params.guestFilter { settings.guestFilter = guestFilter }
      if let sessionPolicy = params.sessionPolicy { settings.sessionPolicy = sessionPolicy }
      if let retry = params.retry { settings.retry = retry }
      params.schedule.change(&settings.schedule)
      params.throttle.change(&settings.throttle)
      params.sendBy.change(&settings.sendBy)
      let zone = try settings.schedule.flatMap { try $0.zone(in: center) }
      try center.perform(
        UpdateCampaign(campaign: params.campaign, settings: settings, zone: zone))
      return CampaignView(params.campaign, center.engine.state[params.campaign])
    }
  }
}

extension Patch {
  func change(_ value: inout Value?) {
    switch self {
    case .keep: break
    case .clear: value = nil
    case .set(let new): value = new
    }
  }
}
