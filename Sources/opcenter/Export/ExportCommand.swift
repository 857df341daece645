import JSONRPC
import OperationCenterService
import Transports
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `opcenter export`: what came of a campaign, as a table.
struct ExportCommand {
  static let declaration = CommandDeclaration(
    name: "export", summary: "Writes what came of each guest of a campaign as a table.",
    positionals: [.init(name: "CAMPAIGN", summary: "the campaign, such as cmp_1")],
    options: [
      .flag("csv", "Write CSV, with a header row; so by default.", excludes: ["json"]),
      .flag("json", "Write one JSON object a line, as campaign.results gives it."),
      .value(
        "status", "STATUS", "Only guests whose execution is in this state.",
        choices: [
          "pending", "active", "waiting", "paused", "completed", "failed", "cancelled", "skipped",
        ],
        isRepeatable: true),
      .flag(
        "unreached",
        "The call sheet instead: whom no message reaches, why, and a link by which they reach us.",
        excludes: ["status"]),
      .value("out", "FILE", "Write into this file, which is replaced once all is written."),
      .flag(
        "bom", "Begin with a byte order mark, which Excel needs for UTF-8.", excludes: ["json"]),
      .value("connect", "HOST:PORT", "Where the service listens.", standard: "127.0.0.1:4710"),
      ClientToken.option,
      .value("timeout", "SECONDS", "How long to wait for each answer.", standard: "30"),
    ],
    discussion: """
      The CSV is UTF-8 with commas, CRLF and quotes where a field needs them (RFC 4180). Columns:

      \(ResultTable.usualTitles)
      and of the call sheet
      \(ResultTable.callSheetTitles)
      EVENT stands for each event of the project, vars.NAME for each variable that the flow saves, and
      fields.NAME for each custom field that the project declares or the flow writes; they hang on the
      campaign alone, not on its rows. Costs are in micros, millionths of the currency.

      A cell that begins with = + - @, a tab or a line break gets an apostrophe in front, so that no
      spreadsheet takes what a guest wrote for a formula; numbers and phone numbers stay as they are.
      """)

  let arguments: Arguments

  func run() throws -> ExitCode {
    let text = arguments.value("connect") ?? "127.0.0.1:4710"
    let address: ListenAddress
    do throws(ListenAddressError) { address = try ListenAddress(parsing: text) } catch {
      throw UsageError(message: "--connect \(text): \(error)", command: "export")
    }
    let seconds = try arguments.integer("timeout", in: 1...86_400) ?? 30
    let isJSON = arguments.has("json")
    let export = ResultExport(
      campaign: arguments.positional("CAMPAIGN") ?? "", status: arguments.values("status"),
      format: isJSON ? .jsonLines : .csv(hasByteOrderMark: arguments.has("bom")),
      isCallSheet: arguments.has("unreached"))
    var connection = try ServiceConnection.open(
      to: address, timeoutSeconds: seconds, token: ClientToken(arguments))
    var output = try OutputFile(path: arguments.value("out"))
    let count = try export.run { method, params in
      switch try connection.call(method, RawJSON(params)) {
      case .success(let result): try JSON.decode(WireMap<RawJSON>.self, from: result.bytes)
      case .failure(let error): throw CallRefused(method: method, error: error)
      }
    } write: {
      try output.write($0)
    }
    try output.finish()
    if let path = arguments.value("out") { StandardError.write("\(count) rows in \(path)\n") }
    return .done
  }
}

/// Where a command writes what may be long: standard output, or a file that takes the place of the
/// old one only once it is whole. It holds personal data, so only its owner may read it. A link, a
/// FIFO or a device is written into.
struct OutputFile: ~Copyable {
  private let path: String?
  private let descriptor: Int32
  /// Until it has the place of the old one.
  private var temporary: String?

  init(path: String?) throws {
    self.path = path
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    switch Files.Manner(for: path) {
    case .replaced:
      let part = path + Self.suffix
      descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if descriptor >= 0 { temporary = part }
    case .writtenInto:
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0o600)
    }
    if descriptor < 0 { throw Self.failure(path, SystemCallFailure()) }
  }

  private static let suffix = ".part"

  deinit {
    guard path != nil, descriptor >= 0 else { return }
    close(descriptor)
    if let temporary { unlink(temporary) }
  }

  mutating func write(_ bytes: [UInt8]) throws {
    do throws(SystemCallFailure) { try Descriptor.write(bytes, to: descriptor) } catch {
      throw Self.failure(path ?? StandardOutput.name, error)
    }
  }

  /// Puts the whole file in its place.
  mutating func finish() throws {
    guard let path, let part = temporary else { return }
    guard fsync(descriptor) == 0, rename(part, path) == 0 else {
      throw Self.failure(path, SystemCallFailure())
    }
    temporary = nil
  }

  private static func failure(_ path: String, _ failure: SystemCallFailure) -> FileFailure {
    FileFailure(path: path, reason: failure.reason, isRead: false)
  }
}
