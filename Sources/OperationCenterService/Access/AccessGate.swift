import JSONRPC

/// Who is at the other end of each connection. Nothing of it outlives the connections.
struct AccessGate: Sendable {
  /// A wrong token is answered no sooner.
  static let refusalMilliseconds: Int64 = 250
  /// How long a revoked token may still be used on a connection that is open.
  static let checkMilliseconds: Int64 = 1000
  static let logMilliseconds: Int64 = 60_000

  private enum Standing: Sendable {
    case stranger(host: String)
    case known(Caller)
  }

  private let policy: AccessPolicy
  private var standings: [UInt64: Standing] = [:]
  /// Connections whose token may be revoked. Apart from the others, since every turn of the loop asks
  /// whether there are any.
  private var named: [UInt64: NamedToken] = [:]
  private var failures = FailureTable()
  private var nextCheck: Int64 = 0
  private var nextLog: Int64 = 0
  /// What has been decided about a stranger in the call that runs.
  var verdict: AccessVerdict?

  init(_ policy: AccessPolicy) { self.policy = policy }

  /// - Parameter host: nil for a parent process.
  /// - Returns: whether it has yet to say who it is.
  mutating func open(_ connection: UInt64, from host: String?) -> Bool {
    guard case .tokens = policy else { return false }
    standings[connection] = host.map { .stranger(host: $0) } ?? .known(.local)
    return host != nil
  }

  mutating func close(_ connection: UInt64) {
    standings[connection] = nil
    named[connection] = nil
  }

  /// Nil for a stranger.
  func caller(on connection: UInt64) -> Caller? {
    guard case .tokens = policy else { return .local }
    if case .known(let caller)? = standings[connection] { return caller }
    return nil
  }

  /// Throws `wrongToken`. Either way there is a verdict afterwards.
  mutating func authenticate(
    _ token: String, on connection: UInt64, log: (String) -> Void
  ) throws(RPCError) -> Caller {
    guard case .tokens(let access) = policy, case .stranger(let host)? = standings[connection]
    else { throw .noToken }
    let now = access.milliseconds()
    let delay = failures.isSlow(host, at: now) ? FailureTable.slowMilliseconds : 0
    let known = namedTokens(access, log) + [access.own].compactMap { $0 }
    guard let found = TokenList.holder(of: token, among: known)
    else {
      failures.add(host, at: now)
      if now >= nextLog {
        nextLog = now + Self.logMilliseconds
        log("\(host) gave a wrong token; more of them within a minute are not told")
      }
      verdict = .refused(delayMilliseconds: max(delay, Self.refusalMilliseconds))
      throw .wrongToken
    }
    standings[connection] = .known(found.caller)
    if found != access.own { named[connection] = found }
    verdict = .admitted(delayMilliseconds: delay)
    return found.caller
  }

  private func namedTokens(_ access: TokenAccess, _ log: (String) -> Void) -> [NamedToken] {
    do {
      return try access.readNamed().tokens
    } catch {
      log("named tokens are not taken: \(error.sentence)")
      return []
    }
  }

  // MARK: - Revoked tokens

  /// When the tokens are to be looked at again; nil where nobody has one that can be revoked.
  var millisecondsToCheck: Int64? {
    guard case .tokens(let access) = policy, !named.isEmpty else { return nil }
    return max(nextCheck - access.milliseconds(), 0)
  }

  /// Connections whose token is gone or has other rights now; they are strangers from here on.
  mutating func takeRevoked(log: (String) -> Void) -> [UInt64] {
    guard case .tokens(let access) = policy, !named.isEmpty else { return [] }
    let now = access.milliseconds()
    guard now >= nextCheck else { return [] }
    nextCheck = now + Self.checkMilliseconds
    let present = namedTokens(access, log)
    let revoked = named.filter { !present.contains($0.value) }.keys.sorted()
    for name in Set(revoked.compactMap { named[$0]?.name }).sorted() {
      log("closed the connections of \(name), whose token has been revoked or changed")
    }
    for connection in revoked { close(connection) }
    return revoked
  }
}

/// What becomes of a stranger.
package enum AccessVerdict: Equatable, Sendable {
  case admitted(delayMilliseconds: Int64)
  case refused(delayMilliseconds: Int64)
}
