/// WhatsApp says that a person has another number, or another user id. Both lead to them from now on.
package struct ChangeIdentity: Command {
  package static let cause: CauseKind? = .gateway
  package let sender: SenderID
  package let phone: Phone?
  package let userID: String?
  package let newPhone: Phone?
  package let newUserID: String?

  package init(
    sender: SenderID, phone: Phone?, userID: String?, newPhone: Phone?, newUserID: String?
  ) {
    (self.sender, self.phone, self.userID) = (sender, phone, userID)
    (self.newPhone, self.newUserID) = (newPhone, newUserID)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard engine.state.find(sender) != nil else { throw .notFound(sender) }
    engine.recognise(phone, userID: userID, at: sender)
    let known = engine.state[sender]
    let person =
      phone.flatMap { known.personsByPhone[$0] } ?? userID.flatMap { known.personsByUserID[$0] }
    // Whoever is not known by the old name will be by the new one, when they write.
    guard let person else { return }
    engine.learn(phone: newPhone ?? .none, of: person, at: sender)
    engine.learn(userID: newUserID ?? "", of: person, at: sender, isChange: true)
  }
}
