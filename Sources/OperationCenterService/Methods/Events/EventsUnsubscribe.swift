import CampaignEngine
import JSONRPC
import Wire

struct EventsUnsubscribe: ServiceQuery {
  static let name = "events.unsubscribe"
  static let reach = ProjectReach.own
  static let summary = "Ends a subscription of this connection."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "no more of it",
      params: #"{"subscription_id":"sub_1"}"#,
      result: #"{"subscription_id":"sub_1"}"#)
  ]

  typealias Params = SubscriptionParams
  typealias Output = EndedSubscription

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    try center.subscriptions.end(events: params.subscription, of: center.call.connection)
    return Output(subscription: params.subscription)
  }
}
