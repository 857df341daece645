/// Where messages are looked up. Whoever appends or changes one, live or after a snapshot, comes by here,
/// so a restored state finds what a live one does.
extension State {
  /// Enters a message that no index knows yet.
  mutating func index(_ id: MessageID, _ row: Message) {
    if row.isInLane { addToLane(id, row) }
    if row.status == .pending { changePending(of: id) { $0.insert(id.counter) } }
    if row.needsAttention { changeAttention(of: id) { $0.insert(id.counter) } }
    if row.isUnsettled { changeUnsettled(of: id) { $0.insert(id.counter) } }
    addAlarm(.message, id.rawValue, at: alarmTime(of: row))
    for gatewayID in row.gatewayIDs {
      senders[row.sender].messagesByGatewayID.insert(id, for: gatewayID)
    }
  }

  /// Follows a change. An alarm that is outdated does nothing when it rings.
  mutating func index(_ id: MessageID, from before: Message, to after: Message) {
    if before.isInLane { removeFromLane(id, before) }
    if after.isInLane { addToLane(id, after) }
    if before.status == .pending, after.status != .pending {
      changePending(of: id) { $0.remove(id.counter) }
    } else if before.status != .pending, after.status == .pending {
      changePending(of: id) { $0.insert(id.counter) }
    }
    if before.needsAttention, !after.needsAttention {
      changeAttention(of: id) { $0.remove(id.counter) }
    } else if !before.needsAttention, after.needsAttention {
      changeAttention(of: id) { $0.insert(id.counter) }
    }
    if before.isUnsettled != after.isUnsettled {
      changeUnsettled(of: id) { list in
        _ = after.isUnsettled ? list.insert(id.counter) : list.remove(id.counter)
      }
    }
    let due = alarmTime(of: after)
    if due != alarmTime(of: before) { addAlarm(.message, id.rawValue, at: due) }
    if !before.hasSameGatewayIDs(as: after) { indexGatewayIDs(of: id, from: before, to: after) }
  }

  /// The message that WhatsApp calls so, by one of its attempts.
  /// - Parameter known: a message of which the caller knows that it is named so; it is not read again.
  package func message(
    named gatewayID: String, at sender: SenderID, knowing known: MessageID = .none
  ) -> MessageID? {
    guard !gatewayID.isEmpty else { return nil }
    return senders[sender].messagesByGatewayID.first(for: gatewayID) { id in
      id == known || self[id].isNamed(gatewayID)
    }
  }

  private mutating func indexGatewayIDs(
    of id: MessageID, from before: Message, to after: Message
  ) {
    let kept = after.gatewayIDs
    for gatewayID in before.gatewayIDs where !kept.contains(gatewayID) {
      senders[before.sender].messagesByGatewayID.remove(id, for: gatewayID)
    }
    for gatewayID in kept { senders[after.sender].messagesByGatewayID.insert(id, for: gatewayID) }
  }

  private mutating func changePending(
    of id: MessageID, _ change: (inout SortedChunks<UInt32>) -> Void
  ) {
    // What no project knows is inbound and so never pending.
    if case .project(let space) = id.home { change(&projects[space].pending) }
  }

  private mutating func changeUnsettled(
    of id: MessageID, _ change: (inout SortedChunks<UInt32>) -> Void
  ) {
    // What no project knows is not sent, and nothing waits for it.
    if case .project(let space) = id.home { change(&projects[space].unsettled) }
  }

  private mutating func changeAttention(
    of id: MessageID, _ change: (inout SortedChunks<UInt32>) -> Void
  ) {
    switch id.home {
    case .project(let space): change(&projects[space].needsAttention)
    case .sender(let sender): change(&senders[sender].needsAttention)
    }
  }
}

extension Message {
  /// Under way, or taken in by an execution that was held: a start finds out what that comes to.
  fileprivate var isUnsettled: Bool { status == .sending || isUnapplied }

  fileprivate func isNamed(_ gatewayID: String) -> Bool {
    self.gatewayID == gatewayID || earlier.contains { $0.gatewayID == gatewayID }
  }

  fileprivate func hasSameGatewayIDs(as other: Message) -> Bool {
    gatewayID == other.gatewayID
      && earlier.elementsEqual(other.earlier) { $0.gatewayID == $1.gatewayID }
  }
}
