import CampaignEngine
import Gateways
import OperationCenterService
import Persistence
import Synchronization
import Transports
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `opcenter run`: the main job in one line.
struct RunCommand {
  static let declaration = CommandDeclaration(
    name: "run",
    summary: "Runs a whole campaign with simulated guests on a virtual clock, in seconds.",
    options: [
      .value("guests", "FILE", "Guest list as CSV, with a header row.", isRequired: true),
      GuestColumnMap.option,
      .value("refused", "FILE", "Where to write the refused rows, each with why."),
      .value(
        "chatflow", "FILE", "Chatflow with its project and templates, as JSON.", isRequired: true),
      .value(
        "seed", "N", "Seed of the simulated guests; the same seed gives the same run.",
        standard: "1"),
      .value("start", "TIME", "When it starts; six weeks before the main event if absent."),
      .value(
        "profile", "NAME",
        "How the simulated guests behave: eager ones answer within hours, real ones over weeks, and many never.",
        choices: SimulatedGuests.Profile.allCases.map(\.rawValue)),
      .value("simulator", "FILE", "Settings of the simulated guests, as JSON."),
      .value("journal", "DIR", "Keep a journal of the run in this folder, which must be new."),
      .flag("json", "Print one JSON object instead of tables."),
    ])

  let arguments: Arguments

  func run() throws -> ExitCode {
    let document = try RunDocument.read(arguments.value("chatflow") ?? "")
    let list = arguments.value("guests") ?? ""
    let refusedPath = try RefusedRows.path(arguments, list: list)
    let guests = try GuestImportRows(file: list, GuestColumnMap(arguments))
    if let refusedPath { try guests.writeRefused(to: refusedPath, isBegun: false) }
    for note in guests.notes { StandardError.write("opcenter: \(note)\n") }
    let seed = try arguments.integer("seed", in: 0...Int64.max) ?? 1
    let executor = LoopExecutor()
    var configuration = OperationCenter.Configuration(
      clock: .virtual(try start(document)), seed: UInt64(seed), simulator: try simulator(document),
      version: programVersion, log: { StandardError.write("opcenter: \($0)\n") })
    configuration.pace = .unlimited
    let center = try OperationCenter(
      executor: executor, configuration: configuration, storage: try storage())
    let (run, isInterrupted) = try center.assumeIsolated { center in
      var run = CampaignRun(document: document, guests: guests)
      try play(&run, in: center)
      try center.close(clean: true)
      return (Sent(run), run.isInterrupted)
    }
    if let refusedPath { try run.value.guests.writeRefused(to: refusedPath, isBegun: true) }
    let report = RunReport(run: run.value, seed: seed)
    if arguments.has("json") {
      try StandardOutput.write(report.json())
    } else {
      try StandardOutput.write(report.text(style: TerminalStyle(descriptor: STDOUT_FILENO)))
    }
    if isInterrupted { return .interrupted }
    return run.value.faults.isEmpty ? .done : .refused
  }

  /// A value that leaves the actor on the same thread.
  private struct Sent<Value: Sendable>: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  private func play(_ run: inout CampaignRun, in center: isolated OperationCenter) throws {
    let clock = ContinuousClock()
    let begin = clock.now
    var bar = ProgressBar(label: "campaign", style: TerminalStyle(descriptor: STDERR_FILENO))
    let signal = InterruptSignal()
    var last: (ended: UInt64, audience: UInt64, time: Timestamp) = (0, 0, .zero)
    try run.run(in: center, interrupted: { signal.hasCome }) { ended, audience, time in
      last = (ended, audience, time)
      let milliseconds = (clock.now - begin) / Duration.milliseconds(1)
      let line = bar.update(
        done: ended, total: audience, note: String(time.wireText.prefix(10)),
        atMilliseconds: Int64(milliseconds))
      if let line { StandardError.write(line) }
    }
    if let line = bar.finish(
      done: last.audience, total: last.audience, note: String(last.time.wireText.prefix(10)))
    {
      StandardError.write(line)
    }
  }

  private func start(_ document: RunDocument) throws -> Timestamp {
    guard let text = arguments.value("start") else { return document.defaultStart }
    guard let time = Timestamp(wireText: text) else {
      throw UsageError(message: "--start needs \(Timestamp.expected)", command: "run")
    }
    return time
  }

  private func simulator(_ document: RunDocument) throws -> SimulatorSettings {
    let profile = arguments.value("profile").flatMap(SimulatedGuests.Profile.init)
    if let file = arguments.value("simulator") {
      guard profile == nil else {
        throw UsageError(
          message:
            "--profile and --simulator both say how guests behave; the file may name a profile",
          command: "run")
      }
      return try SimulatorFile.settings(at: file)
    }
    var settings = SimulatorSettings()
    if let section = document.simulator {
      do throws(WireError) {
        settings = try JSON.decode(
          SimulatorSettings.self, from: section.bytes, root: "chatflow.simulator")
      } catch {
        throw Refusal(message: "\(arguments.value("chatflow") ?? ""): \(error)")
      }
    }
    if let profile { settings.guests = SimulatedGuests(profile) }
    return settings
  }

  private func storage() throws -> StorageChoice {
    guard let directory = arguments.value("journal") else { return .memory }
    if let attributes = try FileStorage().attributes(directory + "/FORMAT"), attributes.size > 0 {
      throw Refusal(message: "\(directory) holds data already; give a new folder to --journal")
    }
    var options = JournalOptions()
    options.isSimulated = true
    options.lockNote = "opcenter run, process \(getpid())"
    return .journal(storage: FileStorage(), directory: directory, options: options)
  }
}
