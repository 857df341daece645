import Wire

/// Changes a sender. Messages that are sent or delivered from now on cost what the new rates say;
/// what is booked stays.
package struct UpdateSender: Command {
  package let sender: SenderID
  package let change: SenderChange

  package init(sender: SenderID, change: SenderChange) {
    (self.sender, self.change) = (sender, change)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let row = engine.state.find(sender)?.row else {
      throw .notFound(sender)
    }
    guard Binary.encode(change.applied(to: row)) != Binary.encode(row) else { return }
    engine.emit(SenderUpdated(sender: sender, change: change))
  }
}
