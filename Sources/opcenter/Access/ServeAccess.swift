import CampaignEngine
import JSONRPC
import OperationCenterService
import Persistence
import Transports
import Wire

/// Who may call a service that is being started, and the file that its own token is left in.
struct ServeAccess {
  let policy: AccessPolicy
  /// The token in clear, and where whoever may read it finds it.
  private let own: (token: String, path: String)?

  init(_ arguments: Arguments) throws {
    let flags = ["token-file", "tokens"].filter { arguments.value($0) != nil }
    guard !arguments.values("listen").isEmpty else {
      if let flag = flags.first ?? (arguments.has("no-token") ? "no-token" : nil) {
        throw UsageError(message: "--\(flag) goes with --listen only", command: "serve")
      }
      (policy, own) = (.open, nil)
      return
    }
    if arguments.has("no-token") {
      (policy, own) = (.open, nil)
      return
    }
    let directory = arguments.value("data")
    let path = arguments.value("token-file") ?? directory.map { "\($0)/token" }
    let tokens =
      arguments.value("tokens").map { TokensFile(at: $0) } ?? directory.map { TokensFile(in: $0) }
    guard path != nil || tokens != nil else {
      throw UsageError(
        message: """
          --listen needs a token from its callers, and a service in memory has no folder to leave it \
          in: name a file with --token-file FILE, keep everything with --data DIR, take named tokens \
          with --tokens FILE, or ask for none with --no-token
          """, command: "serve")
    }
    own = path.map { (SecretToken.make(), $0) }
    let now = ServiceClock.wall(WallClock(start: nil, rate: 1)).now()
    let owner = Caller(name: Self.ownName, capabilities: Capability.allCases)
    policy = .tokens(
      TokenAccess(
        own: own.map { NamedToken($0.token, for: owner, at: now) },
        readNamed: { try tokens?.read() ?? TokenList() },
        milliseconds: LoopClock.continuous.milliseconds))
  }

  /// Of whoever may read the file.
  static let ownName = "owner"

  /// A file of tokens that cannot be read is found now, and not when somebody calls. To be called
  /// once the data directory and the port are ours: another process may be using them, and its token.
  func publish(in files: inout PublishedFiles, _ log: Log) throws {
    if case .tokens(let access) = policy { _ = try access.readNamed() }
    guard let own else { return }
    try files.publish("\(own.token)\n", in: own.path, isPrivate: true, log)
  }
}
