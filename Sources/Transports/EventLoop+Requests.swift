import JSONRPC

/// From bytes to replies, within one turn and before its commit.
extension EventLoop {
  func startRequests(of channel: Channel, _ delegate: isolated some LoopDelegate) {
    var started = 0
    while let frame = channel.connection.nextRequest(&started) {
      receive(frame, channel, delegate)
    }
    while let frame = channel.connection.nextRequestAhead() {
      if delegate.overtakes(frame) { receive(frame, channel, delegate) }
    }
  }

  private func receive(
    _ frame: ArraySlice<UInt8>, _ channel: Channel, _ delegate: isolated some LoopDelegate
  ) {
    let slot = channel.connection.makeSlot()
    let reply = delegate.receive(frame, from: channel.id, slot: slot)
    channel.connection.take(reply, for: slot, at: now)
    releaseOrders()
  }

  /// Lets in what was said through the handle: after the reply that it belongs to, before the next.
  func releaseOrders() {
    for order in handle.takeOrders() {
      switch order {
      case .stop: stop(.requested)
      case .send(let body, let id): change(id) { $0.notify(body) }
      case .answer(let slot, let body): change(slot.connection) { $0.fill(slot, with: body) }
      case .close(let id): change(id) { $0.end(owesStrangers: true) }
      }
    }
  }

  private func change(_ id: ConnectionID, _ body: (inout Connection) -> Void) {
    guard let channel = channels[id] else { return }
    body(&channel.connection)
    touch(channel)
  }
}
