import Wire

/// What the texts of a chatflow look at, and which templates it sends.
struct ChatflowReads {
  private(set) var reads: [String] = []
  private(set) var templates: [String] = []
  private(set) var events: Set<String> = []
  private(set) var firstTemplates: [String] = []
  private(set) var firstRequiredPlaces: [[VariablePath]] = []
  private(set) var firstSendBy: Timestamp?
  /// Every text of the flow, ready to be filled in.
  private(set) var interpolations: [String: Interpolation] = [:]
  /// Every query of the flow, read once.
  private(set) var conditions: [String: ConditionText] = [:]

  init(_ document: ChatflowDocument, first: Set<Int>) {
    var paths: Set<String> = []
    var allTemplates: Set<String> = []
    var templatesOfFirst: Set<String> = []
    for (index, node) in document.nodes.enumerated() {
      let content = node.data.content
      let own = content.reads
      paths.formUnion(own.paths)
      events.formUnion(own.events)
      for text in own.texts {
        guard let parsed = try? Interpolation(parsing: text) else { continue }
        interpolations[text] = parsed
        paths.formUnion(parsed.paths.map(\.description))
        events.formUnion(parsed.paths.compactMap(\.event))
      }
      for query in own.queries { conditions[query] = try? ConditionText(parsing: query) }
      guard let use = content.templateUse else { continue }
      allTemplates.insert(use.name)
      guard first.contains(index), content.isInvitation else { continue }
      templatesOfFirst.insert(use.name)
      firstRequiredPlaces += use.texts.compactMap { try? Interpolation(parsing: $0) }
        .flatMap(\.requiredPlaces)
      if let sendBy = content.sendBy { firstSendBy = max(firstSendBy ?? sendBy, sendBy) }
    }
    reads = paths.sorted()
    templates = allTemplates.sorted()
    firstTemplates = templatesOfFirst.sorted()
  }
}
