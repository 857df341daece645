import CampaignEngine
import JSONRPC
import Wire

/// What a subscription pushes, for those who would rather ask.
struct EventsList: ServiceLongQuery {
  static let name = "events.list"
  static let reach = ProjectReach.own
  static let summary = "Lists events that are still kept, oldest first; filters narrow together."
  static let details = """
    A page without next_cursor has come to the present: ask again later with after_sequence set to \
    as_of.sequence, or subscribe with it. A page may be short, or even empty, and still have a \
    next one.
    """
  static let errors = [ServiceError.notFound, ServiceError.gone] + ServiceError.ofJobs
  // details, append: " A page may be short, or even empty, and still have a next one."

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
        {"items": [{"sequence": 21, "at": "2026-11-22T09:40:00.000Z", "kind": "campaign_status_changed", "project_id": "prj_1", "campaign_id": "cmp_1",
          "execution_id": null, "guest_id": null, "message_id": null,
          "by": {"kind": "operator", "name": null},
          "data": {"from": "draft", "to": "running", "reason": null}}],
          "as_of": {"sequence": 96, "at": "2026-11-22T09:55:00.000Z"}}
        """#)
  ]

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    let filter = try center.filter(
      project: params.project, campaign: params.campaign, execution: params.execution,
      guest: params.guest, kinds: params.kinds)
    let place =
      try params.paging.startSequence() ?? params.afterSequence ?? center.history.oldest - 1
    try center.checkKept(after: place)
    guard place < center.sequence, place + 1 < center.history.oldestHeld else {
      return .now(page(params, filter, after: place, in: center))
    }
    guard let reader = center.pastReader(after: place, kinds: filter.kinds) else {
      // Not durable yet, and gone from memory already.
      return .now(page(params, filter, of: PastPage(end: place), in: center))
    }
    return try center.later(.reading, isChange: false) {
      Result { try reader.page() }
    } then: { read, center in
      page(params, filter, of: try center.taken(read, after: place), in: center)
    }
  }

  /// From memory.
  private static func page(
    _ params: Params, _ filter: EventFilter, after start: UInt64,
    in center: isolated OperationCenter
  ) -> Output {
    var output = Output()
    output.asOf = center.asOf
    let source = center.eventSource
    var (place, looked) = (start, 0)
    while place < center.sequence {
      guard output.items.count < Int(params.paging.limit),
        looked < center.configuration.events.eventsPerPageScan
      else {
        output.nextCursor = CursorText.text(of: place)
        break
      }
      place += 1
      looked += 1
      if let event = source.event(place, matching: filter) { output.items.append(event) }
    }
    return output
  }

  /// From what was read of the journal; memory goes on behind it.
  private static func page(
    _ params: Params, _ filter: EventFilter, of past: PastPage,
    in center: isolated OperationCenter
  ) -> Output {
    var output = Output()
    output.asOf = center.asOf
    let source = center.eventSource
    var place = past.end
    for record in past.records {
      if output.items.count == Int(params.paging.limit) {
        place = record.sequence - 1
        break
      }
      if let event = source.event(record, matching: filter) { output.items.append(event) }
    }
    // Whoever goes on in the middle of a page need not look for its beginning.
    if place < past.end, let begin = past.begin { center.history.note(begin, after: place) }
    output.nextCursor = CursorText.text(of: place)
    return output
  }
}
