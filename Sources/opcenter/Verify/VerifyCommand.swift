import OperationCenterService
import Persistence

/// `opcenter verify`: whether a data directory is whole, and whether its numbers add up.
struct VerifyCommand {
  static let declaration = CommandDeclaration(
    name: "verify",
    summary: "Checks a data directory on which no service runs, and changes nothing.",
    positionals: [
      .init(name: "DIR", summary: "the folder that serve --data or run --journal names")
    ],
    options: [.flag("json", "Print one JSON object instead of lines.")],
    discussion: """
      Every byte of journal and snapshots is checked, and how the files fit together. Then the state is
      restored as a start would, and every number in it is counted anew. Where the journal reaches back
      further than the newest snapshot, the older events are replayed as well and must come to the same.

      A notice is what a start puts right by itself, such as a write that a crash tore. The exit code is
      0 if there is nothing else, 3 if something is damaged or cannot be read, and 1 if the bytes are
      whole and the ledger does not reconcile.
      """)

  let arguments: Arguments

  func run() throws -> ExitCode {
    let report = VerifyReport(
      audit: try DirectoryAudit(
        storage: FileStorage(), directory: arguments.positional("DIR") ?? ""))
    if arguments.has("json") {
      try StandardOutput.write(report.json() + [UInt8(ascii: "\n")])
    } else {
      try StandardOutput.write(report.text())
    }
    return report.exitCode
  }
}
