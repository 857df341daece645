/// A person told WhatsApp whether this number may send them marketing.
package struct ReportPreference: Command {
  package static let cause: CauseKind? = .guest
  package let sender: SenderID
  package let phone: Phone?
  package let userID: String?
  package let wantsMarketing: Bool
  /// When they said so: such news come late and in any order.
  package let at: Timestamp

  package init(
    sender: SenderID, phone: Phone?, userID: String?, wantsMarketing: Bool, at: Timestamp
  ) {
    (self.sender, self.phone, self.userID) = (sender, phone, userID)
    (self.wantsMarketing, self.at) = (wantsMarketing, at)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard engine.state.find(sender) != nil else { throw .notFound(sender) }
    engine.recognise(phone, userID: userID, at: sender)
    let known = engine.state[sender]
    let person =
      phone.flatMap { known.personsByPhone[$0] } ?? userID.flatMap { known.personsByUserID[$0] }
    // That somebody wants nothing holds before they are known; that they want something says nothing.
    guard person != nil || !wantsMarketing && (phone != nil || userID != nil) else {
      throw .notFound(sender.wireText, "A person known to")
    }
    let row = person.map { known.persons[$0] } ?? Person()
    let at = min(at, engine.state.now)
    // Before the two were kept apart, no_marketing was how WhatsApp's word was kept, and its time with it.
    let isOfBefore = row.ownSubscription == .noMarketing && row.marketingToldAt == .zero
    guard at >= (isOfBefore ? row.subscribedAt : row.marketingToldAt) else { return }
    let number = person ?? known.persons.nextCounter
    if person == nil {
      engine.emit(PersonMet(sender: sender, phone: phone ?? .none, userID: userID ?? ""))
    }
    var change = PersonChanged(sender: sender, person: number)
    // What they told us stays: whoever wrote that they want nothing at all has not asked for that back.
    (change.marketing, change.marketingToldAt) = (wantsMarketing ? .resume : .stop, at)
    if wantsMarketing, isOfBefore { change.subscription = .subscribed }
    engine.emit(change)
  }
}
