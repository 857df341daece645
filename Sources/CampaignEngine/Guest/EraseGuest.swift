/// Removes everything personal of a guest, whether or not they were deleted before. Sums stay.
package struct EraseGuest: Command {
  package let guest: GuestID
  /// Number of the newest event so far: only whoever keeps the journal knows it.
  package let sequence: UInt64

  package init(guest: GuestID, sequence: UInt64) { (self.guest, self.sequence) = (guest, sequence) }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let row = engine.state.heldGuest(guest) else { throw .notFound(guest.wireText, "Guest") }
    guard !row.isErased else { return }
    let persons = engine.state.personsOnly(of: guest)
    if !row.isDeleted { engine.delete(guest) }
    engine.emit(GuestErased(guest: guest, persons: persons, afterSequence: sequence))
  }
}

extension State {
  /// Persons of whom nothing else is known than that they were this guest. Whoever opted out stays:
  /// that they must not be written to can only be kept with their number.
  fileprivate func personsOnly(of guest: GuestID) -> [UInt32] {
    let sender = senderID(ofSpace: guest.space)
    var persons = Set(personalMessages(of: guest).map { self[$0].person })
    if let person = self[sender].personsByPhone[self[guest].phone] { persons.insert(person) }
    return persons.filter { person in
      let row = self[sender].persons[person]
      return row.subscription == .subscribed && (row.lastGuest.isNone || isOnly(guest, behind: row))
    }.sorted()
  }

  private func isOnly(_ guest: GuestID, behind person: Person) -> Bool {
    person.lastGuest == guest && self[guest].previousOfPerson.isNone
  }

  /// Everything that was sent to a guest, and that they wrote.
  package func personalMessages(of guest: GuestID) -> [MessageID] {
    executions(of: guest).flatMap { messages(of: $0) } + looseMessages(of: guest)
      + routedMessages(to: guest)
  }

  /// What the number wrote before it was on a list, and an operator took for an answer of the guest.
  private func routedMessages(to guest: GuestID) -> [MessageID] {
    let sender = senderID(ofSpace: guest.space)
    guard let person = self[sender].personsByPhone[self[guest].phone] else { return [] }
    return looseMessages(of: person, at: sender).filter { id in
      let execution = self[id].execution
      return !execution.isNone && self[execution].guest == guest
    }
  }
}
