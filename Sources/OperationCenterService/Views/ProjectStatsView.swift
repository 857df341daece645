import CampaignEngine
import Wire

package struct ProjectStatsView: WireObject {
  package var project = ProjectID.none
  package var campaigns = WireMap<Int>()
  package var guests = 0
  package var events: [EventAnswersView] = []
  package var audience = 0
  package var executions = WireMap<Int>()
  package var waitingFor = WireMap<Int>()
  package var phases = WireMap<Int>()
  package var outcomes = WireMap<Int>()
  package var skipped = WireMap<Int>()
  package var messages = WireMap<Int>()
  package var inbound = InboundCounts()
  package var cost = CostSums()
  package var sentLastMinute = 0
  package var asOf = AsOf()

  package init() {}
  package static var schemaName: String { "ProjectStats" }

  init(_ id: ProjectID, _ state: ProjectState, in center: isolated OperationCenter) {
    let counters = state.counters.totals
    project = id
    campaigns["total"] = state.counters.campaigns.reduce(0, +)
    campaigns.entries += WireMap(CampaignStatus.self, state.counters.campaigns).entries
    guests = state.counters.guests
    events = EventAnswersView.all(counters, state)
    audience = counters.audience
    executions = WireMap(ExecutionStatus.self, counters.executions)
    waitingFor = WireMap(WaitKind.self, counters.waitingFor)
    phases = WireMap(Phase.self, counters.phases)
    for item in counters.outcomes { outcomes[state.symbols[item.symbol]] = item.count }
    for item in counters.skipped { skipped[state.symbols[item.symbol]] = item.count }
    messages["total"] = counters.messages.reduce(0, +)
    messages.entries +=
      WireMap(MessageStatus.self, counters.messages, without: .received).entries
    inbound = InboundCounts(counters)
    cost = CostSums(counters, currency: center.engine.state[state.row.sender].row.currency)
    sentLastMinute = counters.sentLastMinute(at: center.now)
    asOf = center.asOf
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project_id", &project, "Project.")
    try visit.field("campaigns", &campaigns, "Campaigns by status.")
    try visit.field("guests", &guests, "Guests of the list.")
    try visit.field("events", &events, "Their answers for each event, the main one first.")
    try visit.field("audience", &audience, "The sum of executions.")
    try visit.field("executions", &executions, "Executions by status.")
    try visit.field("waiting_for", &waitingFor, "Waiting ones by what they wait for.")
    try visit.field(
      "phases", &phases, "Those that have not ended by phase; the completed ones under completion.")
    try visit.field("outcomes", &outcomes, "Completed ones by outcome.")
    try visit.field("skipped", &skipped, "Skipped ones by reason.")
    try visit.field("messages", &messages, "Outbound messages by status.")
    try visit.field("inbound", &inbound, "Inbound messages.")
    try visit.field("cost", &cost, "Sums in micros.")
    try visit.field("sent_last_minute", &sentLastMinute, "Messages sent in the last whole minute.")
    try visit.field("as_of", &asOf, "When this was true.")
  }
}
