import CampaignEngine
import JSONRPC
import Wire

/// For a progress bar: nobody need count the events of a thousand guests.
struct StatsSubscribe: ServiceQuery {
  static let name = "stats.subscribe"
  static let summary = "Tells this connection a campaign's numbers, at once and as they change."
  static let details = """
    They come as a notification stats.changed with the whole answer of stats.campaign, at most once in \
    every, and only where something has changed. A reader who is behind is told the newest ones once \
    it has read, and none of those between. The subscription ends with the connection, with \
    stats.unsubscribe, or with the campaign's deletion.
    """
  static let errors = [ServiceError.notFound, ServiceError.limitExceeded]
  static let examples = [
    MethodExample(
      name: "twice a second",
      params: #"{"campaign_id":"cmp_1","every":"500ms"}"#,
      result: #"{"subscription_id":"sub_1"}"#)
  ]

  struct Params: WireObject {
    var campaign = CampaignID.none
    var every = TimeSpan(milliseconds: 500)

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "every", &every, "Time from one notification to the next, 100ms to 1h.", .defaulted)
    }
  }

  struct Output: WireObject {
    var subscription = ""
    static var schemaName: String { "StatsSubscription" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("subscription_id", &subscription, "Stands in each of its notifications.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    _ = try center.campaign(params.campaign)
    let (shortest, longest) = (EventLimits.shortestInterval, EventLimits.longestInterval)
    guard (shortest...longest).contains(params.every) else {
      throw Rejection.invalidParams(
        field: "every", reason: "out_of_range",
        "expected \(shortest.wireText) to \(longest.wireText); found \(params.every.wireText)")
    }
    var output = Output()
    output.subscription = try center.subscribe(
      toStatisticsOf: params.campaign, everyMilliseconds: params.every.milliseconds)
    return output
  }
}
