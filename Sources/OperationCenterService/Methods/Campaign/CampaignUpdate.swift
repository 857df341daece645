import CampaignEngine
import JSONRPC
import Wire

struct CampaignUpdate: ServiceChange {
  static let name = "campaign.update"
  static let summary =
    "Changes a campaign that has not started, or how the messages of one under way go: what is absent stays, null clears."
  static let details =
    "Of a running or paused campaign throttle, retry, send_by and session_policy can be changed; follows says what that means for messages that wait already."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "slower, and not after the weekend",
      params:
        #"{"campaign_id":"cmp_2","throttle":{"per_minute":60},"send_by":"2026-11-29T12:00:00.000Z"}"#,
      result:
        #"{"id":"cmp_2","project_id":"prj_1","name":"Friends","status":"draft","pause_reason":null,"allowed":["update","schedule","start","delete"],"chatflow_id":"flw_1","chatflow_version":null,"trigger_type":"manual","schedule":null,"guest_filter":{"categories":["friends"]},"session_policy":{"mode":"immediate","duration":null},"throttle":{"per_minute":60},"send_by":"2026-11-29T12:00:00.000Z","retry":{"max_attempts":3,"initial":"30s","coefficient":2,"max_interval":"15m"},"enrolment":null,"created_at":"2026-11-22T09:50:05.000Z","started_at":null,"ended_at":null,"household":"together"}"#
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
    var household: HouseholdPolicy?
    var event = Patch<String>.keep
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
      try visit.field(
        "household", &household, "Whom of guests who share a phone or a household it writes to.")
      try visit.field(
        "event", &event,
        "Key of the event that it is about: it is for those who are invited to it.",
        .pattern(.handle))
    }
  }

  struct Output: WireObject {
    var campaign = CampaignView()
    var follows: [Consequence]?
    static var schemaName: String { "CampaignUpdated" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try campaign.fields(&visit)
      try visit.field(
        "follows", &follows, "What a change means for a campaign that is under way.", .omittable)
    }
  }

  /// What follows from one changed setting.
  struct Consequence: WireObject {
    var field = ""
    var messages = 0
    var message = ""
    static var schemaName: String { "CampaignConsequence" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("field", &field, "Setting that was changed.")
      try visit.field("messages", &messages, "Messages that wait now and are concerned.")
      try visit.field("message", &message, "For people.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let before = try center.campaign(params.campaign)
    var settings = before.settings
    if let name = params.name { settings.name = name }
    if let chatflow = params.chatflow { settings.chatflow = chatflow }
    if let triggerType = params.triggerType { settings.triggerType = triggerType }
    if let guestFilter = params.guestFilter { settings.guestFilter = guestFilter }
    if let sessionPolicy = params.sessionPolicy { settings.sessionPolicy = sessionPolicy }
    if let retry = params.retry { settings.retry = retry }
    if let household = params.household { settings.household = household }
    params.schedule.change(&settings.schedule)
    params.throttle.change(&settings.throttle)
    params.sendBy.change(&settings.sendBy)
    params.event.change(&settings.event)
    let zone = try settings.schedule.flatMap { try $0.zone(in: center) }
    try center.perform(
      UpdateCampaign(campaign: params.campaign, settings: settings, zone: zone))
    let after = center.engine.state[params.campaign]
    return Output(
      campaign: CampaignView(params.campaign, after),
      follows: after.startedAt > .zero ? consequences(of: before, after) : nil)
  }

  private static func consequences(of before: Campaign, _ after: Campaign) -> [Consequence] {
    let messages = after.counters.messages
    let queued = messages[MessageStatus.queued.index]
    let held = messages[MessageStatus.pending.index]
    let retried = after.counters.waitingFor[WaitKind.retry.index]
    var found: [Consequence] = []
    if before.settings.throttle != after.settings.throttle {
      let rate =
        after.settings.throttle.map { "at \($0.perMinute) a minute" } ?? "as fast as the number may"
      found.append(
        Consequence(
          field: "throttle", messages: queued,
          message: "Messages that wait go \(rate) from now on."))
    }
    if before.settings.retry != after.settings.retry {
      found.append(
        Consequence(
          field: "retry", messages: retried,
          message:
            "Retries that are due keep their time; what fails from now on is retried by the new policy."
        ))
    }
    if before.settings.sendBy != after.settings.sendBy {
      found.append(
        Consequence(
          field: "send_by", messages: queued + held,
          message: after.settings.sendBy.map {
            "What has not gone by \($0.wireText) is not sent, and its guests are skipped as too_late."
          } ?? "Only what nodes say bounds the time to send."))
    }
    if before.settings.sessionPolicy != after.settings.sessionPolicy {
      found.append(
        Consequence(
          field: "session_policy", messages: held,
          message:
            "Pending invitations keep their release time; session.flush sends them now. New ones follow the new policy."
        ))
    }
    return found
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
