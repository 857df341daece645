/// A person told WhatsApp whether this number may send them marketing.
package struct ReportPreference: Command {
  package static let cause: CauseKind? = .guest
  package let sender: SenderID
  package let phone: Phone?
  package let userID: String?
  package let wantsMarketing: Bool

  package init(sender: SenderID, phone: Phone?, userID: String?, wantsMarketing: Bool) {
    (self.sender, self.phone, self.userID) = (sender, phone, userID)
    self.wantsMarketing = wantsMarketing
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let known = engine.state.find(sender) else { throw .notFound(sender.wireText, "Sender") }
    let person =
      phone.flatMap { known.personsByPhone[$0] } ?? userID.flatMap { known.personsByUserID[$0] }
    guard let person else { throw .notFound(sender.wireText, "A person known to") }
    // Whoever wrote that they want nothing at all has not asked for that back.
    let former: Subscription = wantsMarketing ? .noMarketing : .subscribed
    guard known.persons[person].subscription == former else { return }
    var change = PersonChanged(sender: sender, person: person)
    change.subscription = wantsMarketing ? .subscribed : .noMarketing
    engine.emit(change)
  }
}
