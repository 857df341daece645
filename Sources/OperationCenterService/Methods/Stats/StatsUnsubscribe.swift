import CampaignEngine
import JSONRPC
import Wire

struct StatsUnsubscribe: ServiceMethod {
  static let name = "stats.unsubscribe"
  static let summary = "Ends a subscription of this connection to a campaign's numbers."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "no more of it",
      params: #"{"subscription_id":"sub_1"}"#,
      result: #"{"subscription_id":"sub_1"}"#)
  ]

  struct Params: WireObject {
    var subscription = ""

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field(
        "subscription_id", &subscription, "As stats.subscribe gave it.", .length(1...32))
    }
  }

  struct Output: WireObject {
    var subscription = ""
    static var schemaName: String { "EndedStatsSubscription" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("subscription_id", &subscription, "The subscription that has ended.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    try center.unsubscribe(fromStatistics: params.subscription)
    var output = Output()
    output.subscription = params.subscription
    return output
  }
}
