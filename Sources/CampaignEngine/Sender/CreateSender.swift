package struct CreateSender: Command {
  package let row: Sender
  package init(row: Sender) { self.row = row }

  package func perform(in engine: inout Engine) throws(Rejection) -> SenderID {
    guard engine.state.senders.count < Limits.senders else {
      throw .limitExceeded("There are at most \(Limits.senders) senders.", reason: "senders")
    }
    let phone = self.row.phone
    if let id = engine.state.sender(with: phone) {
      throw .conflict(
        "\(id.wireText) has this number already.", id: id.wireText, reason: "phone_in_use")
    }
    var row = row
    row.createdAt = engine.state.now
    engine.emit(SenderCreated(row: row))
    return SenderID(space: 0, counter: engine.state.senders.count)
  }
}
