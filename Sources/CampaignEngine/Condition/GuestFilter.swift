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
  package var query: String?
  package var events: WireMap<[RSVP]>?
  package var invitedTo: [String]?

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
    try visit.field(
      "query", &query,
      "A condition as text, such as: category = vip AND NOT party_size > 4.",
      .omittable.length(1...Limits.conditionCharacters))
    try visit.field(
      "events", &events, "By event of the project: the answer is one of these.",
      .omittable.length(0...100))
    try visit.field(
      "invited_to", &invitedTo, "Is invited to one of these events of the project.",
      .omittable.length(0...100))
  }

  /// Keys of the events that the filter names.
  var namedEvents: [String] {
    reads.compactMap { path in
      let parts = path.split(separator: ".")
      let groups = ["rsvp", "attending_count", "party_size", "invited_to"]
      return parts.count == 3 && groups.contains(String(parts[1])) ? String(parts[2]) : nil
    }
  }

  /// Paths that the filter looks at, for a chatflow's list of what it reads.
  package var reads: [String] {
    var paths: [String] = []
    if categories != nil { paths.append("guest.category") }
    if rsvp != nil { paths.append("guest.rsvp") }
    if tagsAny != nil || tagsAll != nil || tagsNone != nil { paths.append("guest.tags") }
    if search != nil { paths += ConditionText.searched }
    paths += (events?.keys ?? []).map { "guest.rsvp.\($0)" }
    paths += (invitedTo ?? []).map { "\(ConditionText.invitedTo).\($0)" }
    if let query, let text = try? ConditionText(parsing: query) { paths += text.reads }
    return paths
  }

  /// Refuses a filter that cannot be used in the project.
  package func check(
    for project: ProjectState, at scope: ConditionScope = .guest, path: String
  ) throws(Rejection) {
    try GuestPredicate(self, for: scope, project: project).check(field: path)
  }
}
