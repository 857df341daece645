import CampaignEngine
import JSONRPC
import Wire

struct ExecutionList: ServiceLongQuery {
  static let name = "execution.list"
  static let summary = "Lists the executions of a campaign; filters narrow together."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "VIPs who said yes",
      params: #"{"campaign_id":"cmp_1","query":"vars.answer = yes AND category = vip"}"#,
      result:
        #"{"items":[{"id":"exe_1","campaign_id":"cmp_1","guest":{"id":"gst_1","name":"Meera Rao","phone":"+919812300045"},"status":"waiting","reason":null,"phase":"follow_up","node_id":"thanks","progress":66,"waiting_for":{"kind":"delivery","question":null,"since":"2026-11-22T09:50:00.000Z","until":null},"outcome":null,"last_error":null,"started_at":"2026-11-22T09:40:00.000Z","updated_at":"2026-11-22T09:50:00.000Z","ended_at":null}]}"#
    )
  ]

  struct Params: WireObject {
    var campaign = CampaignID.none
    var status: [ExecutionStatus]?
    var phase: [Phase]?
    var nodes: [String]?
    var search: String?
    var query: String?
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field("status", &status, "Only in one of these states.", .length(0...8))
      try visit.field("phase", &phase, "Only in one of these phases.", .length(0...5))
      try visit.field(
        "node_id", &nodes, "Only standing at, or ended at, one of these nodes.", .length(0...100))
      try visit.field(
        "search", &search, "Stands in the guest's name, phone or external id.", .length(1...200))
      try paging.fields(&visit)
      try visit.field(
        "query", &query,
        "A condition on executions and their guests: last_error.class = throttle AND category = vip.",
        .length(1...Limits.conditionCharacters))
    }
  }

  typealias Output = Page<ExecutionItem>

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    try center.page { state, _, search in try page(params, in: state, search) }
  }

  private static func page(
    _ params: Params, in state: State, _ search: PageSearch?
  ) throws -> Output {
    guard let campaign = state.find(params.campaign) else {
      throw Rejection.notFound(params.campaign)
    }
    let members = state.members(of: params.campaign)
    var filter = GuestFilter()
    (filter.search, filter.query) = (params.search, params.query)
    let predicate = GuestPredicate(
      filter, for: .execution, project: state.project(of: params.campaign.space))
    try predicate.check(field: nil)
    let nodes = params.nodes.map { names -> Set<Int> in
      guard campaign.chatflowVersion > 0 else { return [] }
      let graph = state.graph(of: params.campaign)
      return Set(names.flatMap { graph.indexes(of: $0) })
    }
    return try params.paging.page(
      upTo: UInt32(members.count), testing: predicate.weight, search: search
    ) { counter in
      let id = members[Int(counter) - 1]
      let row = state[id]
      guard params.status?.contains(row.status) ?? true, params.phase?.contains(row.phase) ?? true,
        nodes.map({ row.node.map($0.contains) ?? false }) ?? true,
        predicate.matches(ConditionSubject(id, in: state), in: state)
      else { return nil }
      return ExecutionItem(id, in: state)
    }
  }
}
