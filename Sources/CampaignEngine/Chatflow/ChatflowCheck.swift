import Wire

/// Finds everything wrong with a chatflow, for one project. Errors first by kind of fault, each
/// kind in the order of the document.
package struct ChatflowCheck {
  private let document: ChatflowDocument
  private let outline: GraphOutline
  package private(set) var issues: [ChatflowIssue] = []

  package static func issues(
    of document: ChatflowDocument, project: Project, templates: [Template]
  ) -> [ChatflowIssue] {
    var check = ChatflowCheck(document)
    check.checkNames()
    check.checkEdges()
    check.checkShape()
    check.checkNodes(project: project, templates: templates)
    check.checkFailures()
    return check.issues
  }

  private init(_ document: ChatflowDocument) {
    self.document = document
    outline = GraphOutline(document)
  }

  private mutating func add(
    _ severity: ChatflowIssue.Severity, _ code: String, node: String?, _ message: String,
    _ hint: String, path: String
  ) {
    issues.append(
      ChatflowIssue(severity, code: code, node: node, message: message, hint: hint, path: path))
  }

  private mutating func checkNames() {
    var seen = Set<String>()
    for (index, node) in document.nodes.enumerated() where !seen.insert(node.id).inserted {
      add(
        .error, "duplicate_node", node: node.id, "Two nodes have this id.",
        "Rename one of them and its edges.", path: "nodes[\(index)].id")
    }
    let triggers = document.nodes.indices.filter { document.nodes[$0].data.tag == .trigger }
    if triggers.isEmpty {
      add(
        .error, "no_trigger", node: nil, "The flow has no trigger.",
        "Add one node of type trigger.", path: "nodes")
    }
    for index in triggers.dropFirst() {
      add(
        .error, "two_triggers", node: document.nodes[index].id, "The flow has a second trigger.",
        "Keep one trigger.", path: "nodes[\(index)].type")
    }
  }

  private mutating func checkEdges() {
    var taken = Set<[String]>()
    for (index, edge) in document.edges.enumerated() {
      for (name, id) in [("source", edge.source), ("target", edge.target)]
      where outline.indexByID[id] == nil {
        add(
          .error, "dangling_edge", node: nil, "Edge \(index) names the unknown node \"\(id)\".",
          "Draw it to a node of the flow, or delete it.", path: "edges[\(index)].\(name)")
      }
      guard let source = outline.indexByID[edge.source], outline.indexByID[edge.target] != nil
      else { continue }
      let handles = outline.handles[source]
      if !handles.contains(edge.handle) {
        add(
          .error, "unknown_handle", node: edge.source, "No way out \"\(edge.handle)\".",
          handles.isEmpty
            ? "A node of type end has no way out."
            : "Use one of \(handles.joined(separator: ", ")).",
          path: "edges[\(index)].sourceHandle")
      } else if !taken.insert([edge.source, edge.handle]).inserted {
        add(
          .error, "duplicate_edge", node: edge.source,
          "Two edges leave by \"\(edge.handle)\".", "Keep one of them.",
          path: "edges[\(index)].sourceHandle")
      }
      if document.nodes[outline.indexByID[edge.target] ?? 0].data.tag == .trigger {
        add(
          .error, "edge_to_trigger", node: edge.target, "An edge enters the trigger.",
          "Draw it to the node after the trigger.", path: "edges[\(index)].target")
      }
    }
  }

  private mutating func checkShape() {
    if let trigger = document.nodes.firstIndex(where: { $0.data.tag == .trigger }) {
      let reached = outline.reachable(from: [trigger]) { outline.successors(of: $0) }
      for (index, node) in document.nodes.enumerated()
      where !reached.contains(index) && node.data.tag != .trigger {
        add(
          .warning, "unreachable_node", node: node.id, "No way leads here from the trigger.",
          "Draw an edge to it, or delete it.", path: "nodes[\(index)]")
      }
    }
    if let cycle = outline.cycleWithoutWait() {
      let names = cycle.map { document.nodes[$0].id }
      add(
        .error, "cycle_without_wait", node: names.first,
        "The nodes \(names.joined(separator: ", ")) lead back to themselves and nothing waits.",
        "Put a wait_reply or a delay into the circle.", path: "nodes[\(cycle[0])]")
    }
  }

  private mutating func checkNodes(project: Project, templates: [Template]) {
    let closed = WindowForecast(document, outline).nodesWithClosedWindow
    let variables = NodeCheck.variablesSet(by: document)
    for index in document.nodes.indices {
      var check = NodeCheck(
        document: document, outline: outline, index: index, project: project,
        templates: templates, mayHaveClosedWindow: closed.contains(index),
        knownVariables: variables)
      document.nodes[index].data.node.check(&check)
      check.unknownKeys()
      issues += check.issues
      checkMissingHandles(index)
    }
  }

  /// A guest that leaves by a way out without an edge ends there as completed, which is seldom meant.
  private mutating func checkMissingHandles(_ index: Int) {
    let node = document.nodes[index]
    for (handle, target) in zip(outline.handles[index], outline.targets[index])
    where target == nil && handle != "failed" {
      add(
        .warning, "missing_handle", node: node.id,
        "The way out \"\(handle)\" leads nowhere; guests that take it end as completed.",
        "Draw an edge from \"\(handle)\", perhaps to an end node.", path: "nodes[\(index)]")
    }
  }

  private mutating func checkFailures() {
    for (index, node) in document.nodes.enumerated() where node.data.tag.sends {
      guard let handle = outline.handles[index].firstIndex(of: "failed"),
        outline.targets[index][handle] == nil
      else { continue }
      add(
        .warning, "unhandled_failure", node: node.id,
        "A message that fails here fails the execution.",
        "Draw an edge from the handle \"failed\" if another way should be tried.",
        path: "nodes[\(index)]")
    }
  }
}
