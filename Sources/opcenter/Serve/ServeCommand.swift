import CampaignEngine
import Gateways
import JSONRPC
import OperationCenterService
import Persistence
import SchemaGeneration
import Transports
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `opcenter serve`: the service, over standard input and output and over TCP.
struct ServeCommand {
  static let declaration = CommandDeclaration(
    name: "serve", summary: "Serves JSON-RPC 2.0 over standard input and output, or over TCP.",
    options: [
      .flag(
        "stdio", "Serve on standard input and output; so by default where nothing else is named."),
      .value(
        "listen", "HOST:PORT", "Serve on a loopback address; port 0 takes a free one.",
        isRepeatable: true),
      .value(
        "token-file", "FILE", "Leave the token that callers need in this file.",
        standard: "DIR/token of --data DIR"),
      .value(
        "tokens", "FILE", "Take named tokens from this file.",
        standard: "DIR/tokens of --data DIR"),
      .flag(
        "no-token", "Ask callers for no token: every program on this machine may do everything.",
        excludes: ["token-file", "tokens"]),
      .value(
        "port-file", "FILE", "Write the bound port into this file; of several, the last one."),
      .value(
        "address-file", "FILE", "Write HOST:PORT of each listener into this file, one a line."),
    ] + ServedCenter.options,
    discussion: """
      Standard output carries only the protocol; the log goes to standard error. The first byte of a
      connection chooses the framing: a line a message, or Content-Length headers.

      Over TCP the first call is system.authenticate with a token: the one that the service leaves in
      its token file, new at each start, or one of opcenter token. Standard input needs none. A token
      on plain TCP can be read on the way, so only loopback addresses are served; from elsewhere come
      through ssh -L.
      """)

  let arguments: Arguments

  func run() throws -> ExitCode {
    let log = Log()
    let executor = LoopExecutor()
    let handle = LoopHandle(executor: executor)
    let access = try ServeAccess(arguments)
    let center = try ServedCenter(arguments).make(executor, handle, access.policy, log)
    let loop = try EventLoop(handle: handle, poller: try makePoller())
    // Before anybody can know that the service is there: whoever reads its port may stop it at once.
    loop.stopOnSignals([SIGTERM, SIGINT, SIGHUP], isLast: true)
    let listens = arguments.values("listen")
    let addresses = try listens.map { try bind(to: $0, loop) }
    try center.assumeIsolated { try $0.recover() }
    if listens.isEmpty || arguments.has("stdio") { loop.serve(try StandardStreams.claim()) }
    // A parent may die while something else keeps the pipe open: without this the service would
    // live on unseen. Where the system cannot watch a process, the end of the pipe has to do.
    if listens.isEmpty { try? loop.stopWithProcess(getppid()) }
    // Last, so that a start that is refused says nothing to anybody.
    var files = PublishedFiles()
    defer { files.withdraw() }
    try access.publish(in: &files, log)
    // A caller who comes back after a crash knocks at a port that they know, and reads the token then.
    try loop.openListeners()
    try publish(addresses, in: &files, log)
    return try center.assumeIsolated { center in
      let reason = try loop.run(center)
      try center.close(clean: true)
      return try exitCode(after: reason, log)
    }
  }

  private func exitCode(after reason: StopReason, _ log: Log) throws -> ExitCode {
    switch reason {
    case .signal(let number): log.write("stopped by signal \(number)")
    case .inputFailed(let code):
      let reason = SystemCallFailure(code: code).reason
      throw FileFailure(path: "standard input", reason: reason, isRead: true)
    case .outputFailed(let code):
      let reason = SystemCallFailure(code: code).reason
      throw FileFailure(path: StandardOutput.name, reason: reason, isRead: false)
    case .endOfInput, .requested, .processEnded: break
    }
    return .done
  }

  private func publish(
    _ addresses: [ListenAddress], in files: inout PublishedFiles, _ log: Log
  ) throws {
    if let path = arguments.value("port-file"), let address = addresses.last {
      try files.publish("\(address.port)\n", in: path, log)
    }
    if let path = arguments.value("address-file"), !addresses.isEmpty {
      try files.publish(addresses.map { "\($0)\n" }.joined(), in: path, log)
    }
    for address in addresses { log.write("listening on \(address)") }
  }

  private func bind(to text: String, _ loop: EventLoop) throws -> ListenAddress {
    let wanted: ListenAddress
    do throws(ListenAddressError) { wanted = try ListenAddress(parsing: text) } catch {
      throw UsageError(message: "--listen \(text): \(error)", command: "serve")
    }
    return try loop.bind(to: wanted)
  }
}
