/// Removes everything personal of a guest, whether or not they were deleted before. Sums stay.
package struct EraseGuest: Command {
  package let guest: GuestID
  /// Number of the newest event so far: only whoever keeps the journal knows it.
  package let sequence: UInt64

  package init(guest: GuestID, sequence: UInt64) { (self.guest, self.sequence) = (guest, sequence) }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let row = engine.state.heldGuest(guest) else { throw .notFound(guest) }
    guard !row.isErased else { return }
    let persons = engine.state.personsOnly(of: guest)
    let sender = engine.state.senderID(ofSpace: guest.space)
    let digests = persons.map { engine.digestsToLeave(of: $0, at: sender) }
    if !row.isDeleted { engine.delete(guest) }
    engine.emit(
      GuestErased(
        guest: guest, persons: persons, afterSequence: sequence,
        digests: digests.map { PersonDigests(digests: $0) }))
  }
}

extension State {
  /// Persons of whom nothing else is known than that they were this guest.
  fileprivate func personsOnly(of guest: GuestID) -> [UInt32] {
    let sender = senderID(ofSpace: guest.space)
    var persons = Set(personalMessages(of: guest).map { self[$0].person })
    if let person = self[sender].personsByPhone[self[guest].phone] { persons.insert(person) }
    return persons.filter { person in
      let row = self[sender].persons[person]
      return row.lastGuest.isNone || isOnly(guest, behind: row)
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
