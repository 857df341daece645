import CampaignEngine
import Wire

/// A chatflow without its graph, which `chatflow.get` gives.
package struct ChatflowSummary: WireObject {
  package var id = ChatflowID.none
  package var project = ProjectID.none
  package var name = ""
  package var version = 0
  package var counts = GraphCounts()
  package var templates: [String] = []
  package var reads: [String] = []
  package var issues: [ChatflowIssue] = []
  package var createdAt = Timestamp.zero

  package init() {}

  init(_ id: ChatflowID, _ chatflow: Chatflow, version number: Int? = nil) {
    let number = number ?? chatflow.versions.count
    let version = chatflow.versions[number - 1]
    self.id = id
    project = ProjectID(space: 0, counter: id.space + 1)
    name = chatflow.name
    self.version = number
    counts.nodes = version.document.nodes.count
    counts.edges = version.document.edges.count
    (templates, reads) = (version.graph.templates, version.graph.reads)
    (issues, createdAt) = (version.issues, version.createdAt)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.field("project_id", &project, "Project.")
    try visit.field("name", &name, "Name.")
    try visit.field("version", &version, "Number of the version.")
    try visit.field("counts", &counts, "Size of the graph.")
    try visit.field("templates", &templates, "Templates that it sends.")
    try visit.field("reads", &reads, "What its texts and conditions look at.")
    try visit.field("issues", &issues, "Warnings.")
    try visit.field("created_at", &createdAt, "When this version was saved.")
  }
}

package struct GraphCounts: WireObject {
  package var nodes = 0
  package var edges = 0
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("nodes", &nodes, "Nodes.")
    try visit.field("edges", &edges, "Edges.")
  }
}

package struct ChatflowView: WireObject {
  package var summary = ChatflowSummary()
  package var nodes: [ChatflowNode] = []
  package var edges: [ChatflowEdge] = []
  package var viewport: RawJSON?

  package init() {}

  init(_ id: ChatflowID, _ chatflow: Chatflow, version: Int) {
    summary = ChatflowSummary(id, chatflow, version: version)
    let document = chatflow.versions[version - 1].document
    (nodes, edges, viewport) = (document.nodes, document.edges, document.viewport)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try summary.fields(&visit)
    try visit.field("nodes", &nodes, "The steps, with all keys that the editor keeps there.")
    try visit.field("edges", &edges, "The ways between them.")
    try visit.field("viewport", &viewport, "What the editor shows of the graph.")
  }
}
