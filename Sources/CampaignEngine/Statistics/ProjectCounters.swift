import Wire

/// A project's numbers, kept by `apply` like those of its campaigns.
package struct ProjectCounters: WireObject, Equatable {
  /// Executions and messages of all campaigns, with the messages that belong to none. Guests are
  /// those of the list, each once, in how many campaigns they may be.
  package var totals = CampaignCounters()
  package var guests = 0
  package var campaigns = Array(repeating: 0, count: CampaignStatus.allCases.count)

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("totals", &totals, "Sums over all campaigns, and the guests.")
    try visit.field("guests", &guests, "Guests.")
    try visit.field("campaigns", &campaigns, "Campaigns by status.")
  }
}
