import Foundation
import JSONRPC
import ServiceTesting
import Testing
import Wire

@testable import opcenter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `opcenter watch` beside a service that is killed and comes back.
struct WatchServingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func serve(port: UInt16 = 0, rate: String) throws -> ServedProcess {
    try ServedProcess([
      "--listen", "127.0.0.1:\(port)", "--data", folder.path("data"),
      "--clock-start", "2026-11-14T03:00:00.000Z", "--clock-rate", rate,
    ])
  }

  private final class Watcher {
    let process = Process()
    private let output = Pipe()
    private var received: [UInt8] = []

    init(_ arguments: [String]) throws {
      process.executableURL = try BuiltProgram.url()
      process.arguments = ["watch"] + arguments
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      process.standardInput = FileHandle.nullDevice
      try process.run()
      try output.fileHandleForWriting.close()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// The next line; nil at the end.
    func line() throws -> JSONValue? {
      while true {
        if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
          defer { received.removeSubrange(...end) }
          return try JSON.decode(JSONValue.self, from: Array(received[..<end]))
        }
        // What is there, not as much as was asked for.
        let chunk = output.fileHandleForReading.availableData
        guard !chunk.isEmpty else { return nil }
        received += chunk
      }
    }
  }

  private func number(_ value: JSONValue?) throws -> UInt64 {
    guard case .number(let text)? = value, let number = UInt64(text) else {
      throw Fault("no number")
    }
    return number
  }

  private func all(_ peer: ServedPeer, after: UInt64) throws -> [UInt64] {
    var sequences: [UInt64] = []
    var params: [(String, JSONValue)] = [
      ("campaign_id", .string("cmp_1")), ("limit", .number("500")),
      ("after_sequence", .number("\(after)")),
    ]
    while true {
      let page = try peer.call("events.list", .object(params))
      guard case .array(let items)? = page["items"] else { throw Fault("no items") }
      sequences += try items.map { try number($0["sequence"]) }
      guard let cursor = page["next_cursor"] else { return sequences }
      params = params.filter { $0.0 != "cursor" } + [("cursor", cursor)]
    }
  }

  @Test func `a watcher sees each event once, through a kill of the service, until the end`() throws
  {
    var process = try serve(rate: "20000")
    let port = try process.port()
    var peer = try ServedPeer.connected(
      toPort: port, framing: .newline, tokenFile: folder.path("data/token"))
    let file = SampleCampaign.folder.appendingPathComponent("guests.csv").path
    let rows = Array(try GuestImportRows(file: file).rows.prefix(40))
    let campaign = try SampleCampaign(guests: rows) { try peer.call($0, $1) }
    let watcher = try Watcher([
      campaign.campaign, "--json", "--connect", "127.0.0.1:\(port)", "--token-file",
      folder.path("data/token"),
    ])
    let start = try number(try watcher.line()?["statistics"]?["as_of"]?["sequence"])
    _ = try peer.call("campaign.start", .object([("campaign_id", .string(campaign.campaign))]))
    var seen: [UInt64] = []
    while seen.count < 100, let event = try watcher.line()?["event"] {
      seen.append(try number(event["sequence"]))
    }
    try process.shoot()
    process = try serve(port: port, rate: "5000000")
    #expect(try process.port() == port)
    peer = try ServedPeer.connected(
      toPort: port, framing: .newline, tokenFile: folder.path("data/token"))
    var last: JSONValue?
    while let line = try watcher.line() {
      if let event = line["event"] { seen.append(try number(event["sequence"])) }
      last = line
    }
    watcher.process.waitUntilExit()
    #expect(watcher.process.terminationStatus == 0)
    #expect(last?["statistics"]?["status"] == .string("completed"))
    // What came after the last look of the watcher was never its business.
    let expected = try all(peer, after: start)
    #expect(seen.count > 300)
    #expect(Array(expected.prefix(seen.count)) == seen)
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  @Test func `a campaign that is not there is refused, and so is a service that is not`() throws {
    let process = try serve(rate: "1")
    let port = try process.port()
    for words in [[], ["--token-file", folder.path("data/token")]] {
      let watcher = try Watcher(["cmp_7", "--once", "--connect", "127.0.0.1:\(port)"] + words)
      watcher.process.waitUntilExit()
      #expect(watcher.process.terminationStatus == ExitCode.refused.rawValue)
    }
    process.terminate()
    #expect(try process.exitCode() == 0)
    let alone = try Watcher(["cmp_7", "--connect", "127.0.0.1:\(port)"])
    alone.process.waitUntilExit()
    #expect(alone.process.terminationStatus == ExitCode.refused.rawValue)
    let confused = try Watcher(["campaign", "--connect", "127.0.0.1:\(port)"])
    confused.process.waitUntilExit()
    #expect(confused.process.terminationStatus == ExitCode.wrongUsage.rawValue)
  }
}
