import CampaignEngine
import JSONRPC
import Wire

/// What a subscription pushes, for those who would rather ask.
struct EventsList: ServiceMethod {
  static let name = "events.list"
  static let summary = "Lists events that are still kept, oldest first; filters narrow together."
  static let details = """
    A page without next_cursor has come to the present: ask again later with after_sequence set to \
    as_of.sequence, or subscribe with it.
    """
  static let isMutating = false
  static let errors = [ServiceError.notFound, ServiceError.gone]

  struct Params: WireObject {
    var project: ProjectID?
    var campaign: CampaignID?
    var execution: ExecutionID?
    var guest: GuestID?
    var kinds: [PublicKind]?
    var afterSequence: UInt64?
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Only events of this project.")
      try visit.field("campaign_id", &campaign, "Only events of this campaign.")
      try visit.field("execution_id", &execution, "Only events of this execution.")
      try visit.field("guest_id", &guest, "Only events of this guest.")
      try visit.field("kinds", &kinds, "Only of these kinds.", .length(1...200))
      try visit.field(
        "after_sequence", &afterSequence, "Events after this one; all that are kept if absent.")
      try paging.fields(&visit)
    }
  }

  struct Output: WireObject {
    var items: [EventView] = []
    var nextCursor: String?
    var asOf = AsOf()
    static var schemaName: String { "EventPage" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("items", &items, "The page.")
      try visit.field(
        "next_cursor", &nextCursor, "Give it as cursor for the next page; absent on the last.",
        .omittable)
      try visit.field("as_of", &asOf, "When this was all.")
    }
  }

  static let examples = [
    MethodExample(
      name: "what became of a campaign",
      params: #"{"campaign_id": "cmp_1", "kinds": ["campaign_status_changed"]}"#,
      result: #"""
        {"items": [{"kind": "campaign_status_changed", "project_id": "prj_1", "campaign_id": "cmp_1",
          "execution_id": null, "guest_id": null, "message_id": null,
          "by": {"kind": "operator", "name": null},
          "data": {"from": "draft", "to": "running", "reason": null}}]}
        """#)
  ]

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let filter = try center.filter(
      project: params.project, campaign: params.campaign, execution: params.execution,
      guest: params.guest, kinds: params.kinds)
    var place =
      try params.paging.startSequence() ?? params.afterSequence ?? center.history.oldest - 1
    try center.checkKept(after: place)
    var output = Output()
    output.asOf = center.asOf
    var looked = 0
    while place < center.sequence {
      guard output.items.count < Int(params.paging.limit),
        looked < center.configuration.events.eventsPerPageScan
      else {
        output.nextCursor = CursorText.text(of: place)
        break
      }
      place += 1
      looked += 1
      if let event = center.event(place, matching: filter) { output.items.append(event) }
    }
    return output
  }
}
