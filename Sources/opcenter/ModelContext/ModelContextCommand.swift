import Dispatch
import JSONRPC
import ModelContext
import OperationCenterService
import Persistence
import SchemaGeneration
import Synchronization
import Transports
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `opcenter mcp`: the service as tools for a language model.
struct ModelContextCommand {
  static let declaration = CommandDeclaration(
    name: "mcp", summary: "Serves the Model Context Protocol, for programs with a language model.",
    options: [
      .value(
        "connect", "HOST:PORT", "Use the service that listens there.", excludes: ["data", "memory"]),
      ClientToken.option,
      .value(
        "allow", "WHAT", "Offer changes as well; without it, what reads, plans and checks.",
        choices: ["operate", "ingest", "administer"], isRepeatable: true),
      .value(
        "tools", "PATTERN", "Offer the methods of these names only, such as guest.*.",
        isRepeatable: true),
    ] + ServedCenter.options,
    discussion: """
      Messages are lines on standard input and output; the log goes to standard error. Both the protocol
      with sessions (up to 2025-11-25) and the one without (2026-07-28) are understood.

      With --connect the service may be used by others meanwhile. With --data DIR or --memory this program
      is the service itself.

      The tools are chosen here, and what is not offered is refused, whoever asks. campaign.start wants
      expected_eligible: nothing starts if the number of guests has changed since it was read.
      """)

  let arguments: Arguments

  func run() throws -> ExitCode {
    let selection = try ToolSelection(
      of: ServiceDocument.document.json, patterns: arguments.values("tools"),
      allowed: arguments.values("allow"))
    let server = ModelContextServer(
      ServerIdentity(name: "opcenter", title: "Operation Center", version: programVersion),
      instructions: ModelContextWords.instructions, tools: selection.tools,
      prompts: ModelContextWords.prompts)
    if let text = arguments.value("connect") { return try runBeside(text, server) }
    guard arguments.value("data") != nil || arguments.has("memory") else {
      throw UsageError(
        message: "name the service with --connect HOST:PORT, or be it with --data DIR or --memory",
        command: "mcp")
    }
    return try runAlone(server)
  }

  /// A service of another process.
  private func runBeside(_ text: String, _ server: ModelContextServer) throws -> ExitCode {
    let address: ListenAddress
    do throws(ListenAddressError) { address = try ListenAddress(parsing: text) } catch {
      throw UsageError(message: "--connect \(text): \(error)", command: "mcp")
    }
    let token = ClientToken(arguments)
    let (input, output) = try Descriptor.claimStandards()
    let bridge = ModelContextBridge(server, output: output, service: "the service at \(address)") {
      try ServiceConnection.open(to: address, timeoutSeconds: 30, token: token).descriptorOfItsOwn()
    }
    bridge.serve(input, isAlone: false)
    return .done
  }

  /// The service runs on this thread, and the bridge on others; a socket lies between them as between
  /// any client and it.
  private func runAlone(_ server: ModelContextServer) throws -> ExitCode {
    let log = Log()
    let executor = LoopExecutor()
    let handle = LoopHandle(executor: executor)
    let center = try Self.orElseConnect {
      try ServedCenter(arguments).make(executor, handle, .open, log)
    }
    let loop = try EventLoop(handle: handle, poller: try makePoller())
    loop.stopOnSignals([SIGTERM, SIGINT, SIGHUP], isLast: true)
    try center.assumeIsolated { try $0.recover() }
    let link = Mutex<Int32?>(try loop.serveWithinProcess())
    // As for the service itself: a parent may die while something else keeps the pipe open.
    try? loop.stopWithProcess(getppid())
    let (input, output) = try Descriptor.claimStandards()
    let bridge = ModelContextBridge(server, output: output, service: "the service") {
      guard let peer = link.withLock({ $0.take() }) else {
        throw Refusal(message: "the service has ended")
      }
      return peer
    }
    let served = DispatchGroup()
    DispatchQueue.global().async(group: served) { bridge.serve(input, isAlone: true) }
    return try center.assumeIsolated { center in
      let reason = try loop.run(center)
      try center.close(clean: true)
      switch reason {
      // The client has said all, and is told the rest.
      case .endOfInput: served.wait()
      case .signal(let number): log.write("stopped by signal \(number)")
      case .requested, .processEnded, .inputFailed, .outputFailed: break
      }
      return .done
    }
  }

  /// A folder in use has a service, which may be asked as well.
  private static func orElseConnect<Made>(_ make: () throws -> Made) throws -> Made {
    do { return try make() } catch let error as JournalError
      where error.kind == .dataDirectoryInUse
    {
      throw Refusal(
        message: "\(error.message) Or use the service there: opcenter mcp --connect HOST:PORT")
    }
  }
}
