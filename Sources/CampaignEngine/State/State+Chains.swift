/// Messages hang in chains, newest identifier first: each in that of its execution, or in that of
/// its guest where it has none. The links are indexes and are rebuilt.
extension State {
  /// Links a message that is newer than all of its chain, or one that changes chains.
  mutating func linkMessage(_ id: MessageID, _ row: Message) {
    var newer: UInt32 = 0
    var older = head(ofChainOf: row, in: id.space)
    while older > id.counter {
      newer = older
      older = projects[of: id].messages[links: older].previousInChain
    }
    projects[of: id].messages[links: id].previousInChain = older
    setLink(id.counter, behind: newer, row, in: id.space)
  }

  mutating func unlinkMessage(_ id: MessageID) {
    let row = self[id]
    var newer: UInt32 = 0
    var next = head(ofChainOf: row, in: id.space)
    while next > id.counter {
      newer = next
      next = projects[of: id].messages[links: next].previousInChain
    }
    guard next == id.counter else { return }
    setLink(row.previousInChain, behind: newer, row, in: id.space)
  }

  /// A message from another project hangs in no chain; none begins there, so none is found.
  private func head(ofChainOf row: Message, in space: UInt32) -> UInt32 {
    if !row.execution.isNone {
      return row.execution.space == space
        ? projects[space].executions[links: row.execution].lastMessage : 0
    }
    return row.guest.space == space && !row.guest.isNone
      ? projects[space].guests[links: row.guest].lastLooseMessage : 0
  }

  private mutating func setLink(
    _ counter: UInt32, behind newer: UInt32, _ row: Message, in space: UInt32
  ) {
    if newer != 0 {
      projects[space].messages[links: newer].previousInChain = counter
    } else if !row.execution.isNone {
      guard row.execution.space == space else { return }
      projects[space].executions[links: row.execution].lastMessage = counter
    } else if row.guest.space == space, !row.guest.isNone {
      projects[space].guests[links: row.guest].lastLooseMessage = counter
    }
  }

  /// Links a message that no project knows into the chain of its person; there the newest is always
  /// the last.
  mutating func linkLooseMessage(_ counter: UInt32, of sender: SenderID, _ person: UInt32) {
    senders[sender].messages[links: counter].previousInChain =
      senders[sender].persons[links: person].lastLooseMessage
    senders[sender].persons[links: person].lastLooseMessage = counter
  }

  /// Messages of a person that no project knows, newest first.
  package func looseMessages(of person: UInt32, at sender: SenderID) -> [MessageID] {
    var found: [MessageID] = []
    var counter = senders[sender].persons[links: person].lastLooseMessage
    while counter != 0 {
      found.append(MessageID(of: sender, counter: counter))
      counter = senders[sender].messages[links: counter].previousInChain
    }
    return found
  }

  /// Messages of a guest that belong to no execution, newest first.
  package func looseMessages(of guest: GuestID) -> [MessageID] {
    var found: [MessageID] = []
    var counter = projects[of: guest].guests[links: guest].lastLooseMessage
    while counter != 0 {
      found.append(MessageID(space: guest.space, counter: counter))
      counter = projects[of: guest].messages[links: counter].previousInChain
    }
    return found
  }

  /// Messages of an execution, newest first.
  package func messages(of execution: ExecutionID) -> [MessageID] {
    var found: [MessageID] = []
    var counter = projects[of: execution].executions[links: execution].lastMessage
    while counter != 0 {
      found.append(MessageID(space: execution.space, counter: counter))
      counter = projects[of: execution].messages[links: counter].previousInChain
    }
    return found
  }

  /// The newest message of a guest that belongs to no execution and is as wanted.
  func newestLooseMessage(of guest: GuestID, where isWanted: (Message) -> Bool) -> MessageID? {
    newest(
      inChainFrom: projects[of: guest].guests[links: guest].lastLooseMessage, of: guest.space,
      where: isWanted)
  }

  func newestMessage(of execution: ExecutionID, where isWanted: (Message) -> Bool) -> MessageID? {
    newest(
      inChainFrom: projects[of: execution].executions[links: execution].lastMessage,
      of: execution.space, where: isWanted)
  }

  private func newest(
    inChainFrom head: UInt32, of space: UInt32, where isWanted: (Message) -> Bool
  ) -> MessageID? {
    var counter = head
    while counter != 0 {
      let row = projects[space].messages[counter]
      if isWanted(row) { return MessageID(space: space, counter: counter) }
      counter = row.previousInChain
    }
    return nil
  }
}
