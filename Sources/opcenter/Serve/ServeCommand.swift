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
      .value("data", "DIR", "Keep everything in this folder.", excludes: ["memory"]),
      .flag("memory", "Keep nothing; so by default where no folder is named."),
      .value(
        "fsync", "WHEN", "When the journal is synced: before every reply, or once a second.",
        choices: ["always", "interval"], standard: "always"),
      .value(
        "gateway", "NAME", "Who carries messages.", choices: ["simulator"], standard: "simulator"),
      .value(
        "webhook-secrets", "FILE",
        "Take webhooks of WhatsApp: a JSON object with an app secret for each business account."),
      .value("seed", "N", "Seed of the simulated guests.", standard: "1"),
      .value("simulator", "FILE", "Settings of the simulated guests, as JSON."),
      .value("clock-rate", "N", "How many times faster than real time it is.", standard: "1"),
      .value("clock-start", "TIME", "What time it is at the start, such as 2026-11-22T09:00:00Z."),
    ],
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
    let center = try makeCenter(executor, handle, access.policy, log)
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

  private func makeCenter(
    _ executor: LoopExecutor, _ handle: LoopHandle, _ access: AccessPolicy, _ log: Log
  ) throws -> OperationCenter {
    let rate = try arguments.integer("clock-rate", in: 1...10_000_000) ?? 1
    var start: Timestamp?
    if let text = arguments.value("clock-start") {
      guard let time = Timestamp(wireText: text) else {
        throw UsageError(message: "--clock-start needs \(Timestamp.expected)", command: "serve")
      }
      start = time
    }
    let seed = try arguments.integer("seed", in: 0...Int64.max) ?? 1
    var configuration = OperationCenter.Configuration(
      clock: .wall(WallClock(start: start, rate: rate)), seed: UInt64(seed),
      simulator: try SimulatorFile.settings(at: arguments.value("simulator")),
      version: programVersion,
      describe: ServiceDocument.json, log: { log.write($0) }, post: { executor.post($0) },
      reply: { place, body in
        let connection = ConnectionID(rawValue: place.connection)
        handle.answer(ReplySlot(connection: connection, number: place.number), with: body)
      },
      notify: { handle.send($1, to: ConnectionID(rawValue: $0)) },
      close: { handle.close(ConnectionID(rawValue: $0)) }, stop: { handle.stop() })
    configuration.schemaDigest = { ServiceDocument.digest }
    configuration.access = access
    configuration.webhookSecrets = try WebhookSecretsFile.secrets(
      at: arguments.value("webhook-secrets"))
    configuration.connectionBounds = ConnectionBounds(TransportLimits().withinDescriptors)
    return try OperationCenter(
      executor: executor, configuration: configuration,
      storage: storage(isSimulated: configuration.clock.isSimulated))
  }

  private func storage(isSimulated: Bool) -> StorageChoice {
    guard let directory = arguments.value("data") else { return .memory }
    var options = JournalOptions()
    options.syncPolicy = arguments.value("fsync") == "interval" ? .interval : .always
    options.isSimulated = isSimulated
    options.lockNote = "opcenter serve, process \(getpid())"
    return .journal(storage: FileStorage(), directory: directory, options: options)
  }

  private func bind(to text: String, _ loop: EventLoop) throws -> ListenAddress {
    let wanted: ListenAddress
    do throws(ListenAddressError) { wanted = try ListenAddress(parsing: text) } catch {
      throw UsageError(message: "--listen \(text): \(error)", command: "serve")
    }
    return try loop.bind(to: wanted)
  }
}
