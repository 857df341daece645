import Wire

/// One line of a rate card: what a delivered message costs from a date on. Prices are data because
/// WhatsApp changes them by quarter, and since October 2026 messages inside the session window
/// are no longer all free (Meta, "Pricing on the WhatsApp Business Platform").
package struct Rate: WireObject, Equatable {
  package var from = Timestamp.zero
  /// The digits that the recipient's number begins with; empty for every market.
  package var market = ""
  package var category = PriceCategory.marketing
  package var micros: Int64 = 0
  /// Holds inside the session window only, or outside it only; nil for both.
  package var inWindow: Bool?

  package init() {}

  package init(
    from: Timestamp, market: String, category: PriceCategory, micros: Int64, inWindow: Bool? = nil
  ) {
    (self.from, self.market, self.category, self.micros) = (from, market, category, micros)
    self.inWindow = inWindow
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("from", &from, "First moment at which the price holds.")
    try visit.field(
      "market", &market, "Country code of the recipient, digits only; \"\" for every market.",
      .defaulted.length(0...4))
    try visit.field("category", &category, "Kind of message.")
    try visit.field(
      "micros", &micros, "Price of one delivered message in millionths of the currency.",
      .range(0...1_000_000_000))
    try visit.field(
      "in_window", &inWindow,
      "Only inside the session window, or only outside it; both if absent.", .omittable)
  }
}

/// `service` is a price only: free text inside the session window.
package enum PriceCategory: String, WireEnum {
  case marketing, utility, authentication, service
}

extension Sender {
  /// The price of a message to a number at a time. Nil where the card has none: unknown, which is not
  /// zero.
  package func price(
    of category: PriceCategory, to phone: Phone, at time: Timestamp, inWindow: Bool
  ) -> Int64? {
    rate(of: category, to: phone, at: time, inWindow: inWindow)?.micros
  }

  /// The line of the rate card that prices such a message: the longest market that fits, of its lines
  /// the newest that holds already, and of equally new ones that which speaks of the window.
  func rate(
    of category: PriceCategory, to phone: Phone, at time: Timestamp, inWindow: Bool
  ) -> Rate? {
    let digits = phone.digits
    var best: Rate?
    for rate in rates
    where rate.category == category && rate.from <= time && digits.hasPrefix(rate.market)
      && rate.inWindow ?? inWindow == inWindow
    {
      guard let found = best else {
        best = rate
        continue
      }
      let isCloser = rate.market.utf8.count > found.market.utf8.count
      let isOfSame = rate.market.utf8.count == found.market.utf8.count
      let isNewer = rate.from > found.from
      let isMoreExact = rate.from == found.from && (rate.inWindow != nil || found.inWindow == nil)
      if isCloser || isOfSame && (isNewer || isMoreExact) { best = rate }
    }
    return best
  }

  /// The same, or nothing while the month's free allotment lasts.
  package func priceNow(
    of category: PriceCategory, to phone: Phone, at time: Timestamp, inWindow: Bool
  ) -> Int64? {
    hasAllowance(for: category, at: time)
      ? 0 : price(of: category, to: phone, at: time, inWindow: inWindow)
  }
}
