import Wire

/// Finds everything wrong with a chatflow, for one project. Errors first by kind of fault, each
/// kind in the order of the document.
package struct ChatflowCheck {
  private let document: ChatflowDocument
  private let outline: GraphOutline
  package private(set) var issues: [ChatflowIssue] = []

  /// - Parameter now: times of a flow are judged as if it began at this moment.
  package static func issues(
    of document: ChatflowDocument, project: Project, templates: [Template],
    stopTexts: Set<FoldedText> = [], now: Timestamp
  ) -> [ChatflowIssue] {
    var check = ChatflowCheck(document)
    check.checkSize()
    check.checkNames()
    check.checkEdges()
    check.checkShape()
    check.checkNodes(project: project, templates: templates, stopTexts: stopTexts)
    check.checkFailures()
    check.checkPrompts()
    check.checkTimes(project: project, now: now)
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
    let triggers = document.nodes.indices.filter { document.nodes[$0].data.traits.contains(.entry) }
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
      if outline.traits[outline.indexByID[edge.target] ?? 0].contains(.entry) {
        add(
          .error, "edge_to_trigger", node: edge.target, "An edge enters the trigger.",
          "Draw it to the node after the trigger.", path: "edges[\(index)].target")
      }
    }
  }

  private mutating func checkShape() {
    if let trigger = document.nodes.firstIndex(where: { $0.data.traits.contains(.entry) }) {
      let reached = nodes(reachableFrom: [trigger]) { outline.successors(of: $0) }
      for (index, node) in document.nodes.enumerated()
      where !reached.contains(index) && !node.data.traits.contains(.entry) {
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

  private mutating func checkNodes(
    project: Project, templates: [Template], stopTexts: Set<FoldedText>
  ) {
    let closed = WindowForecast(document, outline).nodesWithClosedWindow
    let variables = Set(ChatflowWrites(document.nodes.map(\.data.content)).variables)
    for index in document.nodes.indices {
      var check = NodeCheck(
        document: document, outline: outline, index: index, project: project,
        templates: templates, mayHaveClosedWindow: closed.contains(index),
        knownVariables: variables, stopTexts: stopTexts)
      document.nodes[index].data.content.check(&check)
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
    for (index, node) in document.nodes.enumerated() where node.data.traits.contains(.sends) {
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

  /// A version is one record of the journal, and every campaign that starts reads it.
  private mutating func checkSize() {
    let count = Binary.encode(document).count
    guard count > Limits.chatflowBytes else { return }
    add(
      .error, "too_large", node: nil,
      "The flow takes \(count) bytes; at most \(Limits.chatflowBytes) are stored.",
      "Shorten texts, or leave out what only the editor needs.", path: "nodes")
  }

  /// Whoever was sent nothing does not know that an answer is waited for.
  private mutating func checkPrompts() {
    guard let trigger = document.nodes.firstIndex(where: { $0.data.traits.contains(.entry) }) else {
      return
    }
    let reached = nodes(reachableFrom: [trigger]) { outline.successors(of: $0) }
    let prompts = reached.filter {
      let traits = outline.traits[$0]
      return traits.contains(.sends) || traits.contains(.asks) && !traits.contains(.isPrompted)
    }
    let prompted = nodes(reachableFrom: prompts.flatMap(outline.successors)) {
      outline.successors(of: $0)
    }
    for (index, node) in document.nodes.enumerated()
    where node.data.traits.contains(.isPrompted) && reached.contains(index)
      && !prompted.contains(index)
    {
      add(
        .warning, "wait_without_prompt", node: node.id,
        "Nothing is sent before this wait, so guests do not know that they are asked.",
        "Put a send_template or a send_message before it.", path: "nodes[\(index)]")
    }
  }

  /// Times that can never come to matter, even for a guest who answers at once.
  private mutating func checkTimes(project: Project, now: Timestamp) {
    let arrivals = ArrivalForecast(document, outline, project: project, now: now).arrivals
    for (index, node) in document.nodes.enumerated() {
      guard let arrival = arrivals[index] else { continue }
      let content = node.data.content
      if let timeout = content.answerTimeout { checkTimeout(timeout, index, arrival, project) }
      guard let sendBy = content.sendBy else { continue }
      checkSendBy(sendBy, index, arrival)
      if let timeout = content.windowTimeout {
        checkWindowTimeout(timeout, sendBy: sendBy, index, arrival)
      }
    }
  }

  /// A wait that begins before the event and ends after it: whoever is silent is asked again, or
  /// given up, when all is over. Flows that go on after the event are meant to.
  private mutating func checkTimeout(
    _ timeout: TimeSpan, _ index: Int, _ arrival: Timestamp, _ project: Project
  ) {
    guard let event = project.events.first, arrival < event.startsAt,
      arrival + timeout > event.startsAt
    else { return }
    add(
      .warning, "unreachable_timeout", node: document.nodes[index].id,
      "Even for a guest who is here as early as can be, the timeout ends after \"\(event.key)\" has begun.",
      "Shorten the timeout, or begin earlier.", path: "nodes[\(index)].data.timeout")
  }

  private mutating func checkSendBy(_ sendBy: Timestamp, _ index: Int, _ arrival: Timestamp) {
    guard sendBy < arrival else { return }
    add(
      .warning, "expired_send_by", node: document.nodes[index].id,
      "Nobody can be here before send_by has passed, so nothing is ever sent.",
      "Set send_by to a later time, or leave it out.", path: "nodes[\(index)].data.send_by")
  }

  /// A message that waits for an open window is too late once send_by has passed, and then its way
  /// out "failed" is not taken.
  private mutating func checkWindowTimeout(
    _ timeout: TimeSpan, sendBy: Timestamp, _ index: Int, _ arrival: Timestamp
  ) {
    guard sendBy >= arrival, arrival + timeout > sendBy else { return }
    add(
      .warning, "unreachable_timeout", node: document.nodes[index].id,
      "send_by passes before outside_window.timeout can end, so the message is too late instead.",
      "Shorten outside_window.timeout, or set send_by to a later time.",
      path: "nodes[\(index)].data.outside_window.timeout")
  }
}
