import Wire

/// Whether a flow fits what a campaign does with households.
struct HouseholdCheck {
  let graph: ChatflowGraph
  let policy: HouseholdPolicy
  let space: UInt32

  /// What forbids the start. Several messages to one telephone that advertise the same are what WhatsApp
  /// takes a number's quality for.
  func fault(in state: State) -> ChatflowIssue? {
    guard policy == .separately else { return nil }
    for node in graph.nodes {
      guard let name = node.data.templateUse?.name,
        state.template(named: name, space: space)?.row.category == .marketing
      else { continue }
      return ChatflowIssue(
        .error, code: "separate_marketing", node: node.id,
        message:
          "Template \"\(name)\" is marketing, and guests who share a phone would each get it there.",
        hint: "Write to households together, or use a utility template.", path: "")
    }
    return nil
  }

  /// - Parameter spokenFor: how many of the audience are asked through others.
  func warnings(spokenFor: Int) -> [ChatflowIssue] {
    switch policy {
    case .contactOnly: []
    case .separately: unnamed()
    case .together: spokenFor > 0 ? unanswered(spokenFor) : []
    }
  }

  /// On one telephone nobody would know who is meant.
  private func unnamed() -> [ChatflowIssue] {
    graph.nodes.compactMap { node in
      guard node.isPrompt || node.traits.contains(.asks) && !node.data.freeTexts.isEmpty else {
        return nil
      }
      // A template names the guest in one of its places, every free text by itself.
      let places = node.data.templateUse?.parameters.entries.map(\.value)
      let isNamed =
        (places?.contains { names($0) } ?? true)
        && node.data.freeTexts.flatMap(\.text.texts).allSatisfy { names($0) }
      guard !isNamed else { return nil }
      return ChatflowIssue(
        .warning, code: "member_not_named", node: node.id,
        message:
          "Guests who share a phone are asked one by one, and the text does not say who is meant.",
        hint: "Put {{guest.name}} into it.", path: "")
    }
  }

  private func names(_ text: String) -> Bool {
    graph.interpolation(of: text)?.paths.contains(.guest(.attribute(.name))) ?? false
  }

  private func unanswered(_ count: Int) -> [ChatflowIssue] {
    let asks = graph.nodes.contains { node in
      node.data.writes.contains { if case .rsvp = $0 { true } else { false } }
    }
    guard asks, !graph.nodes.contains(where: \.data.answersForHousehold) else { return [] }
    return [
      ChatflowIssue(
        .warning, code: "household_not_answered", node: nil,
        message:
          "\(count) guests are asked through others, and the flow keeps no answer for them.",
        hint:
          "Let update_guest set the rsvp for the household, or ask with a question of kind members.",
        path: "")
    ]
  }
}
