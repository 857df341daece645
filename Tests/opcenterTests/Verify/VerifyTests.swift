import CampaignEngine
import Foundation
import Gateways
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService
@testable import opcenter

/// `opcenter verify` on directories that the program itself, or its service, has left.
struct VerifyTests {
  private struct Outcome {
    let code: ExitCode
    let output: String
    let errors: String

    var lines: [Substring] { output.split(separator: "\n") }

    func document() throws -> VerifyReport.Document {
      try JSON.decode(VerifyReport.Document.self, from: Array(output.utf8))
    }
  }

  private let folder: TemporaryFolder
  private var data: String { folder.path("data") }

  init() throws { folder = try TemporaryFolder() }

  private func program(_ words: String...) throws -> Outcome {
    let process = Process()
    let (output, errors) = (folder.path("output"), folder.path("errors"))
    for path in [output, errors] { try Files.write([], to: path) }
    process.executableURL = try BuiltProgram.url()
    process.arguments = words
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: try #require(ExitCode(rawValue: process.terminationStatus)),
      output: String(decoding: try Files.read(output), as: UTF8.self),
      errors: String(decoding: try Files.read(errors), as: UTF8.self))
  }

  private func service() throws -> InProcessService {
    try InProcessService(
      .journal(storage: FileStorage(), directory: data, options: JournalOptions()),
      at: time("2026-11-14T03:00:00.000Z"), simulator: SimulatorSettings())
  }

  /// Three starts, and so at least three segments; a snapshot before the last if wanted.
  private func fill(hasSnapshot: Bool = false) throws {
    let first = try service()
    let sample = try SampleCampaign(guests: SampleCampaign.guests(12)) { try first.call($0, $1) }
    try first.close()
    let second = try service()
    try second.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try second.pass(.hours(5))
    if hasSnapshot { try second.call("system.snapshot") }
    try second.close()
    let third = try service()
    try third.pass(.days(2))
    try third.close()
  }

  /// Names and bytes of everything inside.
  private func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: data) {
      // A folder has no bytes of its own.
      contents[name] = FileManager.default.contents(atPath: data + "/" + name) ?? Data()
    }
    return contents
  }

  private func segments() throws -> [String] {
    try FileStorage().list(data + "/journal").map { data + "/journal/" + $0 }
  }

  @Test func `what run has left is whole, and stays as it is`() throws {
    let guests = SampleCampaign.folder.appendingPathComponent("guests.csv").path
    let rows = try Files.read(guests).split(separator: 10, omittingEmptySubsequences: false)
    try Files.write(Array(rows.prefix(40).joined(separator: [10])), to: folder.path("guests.csv"))
    let chatflow = SampleCampaign.folder.appendingPathComponent("rsvp.chatflow.json").path
    let run = try program(
      "run", "--guests", folder.path("guests.csv"), "--chatflow", chatflow, "--journal", data)
    #expect(run.code == .done)
    let before = try contents()
    let text = try program("verify", data)
    #expect(text.code == .done)
    #expect(text.lines.last == "The ledger reconciles.")
    let found = try program("verify", data, "--json")
    #expect(found.code == .done)
    let document = try found.document()
    #expect(document.findings.isEmpty)
    #expect(document.ledger.reconciles == true)
    #expect(document.checked.segments == 1)
    #expect(document.checked.newestSequence == UInt64(document.checked.events))
    #expect(try #require(document.checked.messages) > 30)
    #expect(try contents() == before)
  }

  @Test func `a snapshot is compared with the events before it`() throws {
    try fill(hasSnapshot: true)
    let found = try program("verify", data)
    #expect(found.code == .done)
    #expect(
      found.lines.dropFirst() == [
        "A replay from the first event on comes to the same as the newest snapshot.",
        "The ledger reconciles.",
      ])
    #expect(try program("verify", data, "--json").document().ledger.comparedFrom == 0)
  }

  @Test func `a flipped byte in the middle is found with file and offset`() throws {
    try fill()
    let segments = try segments()
    #expect(segments.count == 3)
    var bytes = try Files.read(segments[1])
    bytes[150] ^= 4
    try Files.write(bytes, to: segments[1])
    chmod(segments[1], 0o600)
    let before = try contents()
    let text = try program("verify", data)
    #expect(text.code == .storage)
    #expect(text.lines.first?.hasPrefix("damage: \(segments[1]), offset 64: ") == true)
    #expect(text.lines.last == "The ledger could not be checked: no state can be restored.")
    let document = try program("verify", data, "--json").document()
    #expect(document.findings.map(\.file) == [segments[1]])
    #expect(document.findings.first?.offset == 64)
    #expect(document.findings.first?.severity == "damage")
    #expect(document.ledger.reconciles == nil)
    #expect(document.checked.guests == nil)
    #expect(try contents() == before)
  }

  @Test func `a directory in use, and a folder that is none, are refused`() throws {
    do {
      let service = try service()
      let found = try program("verify", data, "--json")
      #expect(found.code == .storage)
      #expect(found.output.isEmpty)
      #expect(found.errors.contains("Another process uses this data directory"))
      try service.close()
    }
    let missing = try program("verify", folder.path("missing"))
    #expect(missing.code == .storage)
    #expect(missing.errors.contains("There is no directory"))
    let empty = folder.path("empty")
    try FileStorage().createDirectory(empty)
    let found = try program("verify", empty)
    #expect(found.code == .storage)
    #expect(found.errors.contains("this is not a data directory"))
    #expect(try FileStorage().list(empty).isEmpty)
    #expect(try program("verify").code == .wrongUsage)
  }
}

/// What the report makes of an audit.
struct VerifyReportTests {
  private let disk = MemoryStorage()

  private func report() throws -> VerifyReport {
    VerifyReport(audit: try DirectoryAudit(storage: disk, directory: "/data"))
  }

  @Test func `notices alone are no reason to fail`() throws {
    try InProcessService(on: disk).close()
    disk.close(try disk.open("/data/journal/a\u{1B}[2Jb", .createNew))
    let report = try report()
    #expect(report.exitCode == .done)
    let first = try #require(report.text().split(separator: "\n").first)
    #expect(first.hasPrefix("notice: /data/journal/a\u{FFFD}[2Jb: "))
  }

  @Test func `a ledger that does not reconcile is refused, with its faults`() throws {
    let state: State
    do {
      let service = try InProcessService(on: disk)
      try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
      state = service.state
      try service.close()
    }
    var journal = try Journal.open(
      storage: disk, directory: "/data", restore: { _ in }, replay: { _ in })
    let ticket = try #require(try journal.beginSnapshot())
    let snapshot = try ticket.write { writer in
      // All but the last block, which is the sender.
      var blocks: [(UInt32, [UInt8])] = []
      try state.encodeSnapshot { blocks.append(($0.rawValue, $1)) }
      for (tag, payload) in blocks.dropLast() { try writer.write(tag: tag, payload) }
      return 0
    }
    try journal.snapshotFinished(snapshot)
    try journal.close(clean: true)
    let report = try report()
    #expect(report.exitCode == .refused)
    #expect(report.text().contains("\nThe ledger does NOT reconcile:\n  the snapshot at event "))
    let document = try JSON.decode(VerifyReport.Document.self, from: report.json())
    #expect(document.findings.isEmpty)
    #expect(document.ledger.reconciles == false)
    #expect(document.ledger.faults.count == 1)
  }
}
