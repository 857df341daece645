import CampaignEngine
import JSONRPC
import Wire

/// `stats.changed`: what a subscriber to a campaign's numbers is sent.
package enum StatsNotification: NotificationDeclaration {
  package static let name = "stats.changed"
  package static let summary =
    "Gives a subscriber a campaign's numbers, the newest ones, once they are durable."
  package static let cases: [NotificationCase] = []

  package struct Params: WireObject {
    package var subscription = ""
    package var statistics = CampaignStatsView()

    package init() {}

    package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("subscription_id", &subscription, "Subscription that it belongs to.")
      try visit.field("statistics", &statistics, "What stats.campaign would answer.")
    }
  }
}
