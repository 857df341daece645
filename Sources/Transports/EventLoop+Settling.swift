#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// After the commit: bytes leave, and every connection that something happened to is left in a
/// state in which it can wait.
extension EventLoop {
  func settle(_ connection: Connection, _ delegate: isolated some LoopDelegate) {
    connection.isTouched = false
    guard connections[connection.id] === connection else { return }
    if connection.doom == nil, let code = connection.replies.write(to: connection.output) {
      connection.fail(.outputFailed(code))
    }
    // A stop owes nobody more than answers: whoever comes back is told the rest.
    if connection.doom == nil, stopReason == nil, connection.noteEndOfInput(),
      delegate.inputEnded(connection.id)
    {
      connection.waitForLastWord()
    }
    if connection.isDone, connection.doom == nil {
      if connection.beginLingering() {
        connection.lingerDeadline = now + limits.lingerMilliseconds
      } else {
        connection.fail(connection.closeReason)
      }
    }
    if let reason = connection.doom {
      remove(connection, reason, delegate)
      return
    }
    noteRoom(connection, delegate)
    noteCongestion(connection, delegate)
    do {
      try watch(connection)
    } catch {
      remove(connection, .failed(error.code), delegate)
      return
    }
    deadlines[connection.id] = connection.deadline(now: now, limits)
    if connection.mayHaveFrames, canStartMore(connection) { leaveUnfinished(connection) }
  }

  private func canStartMore(_ connection: Connection) -> Bool {
    !connection.isJudged && !connection.isHeldUp(limits)
  }

  private func noteRoom(_ connection: Connection, _ delegate: isolated some LoopDelegate) {
    let isFull = connection.replies.pendingBytes > limits.notifiedBytes
    if isFull == connection.isFull { return }
    connection.isFull = isFull
    if isFull { delegate.filled(connection.id) } else { delegate.drained(connection.id) }
  }

  private func noteCongestion(_ connection: Connection, _ delegate: isolated some LoopDelegate) {
    let isCongested = connection.replies.pendingBytes > limits.congestedBytes
    if isCongested == connection.isCongested { return }
    connection.isCongested = isCongested
    if isCongested {
      connection.congestionDeadline =
        connection.isTimed ? now + limits.congestedMilliseconds : nil
      delegate.congested(connection.id)
    } else {
      connection.congestionDeadline = nil
      delegate.relieved(connection.id)
    }
  }

  /// Ends what has taken too long.
  func expire() {
    for (id, deadline) in deadlines where deadline <= now {
      guard let connection = connections[id] else { continue }
      if connection.announceVerdict(at: now) { touch(connection) }
      if connection.prolongFrame(at: now, limits) { touch(connection) }
      guard let reason = connection.expired(at: now) else { continue }
      connection.fail(reason)
      touch(connection)
    }
  }

  func remove(
    _ connection: Connection, _ reason: CloseReason, _ delegate: isolated some LoopDelegate
  ) {
    guard connections.removeValue(forKey: connection.id) != nil else { return }
    // Nothing of it is started any more, wherever it may still be listed.
    connection.fail(reason)
    deadlines[connection.id] = nil
    forgetWatched(connection)
    forgetHost(of: connection)
    if stopReason == nil, reason.isOurs { delegate.turnedAway(connection.peer, reason) }
    delegate.closed(connection.id, reason)
    if connection.peer == .standardStreams { stop(Self.stopReason(after: reason)) }
  }

  /// A parent that is gone ends the service in order. A full disk behind its output does not.
  private static func stopReason(after reason: CloseReason) -> StopReason {
    switch reason {
    case .failed(let code) where code != ECONNRESET: .inputFailed(code)
    case .outputFailed(let code) where code != EPIPE && code != ECONNRESET: .outputFailed(code)
    default: .endOfInput
    }
  }

  // MARK: - What the poller looks out for

  func forgetWatched(_ connection: Connection) {
    if connection.inputInterest != nil { poller.forget(connection.input.descriptor) }
    if connection.outputInterest != nil { poller.forget(connection.output.descriptor) }
  }

  private func watch(_ connection: Connection) throws(SystemError) {
    let readable: Interest = connection.wantsInput(limits) ? .readable : []
    let writable: Interest = connection.replies.hasOutput ? .writable : []
    if connection.isSocket {
      // Even with an empty interest epoll and poll report the end of a socket.
      try update(
        &connection.inputInterest, to: readable.union(writable), connection.input.descriptor,
        Token.input(connection.id).rawValue)
    } else {
      // A pipe whose writer is gone would be reported again and again while nobody reads it.
      try update(
        &connection.inputInterest, to: readable.isEmpty ? nil : readable,
        connection.input.descriptor, Token.input(connection.id).rawValue)
      try update(
        &connection.outputInterest, to: writable.isEmpty ? nil : writable,
        connection.output.descriptor, Token.output(connection.id).rawValue)
    }
  }

  private func update(
    _ watched: inout Interest?, to wanted: Interest?, _ descriptor: Int32, _ token: UInt64
  ) throws(SystemError) {
    if watched == wanted { return }
    if let wanted {
      try poller.watch(descriptor, for: wanted, token: token)
    } else {
      poller.forget(descriptor)
    }
    watched = wanted
  }
}
