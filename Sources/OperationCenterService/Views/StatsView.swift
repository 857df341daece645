import CampaignEngine
import Wire

package struct CampaignStatsView: WireObject {
  package var campaign = CampaignID.none
  package var status = CampaignStatus.draft
  package var audience = 0
  package var executions = WireMap<Int>()
  package var waitingFor = WireMap<Int>()
  package var phases = WireMap<Int>()
  package var outcomes = WireMap<Int>()
  package var skipped = WireMap<Int>()
  package var messages = WireMap<Int>()
  package var duplicateAccepted: Int?
  package var inbound = InboundCounts()
  package var rsvp = RSVPCounts()
  package var funnel: [FunnelView] = []
  package var cost = CostSums()
  package var rate = RateView()
  package var asOf = AsOf()

  package init() {}

  init(_ id: CampaignID, in center: isolated OperationCenter) {
    let state = center.engine.state
    let row = state[id]
    let counters = row.counters
    let symbols = state.project(of: id.space).symbols
    campaign = id
    status = row.status
    audience = counters.audience
    executions = WireMap(ExecutionStatus.self, counters.executions)
    waitingFor = WireMap(WaitKind.self, counters.waitingFor)
    phases = WireMap(Phase.self, counters.phases)
    for item in counters.outcomes { outcomes[symbols[item.symbol]] = item.count }
    for item in counters.skipped { skipped[symbols[item.symbol]] = item.count }
    messages["total"] = counters.messages.reduce(0, +)
    messages.entries +=
      WireMap(MessageStatus.self, counters.messages, without: .received).entries
    duplicateAccepted = counters.duplicateAccepted == 0 ? nil : counters.duplicateAccepted
    inbound = InboundCounts(counters)
    rsvp = RSVPCounts(
      counters.sums(ofEvent: state.eventIndex(of: id), in: state.project(of: id.space)))
    if row.chatflowVersion > 0 { funnel = FunnelView.funnel(counters, state.graph(of: id)) }
    cost = CostSums(counters, currency: state.sender(ofSpace: id.space).row.currency)
    rate = RateView(id, in: state, at: center.now)
    asOf = center.asOf
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign.")
    try visit.field("status", &status, "Its state.")
    try visit.field("audience", &audience, "The sum of executions.")
    try visit.field("executions", &executions, "Executions by status.")
    try visit.field("waiting_for", &waitingFor, "Waiting ones by what they wait for.")
    try visit.field(
      "phases", &phases, "Those that have not ended by phase; the completed ones under completion.")
    try visit.field("outcomes", &outcomes, "Completed ones by outcome.")
    try visit.field("skipped", &skipped, "Skipped ones by reason.")
    try visit.field("messages", &messages, "Outbound messages by status.")
    try visit.field(
      "duplicate_accepted", &duplicateAccepted,
      "Messages that were sent again while nobody knew, and taken twice; absent if there are none.",
      .omittable)
    try visit.field("inbound", &inbound, "Inbound messages.")
    try visit.field(
      "rsvp", &rsvp, "The audience by answer, for the campaign's event or else the main one.")
    try visit.field("funnel", &funnel, "Visits by node.")
    try visit.field("cost", &cost, "Sums in micros.")
    try visit.field("rate", &rate, "How fast it goes.")
    try visit.field("as_of", &asOf, "When this was true.")
  }
}

package struct InboundCounts: WireObject {
  package var total = 0
  package var routed = 0
  package var unrouted = 0
  package var byDisposition = WireMap<Int>()
  package init() {}

  init(_ counters: CampaignCounters) {
    (routed, unrouted) = (counters.inboundRouted, counters.inboundUnrouted)
    total = routed + unrouted
    byDisposition = WireMap(Disposition.self, counters.inboundByDisposition)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("total", &total, "All.")
    try visit.field("routed", &routed, "Those that found their execution.")
    try visit.field("unrouted", &unrouted, "The others.")
    try visit.field("by_disposition", &byDisposition, "All, by what became of them.")
  }
}

package struct RSVPCounts: WireObject {
  package var guests = WireMap<Int>()
  package var heads = HeadCounts()
  package init() {}

  init(_ sums: EventSums) {
    for rsvp in RSVP.allCases { guests[rsvp.rawValue] = sums.guests(rsvp) }
    heads = HeadCounts(sums)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guests", &guests, "Guests by answer, of those who are invited.")
    try visit.field("heads", &heads, "People.")
  }
}

/// `invited` and `extra` are as many as pending, attending, declined and maybe together.
package struct HeadCounts: WireObject {
  package var invited: Int64 = 0
  package var attending: Int64 = 0
  package var pending: Int64 = 0
  package var declined: Int64 = 0
  package var maybe: Int64 = 0
  package var extra: Int64?
  package var adults: AgeCounts?
  package var children: AgeCounts?
  package init() {}

  init(_ sums: EventSums) {
    (invited, attending) = (sums.headsInvited, sums.heads(.attending))
    (pending, declined) = (sums.heads(.pending), sums.heads(.declined))
    (maybe, extra) = (sums.heads(.maybe), sums.headsExtra == 0 ? nil : sums.headsExtra)
    guard sums.childrenInvited != 0 || sums.childrenAttending != 0 else { return }
    adults = AgeCounts(invited - sums.childrenInvited, attending - sums.childrenAttending)
    children = AgeCounts(sums.childrenInvited, sums.childrenAttending)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("invited", &invited, "Sum of party sizes.")
    try visit.field("attending", &attending, "Sum of attending counts.")
    try visit.field("pending", &pending, "Invited with whoever has not answered.")
    try visit.field(
      "declined", &declined,
      "Invited with whoever does not come, and those who stay away from a party that comes.")
    try visit.field("maybe", &maybe, "Invited with whoever does not know yet.")
    try visit.field(
      "extra", &extra, "Those of the attending whom nobody invited; absent if there are none.",
      .omittable)
    try visit.field(
      "adults", &adults, "Grown-ups among them; absent where no children are known.", .omittable)
    try visit.field(
      "children", &children, "Children among them; absent where none are known.", .omittable)
  }
}

package struct AgeCounts: WireObject {
  package var invited: Int64 = 0
  package var attending: Int64 = 0
  package init() {}
  init(_ invited: Int64, _ attending: Int64) {
    (self.invited, self.attending) = (invited, attending)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("invited", &invited, "Of those who are invited.")
    try visit.field("attending", &attending, "Of those who come.")
  }
}

package struct FunnelView: WireObject {
  package var node = ""
  package var type = NodeType.trigger
  package var entered = 0
  package var inside = 0
  package var passed = 0
  package var failed = 0
  package var stopped = 0
  package var dwellMedianMilliseconds: Int64?

  package init() {}

  /// In the order of the document; the trigger is passed by everybody and says nothing. Nodes of
  /// versions before a migration come first, where they were visited.
  static func funnel(_ counters: CampaignCounters, _ graph: ChatflowGraph) -> [FunnelView] {
    let newest = graph.regions[graph.newestRegion]
    return zip(graph.nodes, counters.funnel).enumerated().compactMap { index, pair in
      let (node, count) = pair
      guard !node.traits.contains(.entry), index >= newest || count.entered > 0 else { return nil }
      return FunnelView(node, count)
    }
  }

  init(_ node: ChatflowGraph.Node, _ count: FunnelCount) {
    (self.node, type) = (node.id, node.type)
    (entered, inside, passed) = (count.entered, count.inside, count.passed)
    (failed, stopped) = (count.failed, count.stopped)
    dwellMedianMilliseconds = count.dwellMedianMilliseconds
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node.")
    try visit.field("type", &type, "Its type.")
    try visit.field("entered", &entered, "Visits: inside + passed + failed + stopped.")
    try visit.field("inside", &inside, "Going on.")
    try visit.field("passed", &passed, "Left by a way out.")
    try visit.field("failed", &failed, "Failed there.")
    try visit.field("stopped", &stopped, "Cancelled, skipped or reset there.")
    try visit.field(
      "dwell_p50_ms", &dwellMedianMilliseconds,
      "Upper bound of the histogram bucket that holds the median of the passed visits.")
  }
}

package struct CostSums: WireObject {
  package var currency = ""
  package var estimatedMicros: Int64 = 0
  package var billedMicros: Int64 = 0
  package var savedMicros: Int64 = 0
  package var unpricedMessages = 0

  package init() {}

  init(_ counters: CampaignCounters, currency: String) {
    self.currency = currency
    (estimatedMicros, billedMicros) = (counters.estimatedMicros, counters.billedMicros)
    (savedMicros, unpricedMessages) = (counters.savedMicros, counters.unpricedMessages)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("currency", &currency, "Currency.")
    try visit.field(
      "estimated_micros", &estimatedMicros, "Delivered messages and those on their way.")
    try visit.field("billed_micros", &billedMicros, "Delivered messages.")
    try visit.field("saved_micros", &savedMicros, "What free text in place of templates saved.")
    try visit.field(
      "unpriced_messages", &unpricedMessages, "Messages that the rate card has no price for.")
  }
}

package struct RateView: WireObject {
  package var sentLastMinute = 0
  package var expectedEndAt: Timestamp?

  package init() {}

  init(_ id: CampaignID, in state: State, at time: Timestamp) {
    sentLastMinute = state[id].counters.sentLastMinute(at: time)
    expectedEndAt = ExpectedEnd(of: id, in: state, at: time).time
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sent_last_minute", &sentLastMinute, "Messages sent in the last whole minute.")
    try visit.field(
      "expected_end_at", &expectedEndAt,
      "When the last guest is through, if those who are silent now stay so; null unless it runs and all are enrolled."
    )
  }
}
