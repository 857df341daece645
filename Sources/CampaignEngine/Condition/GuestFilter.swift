import Wire

/// Which guests are meant, as an object. What is left out does not narrow; a list means "one of".
package struct GuestFilter: WireObject {
  package var categories: [String]?
  package var rsvp: [RSVP]?
  package var tagsAny: [String]?
  package var tagsAll: [String]?
  package var tagsNone: [String]?
  package var guestIDs: [GuestID]?
  package var excludeGuestIDs: [GuestID]?
  package var search: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "categories", &categories, "The guest's category is one of these.", .omittable.length(0...250)
    )
    try visit.field(
      "rsvp", &rsvp, "The answer for the main event is one of these.", .omittable.length(0...4))
    try visit.field("tags_any", &tagsAny, "Has one of these tags.", .omittable.length(0...250))
    try visit.field("tags_all", &tagsAll, "Has all of these tags.", .omittable.length(0...250))
    try visit.field("tags_none", &tagsNone, "Has none of these tags.", .omittable.length(0...250))
    try visit.field(
      "guest_ids", &guestIDs, "Is one of these guests.", .omittable.length(0...10_000))
    try visit.field(
      "exclude_guest_ids", &excludeGuestIDs,
      "Matches, but is left out as excluded_by_id.", .omittable.length(0...10_000))
    try visit.field(
      "search", &search, "Stands in name, phone or external id, case and accents aside.",
      .omittable.length(1...200))
  }

  /// Paths of guests that the filter looks at, for a chatflow's list of what it reads.
  package var reads: [String] {
    var paths: [String] = []
    if categories != nil { paths.append("guest.category") }
    if rsvp != nil { paths.append("guest.rsvp") }
    if tagsAny != nil || tagsAll != nil || tagsNone != nil { paths.append("guest.tags") }
    if search != nil { paths += ["guest.external_id", "guest.name", "guest.phone"] }
    return paths
  }
}

/// A filter with its texts looked up once, for many guests.
package struct GuestPredicate {
  private let categories: Set<Symbol>?
  private let rsvp: Set<RSVP>?
  private let tagsAny: Set<Symbol>?
  private let tagsAll: [Symbol]?
  private let tagsNone: Set<Symbol>?
  private let guestIDs: Set<GuestID>?
  private let search: FoldedText?
  private let searchDigits: String
  package let excluded: Set<GuestID>

  package init(_ filter: GuestFilter, symbols: SymbolTable) {
    // A text that no guest ever had becomes a symbol that none has.
    let unknown = Symbol(rawValue: UInt32.max)
    func look(_ texts: [String]?) -> [Symbol]? {
      texts.map { $0.map { symbols.symbol(of: $0) ?? unknown } }
    }
    categories = look(filter.categories).map(Set.init)
    rsvp = filter.rsvp.map(Set.init)
    tagsAny = look(filter.tagsAny).map(Set.init)
    tagsAll = look(filter.tagsAll)
    tagsNone = look(filter.tagsNone).map(Set.init)
    guestIDs = filter.guestIDs.map(Set.init)
    search = filter.search.map(FoldedText.init)
    searchDigits = String((filter.search ?? "").filter { $0.isASCII && $0.isNumber })
    excluded = Set(filter.excludeGuestIDs ?? [])
  }

  package func matches(_ guest: Guest, id: GuestID) -> Bool {
    if let categories, !categories.contains(guest.category) { return false }
    if let rsvp, !rsvp.contains(guest.rsvp) { return false }
    if let tagsAny, !guest.tags.contains(where: tagsAny.contains) { return false }
    if let tagsAll, !tagsAll.allSatisfy(guest.tags.contains) { return false }
    if let tagsNone, guest.tags.contains(where: tagsNone.contains) { return false }
    if let guestIDs, !guestIDs.contains(id) { return false }
    if let search { return matchesSearch(search, guest) }
    return true
  }

  private func matchesSearch(_ search: FoldedText, _ guest: Guest) -> Bool {
    if FoldedText(guest.name).contains(search) || FoldedText(guest.externalID).contains(search) {
      return true
    }
    return searchDigits.utf8.count >= 3 && guest.phone.digits.firstRange(of: searchDigits) != nil
  }
}
