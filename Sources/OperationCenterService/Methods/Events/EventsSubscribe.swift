import CampaignEngine
import JSONRPC
import Wire

struct EventsSubscribe: ServiceQuery {
  static let name = "events.subscribe"
  static let reach = ProjectReach.own
  static let summary = "Tells this connection of events as they become durable, without a gap."
  static let details = """
    Each matching event comes as a notification events.event, in order. With after_sequence those \
    since then come first, so whoever reconnects with the last number seen misses nothing and sees \
    nothing twice. A reader who is behind is told the rest as it reads. The subscription ends with the \
    connection, with events.unsubscribe, or with an event of kind lagged, which comes only where the \
    next event is no longer kept. After the end of its input a connection is told what had happened \
    by then.
    """
  static let errors = [ServiceError.notFound, ServiceError.limitExceeded, ServiceError.gone]

  struct Params: WireObject {
    var project: ProjectID?
    var campaign: CampaignID?
    var kinds: [PublicKind]?
    var afterSequence: UInt64?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Only events of this project.")
      try visit.field("campaign_id", &campaign, "Only events of this campaign.")
      try visit.field("kinds", &kinds, "Only of these kinds.", .length(1...200))
      try visit.field(
        "after_sequence", &afterSequence,
        "Events after this one; from now on if absent. It may be the as_of of any answer.")
    }
  }

  struct Output: WireObject {
    var subscription = ""
    var sequence: UInt64 = 0
    static var schemaName: String { "EventSubscription" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("subscription_id", &subscription, "Stands in each of its notifications.")
      try visit.field("sequence", &sequence, "The newest event at this moment.")
    }
  }

  static let examples = [
    MethodExample(
      name: "answers of one campaign, from now on",
      params: #"{"campaign_id": "cmp_1", "kinds": ["execution_entered_node", "guest_updated"]}"#,
      result: #"{"subscription_id":"sub_1","sequence":96}"#)
  ]

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let filter = try center.filter(
      project: params.project, campaign: params.campaign, kinds: params.kinds)
    let after = params.afterSequence ?? center.sequence
    try center.checkKept(after: after)
    var output = Output()
    output.subscription = try center.subscribe(filter, after: after)
    output.sequence = center.sequence
    return output
  }
}
