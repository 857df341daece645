import Wire

/// Messages of one category that cost nothing: so many a number and calendar month, counted as they
/// are delivered. Since October 2026 WhatsApp charges free text, the first thousand a month aside.
package struct Allowance: WireObject, Equatable {
  package var category = PriceCategory.service
  package var perMonth: Int64 = 0
  package var from = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Kind of message.")
    try visit.field(
      "per_month", &perMonth, "Messages that cost nothing, each calendar month in UTC.",
      .range(0...1_000_000_000))
    try visit.field("from", &from, "First moment at which it holds.")
  }
}

/// What a number delivered of one category in one month.
package struct MonthlyDeliveries: WireObject, Equatable {
  package var category = PriceCategory.service
  /// Months since the year 0.
  package var month: Int64 = 0
  package var count: Int64 = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Kind of message.")
    try visit.field("month", &month, "Months since the year 0.")
    try visit.field("count", &count, "Messages delivered.")
  }
}

extension Sender {
  /// The newest line for a category that holds at a time.
  package func allowance(for category: PriceCategory, at time: Timestamp) -> Allowance? {
    var best: Allowance?
    for allowance in allowances where allowance.category == category && allowance.from <= time {
      if best.map({ allowance.from >= $0.from }) ?? true { best = allowance }
    }
    return best
  }

  package func deliveries(of category: PriceCategory, inMonthOf time: Timestamp) -> Int64 {
    let month = Self.month(of: time)
    return deliveries.first { $0.category == category && $0.month == month }?.count ?? 0
  }

  /// True while messages of this kind cost nothing.
  func hasAllowance(for category: PriceCategory, at time: Timestamp) -> Bool {
    guard let allowance = allowance(for: category, at: time) else { return false }
    return deliveries(of: category, inMonthOf: time) < allowance.perMonth
  }

  fileprivate static func month(of time: Timestamp) -> Int64 {
    let date = CivilDate(daysSinceEpoch: time.milliseconds.flooredQuotient(86_400_000))
    return date.year * 12 + date.month - 1
  }

  /// Reports come late, but not by months: only this month and the last are kept.
  fileprivate mutating func countDelivery(
    of category: PriceCategory, at time: Timestamp, now: Timestamp
  ) {
    let (month, newest) = (Self.month(of: min(time, now)), Self.month(of: now))
    deliveries.removeAll { $0.month < newest - 1 }
    guard month >= newest - 1 else { return }
    if let known = deliveries.firstIndex(where: { $0.category == category && $0.month == month }) {
      deliveries[known].count += 1
    } else {
      var entry = MonthlyDeliveries()
      (entry.category, entry.month, entry.count) = (category, month, 1)
      deliveries.append(entry)
    }
  }
}

extension State {
  mutating func countDelivery(of category: PriceCategory, by sender: SenderID, at time: Timestamp) {
    senders[sender].row.countDelivery(of: category, at: time, now: now)
  }
}
