#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// After the commit: bytes leave, and every connection that something happened to is left in a
/// state in which it can wait.
extension EventLoop {
  func settle(_ channel: Channel, _ delegate: isolated some LoopDelegate) {
    channel.isTouched = false
    guard channels[channel.id] === channel else { return }
    if !channel.connection.isDoomed { channel.write() }
    let isStopping = stopReason != nil
    while let action = channel.connection.nextAction(at: now, isStopping: isStopping) {
      switch action {
      case .noteEndOfInput:
        if delegate.inputEnded(channel.id) { channel.connection.waitForLastWord() }
      case .shutOutput:
        if shutdown(channel.output.descriptor, Platform.shutdownWriting) != 0 {
          channel.connection.shutFailed()
        }
      case .tell(let notice): tell(notice, of: channel.id, delegate)
      case .close(let reason): return remove(channel, reason, delegate)
      }
    }
    do {
      try watch(channel)
    } catch {
      remove(channel, .failed(error.code), delegate)
      return
    }
    deadlines[channel.id] = channel.connection.nextDeadline(at: now)
    if channel.connection.canGoOn { leaveUnfinished(channel) }
  }

  private func tell(
    _ notice: Connection.Notice, of id: ConnectionID, _ delegate: isolated some LoopDelegate
  ) {
    switch notice {
    case .congested: delegate.congested(id)
    case .relieved: delegate.relieved(id)
    case .filled: delegate.filled(id)
    case .drained: delegate.drained(id)
    }
  }

  /// Ends what has taken too long.
  func expire() {
    for (id, deadline) in deadlines where deadline <= now {
      guard let channel = channels[id] else { continue }
      if channel.connection.advance(to: now) { touch(channel) }
    }
  }

  func remove(_ channel: Channel, _ reason: CloseReason, _ delegate: isolated some LoopDelegate) {
    guard channels.removeValue(forKey: channel.id) != nil else { return }
    // Nothing of it is started any more, wherever it may still be listed.
    channel.connection.fail(reason)
    let peer = channel.connection.peer
    deadlines[channel.id] = nil
    forgetWatched(channel)
    forgetHost(of: peer)
    if stopReason == nil, reason.isOurs { delegate.turnedAway(peer, reason) }
    delegate.closed(channel.id, reason)
    if peer == .standardStreams { stop(Self.stopReason(after: reason)) }
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

  func forgetWatched(_ channel: Channel) {
    if channel.inputInterest != nil { poller.forget(channel.input.descriptor) }
    if channel.outputInterest != nil { poller.forget(channel.output.descriptor) }
  }

  private func watch(_ channel: Channel) throws(SystemError) {
    let readable: Interest = channel.connection.wantedBytes == nil ? [] : .readable
    let writable: Interest = channel.connection.replies.hasOutput ? .writable : []
    if channel.connection.isSocket {
      // Even with an empty interest epoll and poll report the end of a socket.
      try update(
        &channel.inputInterest, to: readable.union(writable), channel.input.descriptor,
        Token.input(channel.id).rawValue)
    } else {
      // A pipe whose writer is gone would be reported again and again while nobody reads it.
      try update(
        &channel.inputInterest, to: readable.isEmpty ? nil : readable,
        channel.input.descriptor, Token.input(channel.id).rawValue)
      try update(
        &channel.outputInterest, to: writable.isEmpty ? nil : writable,
        channel.output.descriptor, Token.output(channel.id).rawValue)
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
