import Foundation
import ServiceTesting
import Testing

@testable import opcenter

/// What a command does where its descriptors are not what they usually are.
struct DescriptorTests {
  private static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")
  private static let ping = #"{"jsonrpc":"2.0","id":1,"method":"system.ping"}"#

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("data"), withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
  }

  private func run(_ script: String) throws -> ShellRun { try ShellRun(script, in: folder) }

  @Test(
    .enabled(if: hasFullDevice),
    arguments: [
      "\"$0\" --version", "\"$0\" help", "\"$0\" help run", "\"$0\" run --help",
      "\"$0\" schema \"$1\"", "\"$0\" token list --data \"$1/data\"",
      "\"$0\" token create x --data \"$1/data\"",
      "\"$0\" serve --data \"$1/kept\" && \"$0\" verify \"$1/kept\"",
      "\"$0\" serve --data \"$1/kept\" && \"$0\" verify --json \"$1/kept\"",
      "echo '\(ping)' | \"$0\" serve --memory",
    ], ["> /dev/full", ">&-"])
  func `output that cannot be written is an error with a sentence`(
    _ command: String, _ place: String
  ) throws {
    let ran = try run("\(command) \(place)")
    #expect(ran.code == .storage)
    #expect(ran.errors.contains("standard output cannot be written: "))
    #expect(ran.output.isEmpty)
  }

  @Test(.enabled(if: hasFullDevice))
  func `a token that nobody has seen is not kept`() throws {
    #expect(try run("\"$0\" token create x --data \"$1/data\" > /dev/full").code == .storage)
    let again = try run("\"$0\" token create x --data \"$1/data\"")
    #expect(again.code == .done)
    #expect(again.output.utf8.count == 65)
  }

  @Test func `input that cannot be read is an error, and none at all is an end`() throws {
    let ran = try run("\"$0\" serve --memory < \"$1\"")
    #expect(ran.code == .storage)
    #expect(ran.errors.contains("standard input cannot be read: "))
    #expect(try run("\"$0\" serve --memory <&-").code == .done)
  }

  /// The first file that is opened would be descriptor 2, and the log would be written into it.
  @Test(arguments: ["2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
  func `closed descriptors are no way into the journal`(_ closed: String) throws {
    let ran = try run(
      """
      "$0" serve --data "$1/kept" --listen 127.0.0.1:0 --no-token --port-file "$1/port" \(closed) &
      service=$!
      while [ ! -s "$1/port" ] && kill -0 $service; do :; done
      kill -TERM $service
      wait $service
      """)
    #expect(ran.code == .done)
    let checked = try run("\"$0\" verify \"$1/kept\"")
    #expect(checked.code == .done, "\(checked.output)")
    let lock = String(decoding: try Files.read(folder.path("kept/LOCK")), as: UTF8.self)
    #expect(lock.hasPrefix("opcenter serve, process "))
    #expect(!lock.contains("listening"))
  }

  @Test func `first bytes that are no JSON leave a line, and nothing of them`() throws {
    let ran = try run("echo 'Ayu Lestari,+6281100000001' | \"$0\" serve --memory")
    #expect(ran.output.isEmpty)
    #expect(ran.errors.contains("closed a connection of standard input: it sent "))
    #expect(!ran.errors.contains("Ayu") && !ran.errors.contains("62811"))
  }

  @Test func `data made on a simulated clock is not served on the machine's without a word`() throws
  {
    let words = "is served on the machine's"
    let first = try run("\"$0\" serve --data \"$1/kept\" --clock-start 2031-01-01T00:00:00Z")
    #expect(first.code == .done && !first.errors.contains(words))
    #expect(try run("\"$0\" serve --data \"$1/kept\"").errors.contains(words))
    #expect(try !run("\"$0\" serve --data \"$1/kept\" --clock-rate 2").errors.contains(words))
    _ = try run("\"$0\" serve --data \"$1/own\"")
    #expect(try !run("\"$0\" serve --data \"$1/own\"").errors.contains(words))
  }
}
