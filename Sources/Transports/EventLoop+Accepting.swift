import JSONRPC

/// New TCP connections, as many as there is room for.
extension EventLoop {
  func accept(at place: Int) {
    guard listeners.indices.contains(place) else { return }
    let listener = listeners[place]
    for _ in 0..<limits.acceptsPerTurn {
      switch listener.accept() {
      case .nothing: return
      case .exhausted:
        // The listener stays ready all the while, so looking again at once would be a busy loop.
        listener.pausedUntil = now + limits.acceptPauseMilliseconds
        poller.forget(listener.descriptor)
        return
      case .connection(let stream, let host): admit(stream, host)
      }
    }
  }

  func resumeListeners() {
    for (place, listener) in listeners.enumerated() {
      guard let pausedUntil = listener.pausedUntil, pausedUntil <= now else { continue }
      do {
        try poller.watch(
          listener.descriptor, for: .readable, token: Token.listener(place).rawValue)
        listener.pausedUntil = nil
      } catch {
        listener.pausedUntil = now + limits.acceptPauseMilliseconds
      }
    }
  }

  private func admit(_ stream: ByteStream, _ host: String) {
    if channels.count >= limits.connections {
      refuse(stream, host, "\(limits.connections) connections are open already; try again later")
      return
    }
    if let limit = limits.connectionsPerAddress, connectionsByHost[host, default: 0] >= limit {
      refuse(stream, host, "\(limit) connections of this address are open already")
      return
    }
    connectionsByHost[host, default: 0] += 1
    addConnection(.address(host), input: stream, output: stream)
  }

  /// Says why, if the peer is quick enough to read it, and closes by letting go.
  private func refuse(_ stream: ByteStream, _ host: String, _ message: String) {
    crowdedOut.append((.address(host), .crowded(message)))
    let body = Framing.newline.frame(Response.failure(.overloaded(message)))
    _ = body.withUnsafeBytes { stream.write($0) }
  }

  func forgetHost(of peer: Peer) {
    guard case .address(let host) = peer, let count = connectionsByHost[host] else {
      return
    }
    connectionsByHost[host] = count > 1 ? count - 1 : nil
  }
}
