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

  package init() {}

  package init(from: Timestamp, market: String, category: PriceCategory, micros: Int64) {
    (self.from, self.market, self.category, self.micros) = (from, market, category, micros)
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
  }
}

/// `service` is a price only: free text inside the session window.
package enum PriceCategory: String, WireEnum {
  case marketing, utility, authentication, service
}

extension Sender {
  /// The price of a message to a number at a time: the longest market that fits, and of its lines
  /// the newest that holds already. Nil where the card has none: unknown, which is not zero.
  package func price(of category: PriceCategory, to phone: Phone, at time: Timestamp) -> Int64? {
    rate(of: category, to: phone, at: time)?.micros
  }

  /// The line of the rate card that prices such a message.
  func rate(of category: PriceCategory, to phone: Phone, at time: Timestamp) -> Rate? {
    let digits = phone.digits
    var best: Rate?
    for rate in rates
    where rate.category == category && rate.from <= time && digits.hasPrefix(rate.market) {
      guard let found = best else {
        best = rate
        continue
      }
      let isCloser = rate.market.utf8.count > found.market.utf8.count
      let isNewer = rate.market.utf8.count == found.market.utf8.count && rate.from >= found.from
      if isCloser || isNewer { best = rate }
    }
    return best
  }
}
