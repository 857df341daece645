import JSONRPC

/// From bytes to replies, within one turn and before its commit.
extension EventLoop {
  func startRequests(of connection: Connection, _ delegate: isolated some LoopDelegate) {
    var started = 0
    while connection.mayHaveFrames, connection.doom == nil, mayStart(connection, started) {
      guard let event = connection.nextEvent() else {
        connection.mayHaveFrames = false
        return
      }
      started += 1
      switch event {
      case .frame(let frame): receive(frame, connection, delegate)
      case .fault(let error):
        connection.append(Response.failure(error))
        if connection.isStranger { connection.refuse() }
      case .lastFault(let error):
        connection.append(Response.failure(error))
        connection.endInput(.brokenFraming)
        connection.mayHaveFrames = false
      case .close(let what): connection.fail(.foreign(what))
      }
      releaseOrders()
    }
    lookAhead(of: connection, delegate)
  }

  /// One that sends without pause leaves a part of every turn to the others.
  private func mayStart(_ connection: Connection, _ started: Int) -> Bool {
    if connection.isStranger, connection.isJudged || started > 0 { return false }
    return started < limits.requestsPerTurn && !connection.isHeldUp(limits)
  }

  /// What cancels must not wait behind what it cancels. It keeps its turn too: what it cancels may
  /// not have been started yet.
  private func lookAhead(of connection: Connection, _ delegate: isolated some LoopDelegate) {
    guard connection.mayHaveFrames, connection.doom == nil, !connection.isStranger else { return }
    while connection.isHeldUp(limits), let event = connection.nextEventAhead(limits) {
      if case .frame(let frame) = event, delegate.overtakes(frame) {
        receive(frame, connection, delegate)
        releaseOrders()
      }
      connection.park(event)
    }
  }

  private func receive(
    _ frame: ArraySlice<UInt8>, _ connection: Connection, _ delegate: isolated some LoopDelegate
  ) {
    let slot = connection.makeSlot()
    switch delegate.receive(frame, from: connection.id, slot: slot) {
    case .none: break
    case .now(let body): connection.append(body)
    case .later: connection.replies.await(slot.number)
    case .laterHoldingUp:
      connection.replies.await(slot.number)
      connection.holdUp(until: slot.number)
    case .verdict(let verdict): connection.judge(verdict, at: now)
    }
  }

  /// Lets in what was said through the handle: after the reply that it belongs to, before the next.
  func releaseOrders() {
    for order in handle.takeOrders() {
      switch order {
      case .stop: stop(.requested)
      case .send(let body, let id): notify(id, body)
      case .answer(let slot, let body):
        guard let connection = connections[slot.connection] else { continue }
        connection.replies.fill(slot.number, with: body, connection.framing)
        connection.goOn(after: slot.number)
        touch(connection)
      case .close(let id):
        guard let connection = connections[id] else { continue }
        connection.endInput(.requested)
        connection.lastWordSaid()
        touch(connection)
      }
    }
  }

  private func notify(_ id: ConnectionID, _ body: [UInt8]) {
    guard let connection = connections[id] else { return }
    touch(connection)
    // Requests stop in time to leave room; only what the peer did not ask for can go this far.
    if connection.replies.pendingBytes + body.count > limits.outputBytes {
      connection.fail(.doesNotRead)
    } else {
      connection.append(body)
    }
  }
}
