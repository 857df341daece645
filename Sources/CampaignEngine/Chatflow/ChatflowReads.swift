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
      for text in Self.texts(of: node.data.content) {
        guard let parsed = try? Interpolation(parsing: text) else { continue }
        interpolations[text] = parsed
        paths.formUnion(parsed.paths.map(\.description))
        events.formUnion(parsed.paths.compactMap(\.event))
      }
      events.formUnion(Self.events(of: node.data.content))
      let (template, parameters) = Self.template(of: node.data.content)
      if let template { allTemplates.insert(template) }
      if first.contains(index), case .sendTemplate(let send) = node.data.content {
        templatesOfFirst.insert(send.template)
        firstRequiredPlaces += parameters.flatMap(\.requiredPlaces)
        if let sendBy = send.sendBy { firstSendBy = max(firstSendBy ?? sendBy, sendBy) }
      }
      switch node.data.content {
      case .condition(let condition):
        events.formUnion(condition.cases.flatMap(\.when.namedEvents))
        paths.formUnion(condition.cases.flatMap(\.when.reads))
        for query in condition.cases.compactMap(\.when.query) {
          conditions[query] = try? ConditionText(parsing: query)
        }
      case .guestForm(let form): paths.formUnion(form.questions.compactMap(\.maxFrom))
      default: break
      }
    }
    reads = paths.sorted()
    templates = allTemplates.sorted()
    firstTemplates = templatesOfFirst.sorted()
  }

  private static func events(of data: NodeData.Content) -> [String] {
    switch data {
    case .updateGuest(let node):
      node.set.keys.compactMap { GuestTarget("guest.\($0)")?.event }
    case .guestForm(let node):
      node.questions.compactMap { $0.saveTo.flatMap(GuestTarget.init)?.event }
    case .delay(let node): [node.relativeToEvent?.event].compactMap { $0 }
    default: []
    }
  }

  private static func template(of data: NodeData.Content) -> (String?, [Interpolation]) {
    switch data {
    case .sendTemplate(let node):
      let texts = node.parameters.entries.map(\.value) + [node.header?.link].compactMap { $0 }
      return (node.template, texts.compactMap { try? Interpolation(parsing: $0) })
    case .sendMessage(let node) where node.outsideWindow.action == .template:
      return (node.outsideWindow.template, [])
    default: return (nil, [])
    }
  }

  private static func texts(of data: NodeData.Content) -> [String] {
    switch data {
    case .sendTemplate(let node):
      return node.parameters.entries.map(\.value) + [node.header?.link].compactMap { $0 }
        + (node.sessionText?.texts ?? [])
    case .sendMessage(let node):
      return node.text.texts + node.outsideWindow.parameters.entries.map(\.value)
    case .waitReply(let node): return node.reprompt?.text.texts ?? []
    case .guestForm(let node):
      return node.questions.flatMap { $0.ask.texts + ($0.onInvalid?.texts ?? []) }
    case .updateGuest(let node): return node.set.entries.map(\.value.text)
    case .trigger, .condition, .delay, .split, .end: return []
    }
  }
}
