import CampaignEngine
import JSONRPC
import Wire

/// Between a connection and the methods: who may call what.
extension OperationCenter {
  /// - Parameter host: nil for a parent process.
  /// - Returns: whether it has to authenticate first.
  package func connectionOpened(_ connection: UInt64, from host: String?) -> Bool {
    access.open(connection, from: host)
  }

  /// A connection that was ended from this side, or not taken up.
  package func noteClosing(of peer: String, _ reason: String) {
    closingLog.lines(peer, reason, at: .now).forEach(configuration.log)
  }

  /// What the last frame has decided about its sender.
  package func takeVerdict() -> AccessVerdict? {
    defer { access.verdict = nil }
    return access.verdict
  }

  /// A stranger is answered one request at a time. What is none ends the connection: whoever goes on
  /// after it may be a web page that has made a browser speak to this port.
  func answerStranger(_ frame: ArraySlice<UInt8>) -> Answer {
    if frame.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "[") {
      access.verdict = .refused(delayMilliseconds: 0)
      return .complete(Response.failure(.noBatch))
    }
    call.isUnderstood = false
    let answer = dispatcher.answer(frame, in: self)
    if !call.isUnderstood { access.verdict = .refused(delayMilliseconds: 0) }
    return answer
  }

  static func permit(
    _ method: String, _ entry: MethodEntry<OperationCenter>?, _ center: isolated OperationCenter
  ) throws {
    center.call.isUnderstood = true
    guard let caller = center.access.caller(on: center.call.connection) else {
      if let entry, entry.capability == nil { return }
      throw RPCError.noToken
    }
    if let refusal = entry.flatMap(caller.refusal) { throw refusal }
  }

  /// Once a connection: what it began with one set of rights is not to go on with another.
  func authenticate(_ token: String) throws -> Caller {
    guard let known = access.caller(on: call.connection) else {
      return try access.authenticate(token, on: call.connection, log: configuration.log)
    }
    guard known == .local else {
      throw Rejection.invalidState(
        id: known.name, action: "authenticate", status: "authenticated", allowed: [],
        "This connection is authenticated as \(known.name); open another for another token.")
    }
    return known
  }

  /// Ends connections whose token has been revoked or changed since.
  package func dropRevoked() {
    for connection in access.takeRevoked(log: configuration.log) {
      cancelJobs(of: connection)
      connectionClosed(connection)
      configuration.close(connection)
    }
  }

  package var millisecondsToAccessCheck: Int64? { access.millisecondsToCheck }
}
