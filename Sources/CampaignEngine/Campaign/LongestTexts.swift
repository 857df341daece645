import Wire

/// Finds the text of a flow that would be longer than WhatsApp takes for a guest whom it is for.
struct LongestTexts {
  private struct Text {
    let node: String, what: String
    let limit: Int
    /// What stands there for everybody.
    var length = 0
    var places: [Place] = []
  }

  /// The first path with a value counts, or else a last resort.
  private struct Place {
    let paths: [Int]
    let otherwise: Int
  }

  private let graph: ChatflowGraph
  private let space: UInt32
  private var paths: [VariablePath] = []
  private var numbers: [VariablePath: Int] = [:]
  /// Those that can be too long, by the language of guests.
  private var byLanguage: [String: [Text]] = [:]
  private(set) var issue: ChatflowIssue?

  init(_ graph: ChatflowGraph, space: UInt32) { (self.graph, self.space) = (graph, space) }

  /// - Parameter members: whom the guest is asked for, too.
  mutating func look(at guest: GuestID, with members: [GuestID] = [], in state: State) {
    guard issue == nil else { return }
    let language = state.language(of: guest)
    if byLanguage[language] == nil {
      // A list of nonsense must not grow this without end.
      if byLanguage.count > 1000 { byLanguage = [:] }
      byLanguage[language] = texts(for: language, in: state)
    }
    guard let texts = byLanguage[language], !texts.isEmpty else { return }
    let lengths = paths.map {
      state.value(of: $0, for: guest, with: members)?.unicodeScalars.count ?? 0
    }
    for text in texts {
      let length = text.places.reduce(text.length) { sum, place in
        sum + (place.paths.lazy.map { lengths[$0] }.first { $0 > 0 } ?? place.otherwise)
      }
      guard length > text.limit else { continue }
      issue = ChatflowIssue(
        .error, code: "too_long", node: text.node,
        message:
          "\(text.what) has \(length) characters for \(guest.wireText); WhatsApp takes at most \(text.limit).",
        hint: "Shorten the text, or what the guests' fields put into it.", path: "")
      return
    }
  }

  private mutating func texts(for language: String, in state: State) -> [Text] {
    var found: [Text] = []
    for node in graph.nodes {
      for free in node.data.freeTexts {
        found.append(text(free.text, language, node.id, free.name, free.longest))
      }
      if let use = node.data.templateUse { found += template(use, language, node.id, state) }
    }
    // Without places nothing changes from guest to guest, and the flow's own check has seen it.
    return found.filter { !$0.places.isEmpty || $0.length > $0.limit }
  }

  private mutating func text(
    _ text: LocalizedText, _ language: String, _ node: String, _ what: String, _ limit: Int
  ) -> Text {
    var measured = Text(node: node, what: what, limit: limit)
    add(text.text(for: language), to: &measured)
    return measured
  }

  /// The variant that a guest of this language would get.
  private mutating func template(
    _ use: TemplateUse, _ language: String, _ node: String, _ state: State
  ) -> [Text] {
    let name = use.name
    let languages = state.projects[space].row.languages
    guard let row = state.template(named: name, space: space)?.row,
      let index = row.variantIndex(language: language, projectLanguages: languages)
    else { return [] }
    let variant = row.variants[index]
    var found: [Text] = []
    for (text, what, limit) in [
      (variant.body, "Template \"\(name)\"", TemplateVariant.bodyLength.upperBound),
      (
        variant.header?.text ?? "", "The header of template \"\(name)\"",
        TemplateHeader.textLength.upperBound
      ),
    ] where !text.isEmpty {
      var measured = Text(node: node, what: what, limit: limit)
      let places = TemplateText.placeNames(in: text)
      measured.length =
        TemplateText.fill(text, with: places.map { (name: $0, value: "") })
        .unicodeScalars.count
      for place in places { add(use.parameters[place] ?? "", to: &measured) }
      found.append(measured)
    }
    return found
  }

  private mutating func add(_ text: String, to measured: inout Text) {
    guard let parsed = graph.interpolation(of: text) else {
      measured.length += text.unicodeScalars.count
      return
    }
    measured.length += parsed.literalLength
    for case .place(let names, let fallback) in parsed.segments {
      let known = names.filter { if case .variable = $0 { false } else { true } }
      measured.places.append(
        Place(
          paths: known.map { number(of: $0) }, otherwise: fallback?.unicodeScalars.count ?? 0))
    }
  }

  private mutating func number(of path: VariablePath) -> Int {
    if let known = numbers[path] { return known }
    numbers[path] = paths.count
    paths.append(path)
    return paths.count - 1
  }
}
