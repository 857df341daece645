import CampaignEngine
import Wire

/// Params of the methods that change a campaign's state and need nothing more.
struct CampaignChangeParams: KeyedParams {
  var campaign = CampaignID.none
  var idempotencyKey: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign.")
    try visit.idempotencyKey(&idempotencyKey)
  }
}
