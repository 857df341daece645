import CampaignEngine
import JSONRPC
import Transports
import Wire

/// `opcenter call`: one request from a shell.
struct CallCommand {
  static let declaration = CommandDeclaration(
    name: "call", summary: "Sends one request to a service and prints its answer.",
    positionals: [
      .init(name: "METHOD", summary: "the method, such as system.info"),
      .init(
        name: "PARAMS", summary: "its params as JSON; - reads them from standard input",
        isRequired: false),
    ],
    options: [
      .value("connect", "HOST:PORT", "Where the service listens.", standard: "127.0.0.1:4710"),
      ClientToken.option,
      .value("csv", "FILE", "Rows for guest.import, in as many calls as they need."),
      GuestColumnMap.option,
      .flag("dry-run", "With --csv: say what would happen, and change nothing."),
      .value("refused", "FILE", "With --csv: where to write the refused rows, each with why."),
      .value("timeout", "SECONDS", "How long to wait for an answer.", standard: "30"),
    ],
    discussion: "The exit code is 1 if the answer is an error.")

  let arguments: Arguments

  func run() throws -> ExitCode {
    let method = arguments.positional("METHOD") ?? ""
    let address: ListenAddress
    let text = arguments.value("connect") ?? "127.0.0.1:4710"
    do throws(ListenAddressError) { address = try ListenAddress(parsing: text) } catch {
      throw UsageError(message: "--connect \(text): \(error)", command: "call")
    }
    let params = try params()
    let seconds = try arguments.integer("timeout", in: 1...86_400) ?? 30
    var connection = try ServiceConnection.open(
      to: address, timeoutSeconds: seconds, token: ClientToken(arguments))
    let map = try GuestColumnMap(arguments)
    if let file = arguments.value("csv") {
      guard method == "guest.import" else {
        throw UsageError(message: "--csv goes with guest.import only", command: "call")
      }
      return try importFile(file, map, params, &connection)
    }
    guard map.entries.isEmpty, !arguments.has("dry-run"), arguments.value("refused") == nil else {
      throw UsageError(
        message: "--map, --dry-run and --refused go with --csv only", command: "call")
    }
    switch try connection.call(method, params) {
    case .success(let result):
      try StandardOutput.write(line: result.text)
      return .done
    case .failure(let error):
      try StandardOutput.write(line: error.json.text)
      return .refused
    }
  }

  private func params() throws -> RawJSON? {
    guard let text = arguments.positional("PARAMS") else { return nil }
    let bytes = text == "-" ? try ServiceConnection.standardInput() : Array(text.utf8)
    do throws(WireError) {
      return try JSON.decode(RawJSON.self, from: bytes, root: "PARAMS")
    } catch {
      throw UsageError(message: "PARAMS: \(error)", command: "call")
    }
  }

  /// Splits a list of any length into calls that the service takes, and reports each refused row
  /// with its line.
  private func importFile(
    _ file: String, _ map: GuestColumnMap, _ params: RawJSON?,
    _ connection: inout ServiceConnection
  ) throws -> ExitCode {
    let refusedPath = try RefusedRows.path(arguments, list: file)
    var guests = try GuestImportRows(file: file, map)
    if let refusedPath { try guests.writeRefused(to: refusedPath, isBegun: false) }
    for note in guests.notes { StandardError.write("opcenter: \(note)\n") }
    var given =
      try params.map { try JSON.decode(WireMap<RawJSON>.self, from: $0.bytes) } ?? WireMap()
    if arguments.has("dry-run") { given["dry_run"] = RawJSON(true) }
    var counts = ImportCounts()
    var first = 0
    while first < guests.rows.count {
      let rows = Array(guests.rows[first..<min(first + Limits.importRows, guests.rows.count)])
      switch try connection.call("guest.import", RawJSON(given.with("rows", rows))) {
      case .failure(let error):
        try StandardOutput.write(line: error.json.text)
        return .refused
      case .success(let result):
        let answer = try JSON.decode(WireMap<RawJSON>.self, from: result.bytes)
        counts.add(try answer.decoded("counts", as: ImportCounts.self))
        guests.add(try answer.decoded("items", as: [ImportItem].self), from: first)
      }
      first += rows.count
    }
    (counts.rows, counts.refused) = (guests.count, guests.refused.count)
    guests.sortRefused()
    var answer = WireMap<RawJSON>()
    answer["counts"] = RawJSON(counts)
    answer["refused_rows"] = RawJSON(guests.refused)
    answer["warnings"] = RawJSON(guests.warnings)
    answer["file"] = RawJSON(guests.reading)
    try StandardOutput.write(line: RawJSON(answer).text)
    if let refusedPath { try guests.writeRefused(to: refusedPath, isBegun: true) }
    return .done
  }
}

extension RPCError {
  /// The error object as the answer had it.
  var json: RawJSON {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("code")
    writer.integer(Int64(code))
    writer.key("message")
    writer.string(message)
    if let data {
      writer.key("data")
      data.write(&writer)
    }
    writer.endObject()
    return RawJSON(validated: writer.bytes)
  }
}
