import CampaignEngine
import Wire

package struct RSVPStatsView: WireObject {
  package var campaign: CampaignID?
  package var project: ProjectID?
  package var total = 0
  package var events: [EventAnswersView] = []
  package var asOf = AsOf()

  package init() {}
  package static var schemaName: String { "RSVPStats" }

  init(_ source: StatsSource) {
    (campaign, project) = (source.scope.campaign, source.scope.project)
    total = source.counters.categories.reduce(0) { $0 + $1.guests }
    events = EventAnswersView.all(source.counters, source.project)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign, where one was asked for.")
    try visit.field("project_id", &project, "Project, where one was asked for.")
    try visit.field("total", &total, "Guests.")
    try visit.field("events", &events, "In the project's order, the main one first.")
    try visit.field("as_of", &asOf, "When this was true.")
  }
}

/// The answers for one event.
package struct EventAnswersView: WireObject {
  package var event: String?
  package var name: String?
  package var rsvp = RSVPCounts()
  package var byCategory: [CategoryAnswersView] = []

  package init() {}
  package static var schemaName: String { "EventAnswers" }

  static func all(_ counters: CampaignCounters, _ project: ProjectState) -> [EventAnswersView] {
    let events = project.row.presentEvents
    return (events.isEmpty ? [0] : events.map(\.index)).map { index in
      var view = EventAnswersView()
      if let event = events.first(where: { $0.index == index })?.event {
        (view.event, view.name) = (event.key, event.name)
      }
      view.rsvp = RSVPCounts(counters.sums(ofEvent: index, in: project))
      var rest = counters.categories[...]
      while let first = rest.first {
        let groups = rest.prefix { $0.category == first.category }
        rest = rest.dropFirst(groups.count)
        let sums = EventSums(groups, ofEvent: index, in: project)
        guard sums.guestsInvited > 0 else { continue }
        var category = CategoryAnswersView()
        category.category = project.symbols[first.category].nilIfEmpty
        category.rsvp = RSVPCounts(sums)
        view.byCategory.append(category)
      }
      return view
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Key of the event.")
    try visit.field("name", &name, "Its name.")
    try rsvp.fields(&visit)
    try visit.field(
      "by_category", &byCategory, "The same by category, where any of it are invited.")
  }
}

package struct CategoryAnswersView: WireObject {
  package var category: String?
  package var rsvp = RSVPCounts()

  package init() {}
  package static var schemaName: String { "CategoryAnswers" }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Category; null for guests without one.")
    try rsvp.fields(&visit)
  }
}
