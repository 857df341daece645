import CampaignEngine
import Wire

package struct FunnelStatsView: WireObject {
  package var campaign = CampaignID.none
  package var chatflow = ChatflowID.none
  package var chatflowVersion: Int?
  package var enrolled = 0
  package var nodes: [NodeVisitsView] = []
  package var asOf = AsOf()

  package init() {}
  package static var schemaName: String { "FunnelStats" }

  init(_ id: CampaignID, _ row: Campaign, in state: State) {
    (campaign, chatflow) = (id, row.settings.chatflow)
    guard row.chatflowVersion > 0 else { return }
    chatflowVersion = row.chatflowVersion
    let graph = state.graph(of: id)
    let versions = row.migration.olderVersions + [row.chatflowVersion]
    for (index, count) in row.counters.funnel.enumerated() where index < graph.nodes.count {
      let (node, region) = (graph.nodes[index], graph.region(of: index))
      if node.traits.contains(.entry) {
        enrolled += count.entered
      } else if region == graph.newestRegion || count.entered > 0 {
        nodes.append(NodeVisitsView(node, count, graph, version: versions[region]))
      }
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign.")
    try visit.field("chatflow_id", &chatflow, "Chatflow.")
    try visit.field("chatflow_version", &chatflowVersion, "Version that it walks, once started.")
    try visit.field("enrolled", &enrolled, "Visits of the trigger: guests who entered the flow.")
    try visit.field(
      "nodes", &nodes,
      "In the order of the chatflow, without the trigger; before them the visited ones of versions before a migration."
    )
    try visit.field("as_of", &asOf, "When this was true.")
  }
}

package struct NodeVisitsView: WireObject {
  package var visits = FunnelView()
  package var chatflowVersion = 0
  package var dwellNinetiethMilliseconds: Int64?
  package var waysOut: [WayOutView] = []

  package init() {}
  package static var schemaName: String { "NodeVisits" }

  init(
    _ node: ChatflowGraph.Node, _ count: FunnelCount, _ graph: ChatflowGraph, version: Int
  ) {
    visits = FunnelView(node, count)
    chatflowVersion = version
    dwellNinetiethMilliseconds = count.dwellMilliseconds(percent: 90)
    waysOut = node.handles.enumerated().map { number, handle in
      var way = WayOutView()
      way.handle = handle
      way.target = node.targets[number].map { graph.nodes[$0].id }
      way.passed = count.passed(by: number)
      return way
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visits.fields(&visit)
    try visit.field("chatflow_version", &chatflowVersion, "Version that the node belongs to.")
    try visit.field(
      "dwell_p90_ms", &dwellNinetiethMilliseconds,
      "Upper bound of the histogram bucket within which nine of ten of the passed visits ended.")
    try visit.field(
      "ways_out", &waysOut, "Sum up to passed; an end node has none.")
  }
}

package struct WayOutView: WireObject {
  package var handle = ""
  package var target: String?
  package var passed = 0

  package init() {}
  package static var schemaName: String { "WayOut" }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("handle", &handle, "Handle.")
    try visit.field("target", &target, "Node that it leads to; null where the walk ends there.")
    try visit.field("passed", &passed, "How many took it.")
  }
}
