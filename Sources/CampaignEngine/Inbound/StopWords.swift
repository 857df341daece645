extension State {
  /// Where the open question has an answer of this name, it is that answer.
  func isOptOut(_ inbound: ReceiveMessage, _ text: FoldedText, person: UInt32) -> Bool {
    guard isStopText(text, of: inbound.sender) else { return false }
    guard let route = Routing.route(inbound, person: person, in: self) else { return true }
    return !hasAnswer(named: text, to: route)
  }

  private func isStopText(_ text: FoldedText, of sender: SenderID) -> Bool {
    let bare = text.withoutSymbols
    let stopTexts = self[sender].stopTexts
    return stopTexts.contains(text) || !bare.isEmpty && stopTexts.contains(bare)
  }

  private func hasAnswer(named text: FoldedText, to route: Route) -> Bool {
    let row = self[route.execution]
    let graph = graph(of: row.campaign)
    let open: Int? =
      switch route.effect {
      case .answer: row.node
      // The tap itself says that the question was asked.
      case .proof: row.node.flatMap { graph.nodes[$0].answeringWait }
      default: nil
      }
    guard let open else { return false }
    return graph.nodes[open].data.answerNames(to: row.wait?.question)
      .contains { text.isAnswer(named: $0) }
  }
}
