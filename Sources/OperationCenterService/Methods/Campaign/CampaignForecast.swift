import CampaignEngine
import Gateways
import JSONRPC
import Wire

/// A job: the answer comes when all seeds are played, on another thread.
struct CampaignForecast: ServiceLongQuery {
  static let name = "campaign.forecast"
  static let summary =
    "Plays a copy of the campaign against simulated guests and says when it ends, what it costs and who answers how."
  static let details =
    "Nothing is sent and nothing changes. A draft is played as if it were started now, a paused campaign as if it were resumed, one with a first share as if it were continued, and a scheduled one is started by its own time; of a recurring one a single run is played. All other campaigns of the copy go on too, since they share the sender. Each seed gives other guests; the same seed and state give the same play. Numbers include what has happened already. With profiles each seed is played once for each of them, and the spread is given of each: how it goes where nearly everybody answers, and how where people take weeks. One forecast runs at a time and four more may wait; the notification $/cancelRequest with the id of the request gives one up."
  static let errors = [
    ServiceError.notFound, ServiceError.invalidState, ServiceError.notReady,
    ServiceError.limitExceeded, ServiceError.overloaded, ServiceError.requestCancelled,
  ]
  static let examples = [
    MethodExample(
      name: "a running campaign with three kinds of guests",
      params: #"{"campaign_id":"cmp_1","seeds":3,"simulator":{}}"#,
      result:
        #"{"campaign_id":"cmp_1","status":"running","action":null,"from":"2026-11-22T09:55:00.000Z","runs":[{"seed":1,"finished_at":"2026-11-23T11:45:08.805Z","executions":{"pending":0,"active":0,"waiting":0,"paused":0,"completed":3,"failed":1,"cancelled":0,"skipped":1},"outcomes":{"attending":2,"maybe":1},"messages":{"total":6,"pending":0,"queued":0,"sending":0,"accepted":1,"held":0,"sent":0,"delivered":1,"read":3,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"replies":3,"rsvp":{"guests":{"pending":3,"attending":2,"declined":0,"maybe":0},"heads":{"invited":11,"attending":2,"pending":5,"declined":4,"maybe":0}},"cost":{"currency":"USD","estimated_micros":173300,"billed_micros":148300,"saved_micros":0,"unpriced_messages":0}},{"seed":2,"finished_at":"2026-11-22T11:39:52.357Z","executions":{"pending":0,"active":0,"waiting":0,"paused":0,"completed":3,"failed":1,"cancelled":0,"skipped":1},"outcomes":{"attending":2,"declined":1},"messages":{"total":6,"pending":0,"queued":0,"sending":0,"accepted":1,"held":0,"sent":0,"delivered":1,"read":3,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"replies":3,"rsvp":{"guests":{"pending":2,"attending":2,"declined":1,"maybe":0},"heads":{"invited":11,"attending":2,"pending":2,"declined":7,"maybe":0}},"cost":{"currency":"USD","estimated_micros":173300,"billed_micros":148300,"saved_micros":0,"unpriced_messages":0}},{"seed":3,"finished_at":"2026-11-24T09:55:00.000Z","executions":{"pending":0,"active":0,"waiting":0,"paused":0,"completed":3,"failed":1,"cancelled":0,"skipped":1},"outcomes":{"attending":1,"no_answer":2},"messages":{"total":5,"pending":0,"queued":0,"sending":0,"accepted":0,"held":0,"sent":0,"delivered":1,"read":3,"failed":1,"suppressed":0,"cancelled":0,"outcome_unknown":0},"replies":1,"rsvp":{"guests":{"pending":4,"attending":1,"declined":0,"maybe":0},"heads":{"invited":11,"attending":1,"pending":9,"declined":1,"maybe":0}},"cost":{"currency":"USD","estimated_micros":148300,"billed_micros":148300,"saved_micros":0,"unpriced_messages":0}}],"spread":{"finished_at":{"min":"2026-11-22T11:39:52.357Z","median":"2026-11-23T11:45:08.805Z","max":"2026-11-24T09:55:00.000Z"},"messages":{"min":5,"median":6,"max":6},"replies":{"min":1,"median":3,"max":3},"billed_micros":{"min":148300,"median":148300,"max":148300},"saved_micros":{"min":0,"median":0,"max":0},"heads_attending":{"min":1,"median":2,"max":2},"rsvp":{"pending":{"min":2,"median":3,"max":4},"attending":{"min":1,"median":2,"max":2},"declined":{"min":0,"median":0,"max":1},"maybe":{"min":0,"median":0,"max":0}},"outcomes":{"attending":{"min":1,"median":2,"max":2},"maybe":{"min":0,"median":0,"max":1},"declined":{"min":0,"median":0,"max":1},"no_answer":{"min":0,"median":0,"max":2}}},"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]

  struct Params: WireObject {
    var campaign = CampaignID.none
    var seeds = 5
    var profiles: [SimulatedGuests.Profile]?
    var simulator: SimulatorSettings?
    static var schemaName: String { "ForecastParams" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "seeds", &seeds, "How many times it is played, with seeds from 1 on.",
        .defaulted.range(1...20))
      try visit.field(
        "profiles", &profiles,
        "How the guests behave, one after the other; instead of simulator, of which the service's own says what WhatsApp does.",
        .length(1...2))
      try visit.field(
        "simulator", &simulator, "How the guests behave; as the service's own simulator if absent.")
    }
  }

  typealias Output = ForecastView

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<ForecastView> {
    _ = try center.campaign(params.campaign)
    if params.simulator != nil, params.profiles != nil {
      throw Rejection.invalidParams(
        field: "profiles", reason: "one_of", "expected either profiles or simulator")
    }
    let profiles = params.profiles ?? []
    if Set(profiles).count < profiles.count {
      throw Rejection.invalidParams(
        field: "profiles", reason: "duplicate", "expected each profile once")
    }
    let simulator = params.simulator ?? center.configuration.simulator
    return try center.later(.forecast) { copy, stop in
      try Forecast(
        state: copy.state, asOf: copy.asOf, campaign: params.campaign, seeds: params.seeds,
        profiles: profiles, simulator: simulator, stop: stop
      ).run()
    }
  }
}
