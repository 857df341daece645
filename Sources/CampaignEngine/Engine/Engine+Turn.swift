/// One dialogue at a time: a person has at most one open question per sender; other prompts wait.
extension Engine {
  /// True where the execution may ask now. Otherwise it stands in line.
  mutating func takeTurn(_ visit: Visit) -> Bool {
    let sender = state.senderID(ofSpace: visit.guest.space)
    let personRow = state[visit.guest].person
    // Nobody can be asked who has no telephone any more; what would be sent is held back there.
    if personRow == 0 { return true }
    let person = state[sender].persons[personRow]
    if person.turnHolder == visit.execution { return true }
    var queue = person.turnQueue
    if person.turnHolder.isNone {
      queue.removeAll { $0 == visit.execution }
      emit(TurnChanged(sender: sender, person: personRow, holder: visit.execution, queue: queue))
      return true
    }
    if !queue.contains(visit.execution) {
      queue.append(visit.execution)
      emit(TurnChanged(sender: sender, person: personRow, holder: person.turnHolder, queue: queue))
    }
    return false
  }

  /// Takes the turn from whoever has it, after having waited as long as anybody must.
  mutating func forceTurn(_ visit: Visit) {
    let sender = state.senderID(ofSpace: visit.guest.space)
    let personRow = state[visit.guest].person
    if personRow == 0 { return }
    let queue = state[sender].persons[personRow].turnQueue.filter { $0 != visit.execution }
    emit(TurnChanged(sender: sender, person: personRow, holder: visit.execution, queue: queue))
  }

  /// Gives the turn back once the execution neither asks nor is about to, and wakes the next.
  mutating func releaseTurn(of execution: ExecutionID) {
    let row = state[execution]
    leaveLine(
      execution, of: state[row.guest].person, keepsTurn: isAsking(row),
      keepsPlace: row.status == .waiting && row.wait?.kind == .turn)
  }

  /// A guest whose number was corrected is another person from now on: what they held up goes on,
  /// and what waited asks as that other person. A number that the campaign writes to already gets no
  /// second execution.
  mutating func leaveLines(of guest: GuestID, as person: UInt32) {
    guard state[guest].person != person else { return }
    for execution in state.executions(of: guest) {
      leaveLine(execution, of: person, keepsTurn: false, keepsPlace: false)
      let row = state[execution]
      if state[guest].person == 0 {
        if !row.status.isEnded { end(execution, .skipped, reason: LeftOutCode.noPhone.rawValue) }
      } else if !row.status.isEnded,
        let other = state.whoIsWrittenTo(state[guest].person, in: row.campaign, besides: guest)
      {
        let walker = state.walker(onTelephoneOf: guest, besides: guest, in: row.campaign)
        leave(execution, to: walker ?? other)
      } else if row.wait?.kind == .turn {
        agenda.wake(execution)
      }
    }
    if state[guest].person == 0 { takeBackLooseMessages(of: guest) } else { askOnNewNumber(guest) }
  }

  /// Another guest is written to on the number, for both of them where the campaign does that.
  private mutating func leave(_ execution: ExecutionID, to other: GuestID) {
    let isTogether = state[state[execution].campaign].settings.household == .together
    guard isTogether, !other.isNone, !state[other].isDeleted else {
      return end(
        execution, .skipped, reason: LeftOutCode.duplicatePhone.rawValue, duplicateOf: other)
    }
    let isFull =
      state.countSpokenFor(by: other, in: state[execution].campaign)
      >= Limits.householdMembers - 1
    guard !isFull else {
      return end(
        execution, .skipped, reason: LeftOutCode.householdFull.rawValue, duplicateOf: other)
    }
    end(execution, .skipped, reason: LeftOutCode.throughHousehold.rawValue, through: other)
  }

  /// What was said so far went to somebody else, or could not be said: the guest is asked now. Those who
  /// have answered, from whatever number, are known.
  private mutating func askOnNewNumber(_ guest: GuestID) {
    for id in state.executions(of: guest) {
      let row = state[id]
      guard [.running, .paused].contains(state[row.campaign].status) else { continue }
      switch row.status {
      case .skipped where row.steps.isEmpty, .failed where row.lastError?.errorClass == .recipient:
        if rejection(of: .retry, on: id) == nil { apply(.retry, to: id) }
      case .waiting where row.wait?.kind.isForGuest == true:
        guard let node = unansweredPrompt(of: id) else { continue }
        setAsideReplies(of: id)
        cancelQueued(of: id)
        // It is set going in a slice: a list may correct a thousand numbers.
        emit(ExecutionReset(execution: id, node: UInt16(truncatingIfNeeded: node)))
        releaseTurn(of: id)
      default: break
      }
    }
  }

  /// The node whose question went to another person than the guest now is, and got no answer.
  private func unansweredPrompt(of id: ExecutionID) -> Int? {
    let row = state[id]
    for message in state.messages(of: id) {
      let said = state[message]
      if said.direction == .inbound { return nil }
      guard said.purpose == .node, said.attempts > 0, row.steps.indices.contains(Int(said.step))
      else { continue }
      let person = state[row.guest].person
      if said.person == person { return nil }
      // Another spelling of a number is the same telephone.
      let persons = state[said.sender].persons
      let isSame = persons[said.person].phone.canonical == persons[person].phone.canonical
      return isSame ? nil : Int(row.steps[Int(said.step)].node)
    }
    return nil
  }

  private mutating func leaveLine(
    _ execution: ExecutionID, of personRow: UInt32, keepsTurn: Bool, keepsPlace: Bool
  ) {
    // A deleted guest is nobody, and stands in no line.
    guard personRow != 0 else { return }
    let sender = state.senderID(ofSpace: execution.space)
    let person = state[sender].persons[personRow]
    var queue = person.turnQueue
    if !keepsPlace { queue.removeAll { $0 == execution } }
    var holder = person.turnHolder
    if holder == execution, !keepsTurn { holder = .none }
    if holder.isNone, !queue.isEmpty {
      holder = queue.removeFirst()
      agenda.wake(holder)
    }
    if holder != person.turnHolder || queue != person.turnQueue {
      emit(TurnChanged(sender: sender, person: personRow, holder: holder, queue: queue))
    }
  }

  private func isAsking(_ row: Execution) -> Bool {
    guard !row.status.isEnded, let node = row.node else { return false }
    let graphNode = state.graph(of: row.campaign).nodes[node]
    return graphNode.traits.contains(.asks) || graphNode.isPrompt
  }
}
