import CampaignEngine
import Gateways
import JSONRPC
import Wire

/// A job: the answer comes when all seeds are played, on another thread.
struct CampaignForecast: ServiceJob {
  static let name = "campaign.forecast"
  static let summary =
    "Plays a copy of the campaign against simulated guests and says when it ends, what it costs and who answers how."
  static let details =
    "Nothing is sent and nothing changes. A draft is played as if it were started now, a paused campaign as if it were resumed, and a scheduled one is started by its own time; of a recurring one a single run is played. All other campaigns of the copy go on too, since they share the sender. Each seed gives other guests; the same seed and state give the same play. Numbers include what has happened already. One forecast runs at a time and four more may wait; the notification $/cancelRequest with the id of the request gives one up."
  static let isMutating = false
  static let errors = [
    ServiceError.notFound, ServiceError.invalidState, ServiceError.notReady,
    ServiceError.limitExceeded, ServiceError.overloaded, ServiceError.requestCancelled,
  ]
  static let examples = [
    MethodExample(
      name: "a running campaign with three kinds of guests",
      params: #"{"campaign_id":"cmp_1","seeds":3,"simulator":{}}"#,
      result:
        #"{"campaign_id":"cmp_1","status":"running","action":null,"from":"2026-11-22T09:55:00.000Z"}"#
    )
  ]

  struct Params: WireObject {
    var campaign = CampaignID.none
    var seeds = 5
    var simulator: SimulatorSettings?
    static var schemaName: String { "ForecastParams" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "seeds", &seeds, "How many times it is played, with seeds from 1 on.",
        .defaulted.range(1...20))
      try visit.field(
        "simulator", &simulator, "How the guests behave; as the service's own simulator if absent.")
    }
  }

  typealias Output = ForecastView

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<ForecastView> {
    _ = try center.campaign(params.campaign)
    let simulator = params.simulator ?? center.configuration.simulator
    return try center.later(.forecast) { copy, stop in
      try Forecast(
        state: copy.state, asOf: copy.asOf, campaign: params.campaign, seeds: params.seeds,
        simulator: simulator, stop: stop
      ).run()
    }
  }
}
