import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// What health says of the disk.
struct StorageHealthTests: HealthReading {
  private func create(_ number: Int, in service: InProcessService) throws {
    try service.call(
      "sender.create", #"{"name": "Choir", "phone": "+\#(351_210_000_000 + number)"}"#)
  }

  /// Nothing is begun by itself before the test says so.
  private func hold(_ service: InProcessService, until moment: ContinuousClock.Instant) {
    service.center.assumeIsolated { $0.snapshots.postpone(until: moment) }
  }

  private func tally(of service: InProcessService) -> SnapshotTally {
    service.center.assumeIsolated { $0.snapshots.tally }
  }

  @Test func `a service that keeps nothing is well and says so`() throws {
    let service = try InProcessService()
    #expect(
      try check("storage", service) == ["ok", "Nothing is kept: a restart begins with nothing."])
    #expect(try check("journal", service) == ["ok", "There is no journal."])
  }

  @Test func `a full disk fails until there is room`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    #expect(try check("storage", service) == ["ok", "Every change is kept on disk."])
    disk.setCapacity(bytes: 0)
    var created = 0
    // What was claimed ahead may still be written to.
    while created < 100_000 {
      do { try create(created, in: service) } catch is RPCError { break }
      created += 1
    }
    #expect(
      try check("storage", service)
        == ["failing", "The disk is full: changes are refused until there is room."])
    disk.setCapacity(bytes: .max)
    #expect(try check("storage", service)[0] == "ok")
  }

  @Test func `a journal far longer than a snapshot is made for is told`() throws {
    let service = try InProcessService(on: MemoryStorage(), snapshotBytes: 2000)
    hold(service, until: .now + .seconds(3600))
    var created = 0
    func bytes() -> Int { service.center.assumeIsolated { $0.journal?.bytesSinceSnapshot ?? 0 } }
    while bytes() < 8000 {
      #expect(try check("journal", service)[0] == "ok")
      try create(created, in: service)
      created += 1
    }
    while bytes() < 8004 {
      try create(created, in: service)
      created += 1
    }
    let found = try check("journal", service)
    #expect(found[0] == "degraded")
    #expect(found[1].hasPrefix("The journal has less than 1 MiB since the newest snapshot, where"))
    hold(service, until: .now)
    try create(created, in: service)
    #expect(tally(of: service).made == 1)
    #expect(try check("journal", service)[0] == "ok")
  }

  @Test func `failed snapshots are counted until one is made`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try create(1, in: service)
    #expect(try check("snapshot", service)[0] == "ok")
    disk.setCapacity(bytes: 0)
    _ = try service.refusal("system.snapshot", "{}")
    #expect(
      try check("snapshot", service)
        == ["degraded", "The last snapshot failed; the journal goes on without it."])
    _ = try service.refusal("system.snapshot", "{}")
    #expect(
      try check("snapshot", service)
        == ["degraded", "The last 2 snapshots failed; the journal goes on without them."])
    disk.setCapacity(bytes: .max)
    try service.call("system.snapshot")
    #expect(
      try check("snapshot", service) == ["ok", "No snapshot has failed since the last good one."])
    #expect(tally(of: service).failed == 2)
    #expect(tally(of: service).made == 1)
  }

  /// The next snapshot finds its place taken. Giving up, it frees the place.
  private func obstructSnapshot(of service: InProcessService, on disk: MemoryStorage) throws {
    let digits = String(service.sequence)
    let name = String(repeating: "0", count: 20 - digits.count) + digits
    disk.close(try disk.open("/data/snapshot/\(name).snapshot.temporary", .createNew))
  }

  @Test func `a snapshot that fails while it is written counts too`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try create(1, in: service)
    try obstructSnapshot(of: service, on: disk)
    _ = try service.refusal("system.snapshot", "{}")
    #expect(try check("snapshot", service)[0] == "degraded")
    try service.call("system.snapshot")
    #expect(try check("snapshot", service)[0] == "ok")
  }

  @Test func `after a failure no snapshot is begun in every turn`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk, snapshotBytes: 200)
    hold(service, until: .now + .seconds(3600))
    try create(1, in: service)
    try obstructSnapshot(of: service, on: disk)
    hold(service, until: .now)
    try service.call("system.ping")
    #expect(tally(of: service).failed == 1)
    try create(2, in: service)
    try create(3, in: service)
    #expect(tally(of: service).made == 0)
    hold(service, until: .now)
    try service.call("system.ping")
    #expect(tally(of: service).made == 1)
    #expect(tally(of: service).failed == 1)
  }

  @Test func `a snapshot that was damaged at the start is told until there is a new one`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try create(1, in: service)
    try service.call("system.snapshot")
    try create(2, in: service)
    try service.close()
    let name = try #require(try disk.list("/data/snapshot").first)
    let file = try disk.open("/data/snapshot/\(name)", .readWrite)
    let byte = try disk.read(file, count: 1, at: 100)
    _ = try disk.write(file, [byte[0] ^ 1], at: 100)
    disk.close(file)
    let after = try InProcessService(on: disk)
    let found = try check("snapshot", after)
    #expect(found[0] == "degraded")
    #expect(found[1].hasPrefix("The newest snapshot was damaged at the start"))
    #expect(try after.call("system.info")["counts"]?["senders"] == .number("2"))
    try after.call("system.snapshot")
    #expect(try check("snapshot", after)[0] == "ok")
  }

  @Test func `an erasure whose files are there after a day is told, also after a restart`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try prepare(service, gateway: "simulator")
    hold(service, until: .now + .seconds(3600))
    #expect(try check("erasure", service) == ["ok", "Nothing that was erased is left on disk."])
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    let erased = service.now
    #expect(
      try check("erasure", service) == ["ok", "Old files with what was erased are about to go."])
    try service.pass(.hours(24))
    #expect(try check("erasure", service)[0] == "ok")
    try service.pass(.hours(1))
    let late = [
      "degraded", "Old files still hold what was erased 25 hours ago; they could not be deleted.",
    ]
    #expect(try check("erasure", service) == late)
    try service.close()
    let after = try InProcessService(on: disk, at: erased + .hours(25))
    #expect(try check("erasure", after) == late)
    // Asking gave it a turn, in which the files went.
    #expect(try check("erasure", after)[0] == "ok")
  }
}
