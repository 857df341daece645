import CampaignEngine
import JSONRPC
import Wire

/// What a caterer orders from. Guests are read one by one; a long list in a copy of the state.
struct StatsAnswers: ServiceLongQuery {
  static let name = "stats.answers"
  static let summary =
    "Counts the people who come to each event by what was answered to a question."
  static let details =
    "The people of a guest count by the guest's answer: the one for the event, else the one for all. For each event heads is the sum of its answers, other and unanswered, and the same as heads.attending of stats.rsvp."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "dishes for the caterer",
      params: #"{"project_id":"prj_1","question":"menu","by":"event"}"#,
      result:
        #"{"campaign_id":null,"project_id":"prj_1","question":"menu","events":[{"event":"wedding","name":"Wedding","heads":1,"answers":{},"unanswered":1},{"event":"sangeet","name":"Sangeet","heads":0,"answers":{},"unanswered":0}],"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]

  enum Grouping: String, WireEnum { case event }

  struct Params: WireObject {
    var scope = StatsScope()
    var question = ""
    var grouping = Grouping.event
    static var schemaName: String { "StatsAnswersParams" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field(
        "question", &question,
        "Key of a question of the campaign's flow, or name of a custom field.", .pattern(.handle))
      try scope.fields(&visit)
      try visit.field("by", &grouping, "What the people are counted by.", .defaulted)
    }
  }

  typealias Output = AnswerStatsView

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    let source = try params.scope.resolved(in: center)
    let count = params.scope.campaign.map { center.engine.state.members(of: $0).count }
    if center.engine.canRead(rows: count ?? Int(source.project.guests.count)) {
      return .now(AnswerStatsView(params, source.project, in: center.engine.state, at: center.asOf))
    }
    return try center.later(.reading) { copy, stop in
      let space = (params.scope.campaign?.space ?? params.scope.project.map { $0.counter - 1 }) ?? 0
      let project = copy.state.project(of: space)
      return AnswerStatsView(params, project, in: copy.state, at: copy.asOf) { stop.isSet }
    }
  }
}

package struct AnswerStatsView: WireObject {
  package var campaign: CampaignID?
  package var project: ProjectID?
  package var question = ""
  package var events: [EventAnswerCountsView] = []
  package var asOf = AsOf()

  package init() {}
  package static var schemaName: String { "AnswerStats" }

  /// - Parameter isGivenUp: true once nobody waits for the numbers any more; then they are wrong.
  init(
    _ params: StatsAnswers.Params, _ project: ProjectState, in state: State, at asOf: AsOf,
    isGivenUp: () -> Bool = { false }
  ) {
    (campaign, self.project) = (params.scope.campaign, params.scope.project)
    (question, self.asOf) = (params.question, asOf)
    let graph = campaign.flatMap { id in
      state[id].chatflowVersion > 0
        ? state.graph(of: id) : state.find(state[id].settings.chatflow)?.versions.last?.graph
    }
    var counts = AnswerCounts(of: AnsweredQuestion(question, in: graph), in: project)
    if let campaign {
      for (place, id) in state.members(of: campaign).enumerated() {
        if place.isMultiple(of: 1024), isGivenUp() { return }
        counts.count(state[id].guest, id, in: state)
      }
    } else if let space = params.scope.project.map({ $0.counter - 1 }) {
      var counter: UInt32 = 0
      while counter < project.guests.count {
        counter += 1
        if counter.isMultiple(of: 1024), isGivenUp() { return }
        counts.count(GuestID(space: space, counter: counter), .none, in: state)
      }
    }
    counts.finish()
    events = counts.events.map { EventAnswerCountsView($0, project) }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign, where one was asked for.")
    try visit.field("project_id", &project, "Project, where one was asked for.")
    try visit.field("question", &question, "What was asked for.")
    try visit.field("events", &events, "In the project's order, the main one first.")
    try visit.field("as_of", &asOf, "When this was true.")
  }
}

/// The people who come to one event, by answer.
package struct EventAnswerCountsView: WireObject {
  package var event: String?
  package var name: String?
  package var heads: Int64 = 0
  package var answers = WireMap<Int64>()
  package var unanswered: Int64 = 0
  package var other: Int64?

  package init() {}
  package static var schemaName: String { "EventAnswerCounts" }

  init(_ counts: AnswerCounts.Event, _ project: ProjectState) {
    if project.row.events.indices.contains(counts.index) {
      (event, name) = (project.row.events[counts.index].key, project.row.events[counts.index].name)
    }
    (heads, unanswered) = (counts.heads, counts.unanswered)
    for (answer, heads) in counts.answers { answers.entries.append((answer, heads)) }
    other = counts.other == 0 ? nil : counts.other
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Key of the event.")
    try visit.field("name", &name, "Its name.")
    try visit.field("heads", &heads, "People who come.")
    try visit.field(
      "answers", &answers,
      "Those by answer; what the question offers comes first, though nobody chose it.")
    try visit.field("unanswered", &unanswered, "Those of whom nothing is known.")
    try visit.field(
      "other", &other,
      "Those with rarer answers, where there are too many; absent if there are none.",
      .omittable)
  }
}
