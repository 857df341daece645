/// Takes a chatflow away. Campaigns of the past keep showing its graph.
package struct DeleteChatflow: Command {
  package let chatflow: ChatflowID
  package init(chatflow: ChatflowID) { self.chatflow = chatflow }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard engine.state.find(chatflow) != nil else {
      throw .notFound(chatflow)
    }
    let campaigns = engine.state.projects[of: chatflow].campaigns
    if let id = campaigns.firstID(
      in: chatflow.space, where: { $0.settings.chatflow == chatflow && $0.isUnfinished })
    {
      throw .conflict(
        "\(id.wireText) is \(campaigns[id].status.rawValue) and walks it; end or delete the campaign first.",
        id: id.wireText, reason: "chatflow_in_use")
    }
    engine.emit(ChatflowDeleted(chatflow: chatflow))
  }
}
