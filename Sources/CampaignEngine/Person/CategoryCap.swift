import Wire

/// WhatsApp shows a person no more templates of a category for a while, whoever sends them (131049,
/// and 130472 for its experiments). Trying on makes it last longer (Meta, "Per-user limits").
package struct CategoryCap: WireObject, Equatable {
  package var category = PriceCategory.marketing
  package var until = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Kind of template.")
    try visit.field("until", &until, "None goes before.")
  }
}

extension Person {
  package func cappedUntil(_ category: PriceCategory) -> Timestamp {
    capped.first { $0.category == category }?.until ?? .zero
  }

  mutating func cap(_ category: PriceCategory, until: Timestamp, at now: Timestamp) {
    let longest = max(until, cappedUntil(category))
    capped.removeAll { $0.category == category || $0.until <= now }
    var cap = CategoryCap()
    (cap.category, cap.until) = (category, longest)
    capped.append(cap)
  }
}
