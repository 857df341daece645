/// A chatflow version made ready for walking: handles and nodes are numbers, and what only depends
/// on the graph is worked out once. Immutable, so that every execution can share it.
package final class ChatflowGraph: Sendable {
  package struct Node: Sendable {
    package let id: String
    package let data: any NodeContent
    package let phase: Phase
    package let handles: [String]
    /// Node entered by each handle; nil where no edge leaves there.
    package let targets: [Int?]
    /// Nodes on the longest way from here to an end that visits no node twice, this one included.
    package let longestWay: Int
    /// For nodes that send buttons: the wait that the buttons answer.
    package let answeringWait: Int?
    /// The message sent here leads straight to a question, so only one may be open at a time.
    package let isPrompt: Bool

    package var type: NodeType { NodeType(of: Swift.type(of: data)) }
    package var traits: NodeTraits { Swift.type(of: data).traits }
  }

  package let nodes: [Node]
  package let trigger: Int
  /// Everything that texts and conditions look at, sorted.
  package let reads: [String]
  package let templates: [String]
  /// Keys of the events that its texts, delays and changes name.
  package let events: Set<String>
  /// Templates and places without a last resort that an execution meets before it first waits:
  /// what a guest must have to be written to at all.
  package let firstTemplates: [String]
  package let firstRequiredPlaces: [[VariablePath]]
  package let firstSendBy: Timestamp?
  /// Some delay ends at a time around an event.
  package let waitsForEvents: Bool
  /// Where each version begins among the nodes; one version unless a campaign was migrated.
  package let regions: [Int]
  /// Nodes by identifier, one table a region.
  private let indexesByID: [[String: Int]]
  private let interpolations: [String: Interpolation]
  private let conditions: [String: ConditionText]

  /// Compiles a document that passed `ChatflowCheck`.
  package init(_ document: ChatflowDocument) {
    let outline = GraphOutline(document)
    waitsForEvents = document.nodes.contains { $0.data.content.waitsForEvent }
    (regions, indexesByID) = ([0], [outline.indexByID])
    trigger = document.nodes.firstIndex { $0.data.traits.contains(.entry) } ?? 0
    let beforeWait = outline.reachableBeforeWait(from: trigger)
    let longestWays = outline.longestWays()
    nodes = document.nodes.enumerated().map { index, node in
      let wait = outline.answeringWait(of: index)
      return Node(
        id: node.id, data: node.data.content,
        phase: node.data.phase
          ?? node.data.content.usualPhase(isBeforeWait: beforeWait.contains(index)),
        handles: outline.handles[index], targets: outline.targets[index],
        longestWay: longestWays[index], answeringWait: wait,
        isPrompt: node.data.traits.contains(.sends) && wait != nil)
    }
    let facts = ChatflowReads(document, first: beforeWait)
    reads = facts.reads
    templates = facts.templates
    events = facts.events
    firstTemplates = facts.firstTemplates
    firstRequiredPlaces = facts.firstRequiredPlaces
    firstSendBy = facts.firstSendBy
    interpolations = facts.interpolations
    conditions = facts.conditions
  }

  /// A text of this flow, parsed once; nil for a text that was found to be none.
  func interpolation(of text: String) -> Interpolation? { interpolations[text] }

  /// A query of this flow; nil for one that was found to be none.
  func condition(of query: String) -> ConditionText? { conditions[query] }

  /// Several versions of a flow as one graph: executions that stand in an older one go on there, and
  /// what enters the flow enters the newest. Numbers of nodes that are in use never change.
  package init(_ older: ChatflowGraph, followedBy newest: ChatflowGraph) {
    let offset = older.nodes.count
    nodes = older.nodes + newest.nodes.map { $0.shifted(by: offset) }
    regions = older.regions + [offset]
    waitsForEvents = older.waitsForEvents || newest.waitsForEvents
    indexesByID = older.indexesByID + [newest.indexesByID[0].mapValues { $0 + offset }]
    trigger = newest.trigger + offset
    reads = newest.reads
    // Those who stand in an older version still send what it sends.
    templates = Set(older.templates + newest.templates).sorted()
    events = older.events.union(newest.events)
    (firstTemplates, firstSendBy) = (newest.firstTemplates, newest.firstSendBy)
    firstRequiredPlaces = newest.firstRequiredPlaces
    interpolations = older.interpolations.merging(newest.interpolations) { $1 }
    conditions = older.conditions.merging(newest.conditions) { $1 }
  }

  /// The node of the newest version with this identifier, or else of an older one.
  package func index(of nodeID: String) -> Int? {
    indexesByID.reversed().lazy.compactMap { $0[nodeID] }.first
  }

  package func index(of nodeID: String, region: Int) -> Int? { indexesByID[region][nodeID] }

  /// All nodes with this identifier, of whatever version.
  package func indexes(of nodeID: String) -> [Int] { indexesByID.compactMap { $0[nodeID] } }

  package func region(of node: Int) -> Int { (regions.lastIndex { $0 <= node }) ?? 0 }

  package var newestRegion: Int { regions.count - 1 }

  /// The node, and all that may come after it.
  func reachable(from node: Int) -> Set<Int> {
    CampaignEngine.nodes(reachableFrom: [node]) { nodes[$0].targets.compactMap { $0 } }
  }

  /// The number of a handle among the ways out of a node.
  package func handleIndex(_ handle: String, of node: Int) -> Int? {
    nodes[node].handles.firstIndex(of: handle)
  }
}

extension ChatflowGraph.Node {
  fileprivate func shifted(by offset: Int) -> Self {
    Self(
      id: id, data: data, phase: phase, handles: handles,
      targets: targets.map { $0.map { $0 + offset } }, longestWay: longestWay,
      answeringWait: answeringWait.map { $0 + offset }, isPrompt: isPrompt)
  }
}
