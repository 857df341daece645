import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// Readers that take less than they are told.
struct SlowReaderTests: EventReading {
  private let created = #", "kinds": ["guest_created"]"#

  private func fill(_ service: InProcessService, _ connection: UInt64 = 2) {
    service.center.assumeIsolated { $0.connectionFilled(connection) }
  }

  private func drain(_ service: InProcessService, _ connection: UInt64 = 2) {
    service.center.assumeIsolated { $0.connectionDrained(connection) }
  }

  /// Chunks of 4096 events are dropped whole, so that is what memory holds at least.
  private var shortMemory: EventLimits {
    var limits = EventLimits()
    limits.keptEvents = 1000
    return limits
  }

  private func addManyGuests(_ service: InProcessService) throws {
    for page in 0..<6 { try addGuests(1000, service, first: page * 1000) }
  }

  @Test func `a live reader that is behind waits, and is told the rest once it has room`() throws {
    let service = try service()
    _ = try subscribe(service, #"{"project_id": "prj_1", "kinds": ["guest_created"]}"#)
    try addGuests(3, service)
    var told = try service.takeNotifications(on: 2)
    fill(service)
    try addGuests(40, service, first: 3)
    try service.tellAll()
    #expect(try service.takeNotifications(on: 2).isEmpty)
    drain(service)
    #expect(service.center.assumeIsolated { $0.millisecondsToNextDue } == 0)
    try service.tellAll()
    told += try service.takeNotifications(on: 2)
    #expect(try sequences(told) == (try sequences(all(service, created))))
    #expect(!told.contains { $0["kind"] == .string("lagged") })
  }

  /// A pipe that is full every other turn is what the fastest reader has.
  @Test func `a reader whose connection fills again and again is never cut off`() throws {
    var limits = EventLimits()
    limits.eventsPerTurn = 4
    let service = try service(limits)
    _ = try subscribe(service)
    var told: [JSONValue] = []
    for round in 0..<10 {
      fill(service)
      try addGuests(9, service, first: round * 9)
      #expect(!service.center.assumeIsolated { $0.isTelling })
      drain(service)
      try service.center.assumeIsolated { try $0.commit() }
      told += try service.takeNotifications(on: 2)
    }
    try service.tellAll()
    told += try service.takeNotifications(on: 2)
    #expect(try sequences(told) == (try sequences(all(service, created))))
  }

  @Test func `a reader that is behind memory is told the rest from the journal`() throws {
    let service = try InProcessService(on: MemoryStorage(), events: shortMemory)
    try prepare(service)
    _ = try subscribe(service)
    fill(service)
    try addManyGuests(service)
    #expect(service.center.assumeIsolated { $0.history.oldestHeld } > 2000)
    drain(service)
    try service.tellAll()
    let told = try service.takeNotifications(on: 2)
    #expect(told.count == 6000)
    #expect(told.allSatisfy { $0["by"]?["kind"] == .string("operator") })
    #expect(told.allSatisfy { $0["at"] == .string(StoryTime.text) })
    #expect(try sequences(told) == (try sequences(all(service, created))))
    #expect(try sequences(told) == (try sequences(all(service, limit: 333, created))))
  }

  @Test func `where nothing is kept, a reader that the history overtakes is told what is lost`()
    throws
  {
    let service = try service(shortMemory)
    let start = try subscribe(service, #"{"kinds": ["guest_created"]}"#)
    fill(service)
    try addManyGuests(service)
    try service.tellAll()
    #expect(try service.takeNotifications(on: 2).isEmpty)
    drain(service)
    try service.tellAll()
    let told = try service.takeNotifications(on: 2)
    let oldest = service.center.assumeIsolated { $0.history.oldest }
    #expect(told.map { $0["kind"] } == [.string("lagged")])
    #expect(try number(told[0]["sequence"]) == oldest - 1)
    #expect(try number(told[0]["data"]?["resume_after"]) == oldest - 1)
    #expect(try number(told[0]["data"]?["missed"]) == oldest - 1 - start)
    #expect(service.center.assumeIsolated { $0.subscriptions.isEmpty })

    _ = try subscribe(
      service, #"{"kinds": ["guest_created"], "after_sequence": \#(oldest - 1)}"#)
    try service.tellAll()
    #expect(
      try sequences(service.takeNotifications(on: 2)) == (try sequences(all(service, created))))
  }

  @Test func `a reader that an erasure finds behind is told what is lost`() throws {
    let service = try InProcessService(on: MemoryStorage())
    try prepare(service)
    try addGuests(2, service)
    service.center.assumeIsolated { $0.snapshots.postpone(until: .now + .seconds(3600)) }
    let start = try subscribe(service, #"{"project_id": "prj_1"}"#)
    fill(service)
    try service.call("guest.update", #"{"guest_id": "gst_1", "party_size": 3}"#)
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    drain(service)
    try service.tellAll()
    let told = try service.takeNotifications(on: 2)
    let resume = try number(told.first?["sequence"])
    #expect(told.map { $0["kind"] } == [.string("lagged")])
    #expect(told[0]["project_id"] == .string("prj_1"))
    #expect(try number(told[0]["data"]?["missed"]) == resume - start)
    _ = try subscribe(service, #"{"after_sequence": \#(resume)}"#)
    try service.tellAll()
    #expect(try service.takeNotifications(on: 2).first?["kind"] == .string("guest_erased"))
  }

  @Test func `a journal that cannot be read back loses the past and nothing else`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk, events: shortMemory)
    try prepare(service)
    _ = try subscribe(service)
    fill(service)
    try addManyGuests(service)
    for name in try disk.list("/data/journal") {
      try disk.unlink("/data/journal/\(name)")
    }
    drain(service)
    try service.tellAll()
    let told = try service.takeNotifications(on: 2)
    #expect(told.map { $0["kind"] } == [.string("lagged")])
    #expect(service.log.contains { $0.hasPrefix("older events cannot be told") })
    try addGuests(1, service, first: 6000)
  }

  /// However many subscribe and read nothing, only their places are kept.
  @Test func `readers that read nothing take no memory`() throws {
    let service = try service()
    for connection in 10..<200 as Range<UInt64> {
      _ = try subscribe(service, on: connection)
      fill(service, connection)
    }
    try addGuests(500, service)
    try service.tellAll()
    for connection in 10..<200 as Range<UInt64> {
      #expect(try service.takeNotifications(on: connection).isEmpty)
    }
    #expect(service.center.assumeIsolated { $0.subscriptions.count } == 190)
  }

  // MARK: The end of the input

  @Test func `what has happened until the end of the input is told, and then the connection ends`()
    throws
  {
    var limits = EventLimits()
    limits.eventsPerTurn = 4
    let service = try service(limits)
    try addGuests(40, service)
    _ = try subscribe(service, #"{"after_sequence": 0}"#)
    let end = service.sequence
    #expect(service.center.assumeIsolated { $0.inputEnded(on: 2) })
    try addGuests(5, service, first: 40)
    #expect(service.closed.isEmpty)
    try service.tellAll()
    let told = try sequences(service.takeNotifications(on: 2))
    #expect(told == (try sequences(all(service)).filter { $0 <= end }))
    #expect(service.closed == [2])
    #expect(service.center.assumeIsolated { $0.subscriptions.isEmpty })
  }

  @Test func `a reader that is owed nothing ends at once`() throws {
    let service = try service()
    _ = try subscribe(service)
    #expect(!service.center.assumeIsolated { $0.inputEnded(on: 2) })
    #expect(service.center.assumeIsolated { $0.subscriptions.isEmpty })
    #expect(!service.center.assumeIsolated { $0.inputEnded(on: 3) })
  }

  @Test func `a backlog that the filter leaves nothing of ends the connection too`() throws {
    let service = try service()
    _ = try subscribe(service, #"{"kinds": ["guest_updated"]}"#)
    fill(service)
    try addGuests(40, service)
    #expect(service.center.assumeIsolated { $0.inputEnded(on: 2) })
    drain(service)
    try service.tellAll()
    #expect(try service.takeNotifications(on: 2).isEmpty)
    #expect(service.closed == [2])
  }
}
