import CampaignEngine
import Gateways
import JSONRPC
import OperationCenterService
import Persistence
import Transports
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The service inside of this process, as the options of a command describe it.
struct ServedCenter {
  static let options: [CommandDeclaration.Option] = [
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
  ]

  private let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func make(
    _ executor: LoopExecutor, _ handle: LoopHandle, _ access: AccessPolicy, _ log: Log
  ) throws -> OperationCenter {
    let rate = try arguments.integer("clock-rate", in: 1...10_000_000) ?? 1
    var start: Timestamp?
    if let text = arguments.value("clock-start") {
      guard let time = Timestamp(wireText: text) else {
        throw UsageError(
          message: "--clock-start needs \(Timestamp.expected)", command: arguments.commandName)
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
    options.lockNote = "opcenter \(arguments.commandName), process \(getpid())"
    return .journal(storage: FileStorage(), directory: directory, options: options)
  }
}
