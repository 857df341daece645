import Gateways
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import CampaignEngine
@testable import OperationCenterService

/// A check of a data directory that a campaign has left behind.
struct DirectoryAuditTests {
  private static let start = time("2026-11-14T03:00:00.000Z")
  private let disk = MemoryStorage()

  private func service() throws -> InProcessService {
    try InProcessService(on: disk, at: Self.start, simulator: SimulatorSettings())
  }

  private func audit() throws -> DirectoryAudit {
    try DirectoryAudit(storage: disk, directory: "/data")
  }

  /// Some days of the sample campaign, with snapshots in between; returns what the service held.
  private func fill(snapshots: Int) throws -> SystemInfo.Counts {
    let service = try service()
    let sample = try SampleCampaign(guests: SampleCampaign.guests(24)) { try service.call($0, $1) }
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    for _ in 0..<snapshots {
      try service.pass(.hours(5))
      try service.call("system.snapshot")
    }
    try service.pass(.days(3))
    let counts = SystemInfo.Counts(service.state)
    try service.close()
    return counts
  }

  /// The last sequence and all that a start finds.
  private func stored() throws -> (sequence: UInt64, state: State) {
    let service = try service()
    let found = (service.sequence, service.state)
    try service.close()
    return found
  }

  private func bytes(of path: String) throws -> [UInt8] {
    let file = try disk.open(path, .read)
    defer { disk.close(file) }
    return try disk.read(file, count: disk.size(of: file), at: 0)
  }

  private func contents() throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for folder in ["", "/journal", "/snapshot", "/quarantine"].map({ "/data" + $0 }) {
      for name in try disk.list(folder) {
        let path = folder + "/" + name
        if try disk.attributes(path)?.kind == .file { contents[path] = try bytes(of: path) }
      }
    }
    return contents
  }

  private func files(in folder: String) throws -> [String] {
    try disk.list("/data/" + folder).map { "/data/\(folder)/" + $0 }
  }

  private func flip(byte offset: Int, of path: String) throws {
    let byte = try bytes(of: path)[offset]
    let file = try disk.open(path, .readWrite)
    defer { disk.close(file) }
    _ = try disk.write(file, [byte ^ 1], at: offset)
  }

  private func truncate(_ path: String, to size: Int) throws {
    let file = try disk.open(path, .readWrite)
    defer { disk.close(file) }
    try disk.truncate(file, to: size)
  }

  /// Puts a snapshot of another state in the place of the next one, as a program with a fault would.
  private func forge(_ change: (inout State) -> Void) throws {
    var (_, state) = try stored()
    var journal = try Journal.open(
      storage: disk, directory: "/data", restore: { _ in }, replay: { _ in })
    change(&state)
    let ticket = try #require(try journal.beginSnapshot())
    let snapshot = try ticket.write { writer in
      try state.encodeSnapshot { tag, payload in
        try writer.write(tag: tag.rawValue, payload)
      }
      return 0
    }
    try journal.snapshotFinished(snapshot)
    try journal.close(clean: true)
  }

  @Test(arguments: [0, 1, 2, 3])
  func `what a campaign left is whole, and looking changes nothing`(snapshots: Int) throws {
    let counts = try fill(snapshots: snapshots)
    let before = try contents()
    let audit = try audit()
    #expect(audit.findings.isEmpty)
    #expect(audit.faults == [])
    #expect(audit.reconciles == true)
    #expect(audit.counts.snapshots == min(snapshots, 2))
    #expect(try contents() == before)
    #expect(audit.contents?.guests == counts.guests)
    #expect(audit.contents?.executions == 24)
    #expect(audit.contents?.messages == counts.messages)
    // The first of two snapshots still has the events after it; of one, all are there.
    switch snapshots {
    case 0: #expect(audit.comparedFrom == nil)
    case 1: #expect(audit.comparedFrom == 0)
    default: #expect(try #require(audit.comparedFrom) > 0)
    }
    #expect(try audit.contents?.sequence == stored().sequence)
  }

  @Test func `a new directory is whole`() throws {
    try service().close()
    let audit = try audit()
    #expect(audit.findings.isEmpty)
    #expect(audit.reconciles == true)
    #expect(audit.contents?.sequence == 0)
  }

  @Test func `with a damaged newest snapshot the ledger is checked from the older one`() throws {
    _ = try fill(snapshots: 2)
    let newest = try #require(try files(in: "snapshot").last)
    try flip(byte: 200, of: newest)
    let before = try contents()
    let audit = try audit()
    #expect(audit.isDamaged)
    #expect(audit.findings.map(\.error.file) == [newest])
    #expect(audit.findings.first?.error.offset != nil)
    #expect(audit.reconciles == true)
    #expect(audit.contents?.executions == 24)
    #expect(try contents() == before)
    #expect(try audit.contents?.sequence == stored().sequence)
  }

  @Test func `damage before the newest snapshot hinders only the comparison`() throws {
    _ = try fill(snapshots: 2)
    let oldest = try #require(try files(in: "journal").first)
    try flip(byte: 150, of: oldest)
    let audit = try audit()
    #expect(audit.isDamaged)
    #expect(audit.findings.allSatisfy { $0.severity == .damage })
    #expect(audit.findings.contains { $0.error.file == oldest && $0.error.offset == 64 })
    #expect(audit.reconciles == true)
    #expect(audit.comparedFrom == nil)
  }

  @Test func `damage after the newest snapshot leaves no ledger to check`() throws {
    _ = try fill(snapshots: 1)
    let last = try #require(try files(in: "journal").last)
    try flip(byte: 150, of: last)
    let audit = try audit()
    #expect(audit.isDamaged)
    #expect(audit.findings.map(\.error.file) == [last])
    #expect(audit.reconciles == nil)
    #expect(audit.contents == nil)
    #expect(audit.faults.isEmpty)
  }

  @Test func `a torn tail is a notice`() throws {
    do {
      let service = try service()
      try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
      // Killed: no clean stop is written down.
    }
    let last = try #require(try files(in: "journal").last)
    let whole = try bytes(of: last)
    let end = try #require(whole.lastIndex { $0 != 0 })
    try truncate(last, to: end - 1)
    let before = try contents()
    let audit = try audit()
    #expect(!audit.isDamaged)
    #expect(audit.findings.map(\.error.file) == [last])
    #expect(audit.reconciles == true)
    #expect(audit.contents?.sequence == 0)
    #expect(try contents() == before)
  }

  @Test func `a directory in use is refused`() throws {
    let service = try service()
    let error = #expect(throws: JournalError.self) { try audit() }
    #expect(error?.kind == .dataDirectoryInUse)
    try service.close()
  }

  @Test func `counters that no recount gives are found`() throws {
    _ = try fill(snapshots: 0)
    try forge { $0.projects[0].campaigns[counter: 1].counters.inboundRouted += 1 }
    let audit = try audit()
    #expect(audit.findings.isEmpty)
    #expect(audit.reconciles == false)
    #expect(audit.faults.contains("cmp_1: counters differ from a recount"))
    #expect(audit.faults.contains { $0.hasSuffix(", campaign, differs") })
  }

  @Test func `a snapshot that no events lead to is found, though its numbers add up`() throws {
    _ = try fill(snapshots: 0)
    try forge { $0.projects[0].row.name = "Another" }
    let audit = try audit()
    #expect(audit.findings.isEmpty)
    #expect(audit.reconciles == false)
    #expect(audit.faults.count == 1)
    #expect(audit.faults.first?.contains("event 1 on: block") == true)
  }

  @Test func `an event that means nothing is found with its file`() throws {
    _ = try fill(snapshots: 0)
    let (sequence, _) = try stored()
    var journal = try Journal.open(
      storage: disk, directory: "/data", restore: { _ in }, replay: { _ in })
    journal.append(type: 65_000, version: 1, payload: [])
    journal.endCommand()
    try journal.close(clean: true)
    let audit = try audit()
    #expect(audit.reconciles == nil)
    let finding = try #require(audit.findings.first)
    #expect(audit.findings.count == 1)
    #expect(finding.severity == .damage)
    #expect(finding.error.sequence == sequence + 1)
    #expect(finding.error.file == (try files(in: "journal").last))
    #expect(finding.error.message.contains("event kind 65000 is unknown"))
  }
}
