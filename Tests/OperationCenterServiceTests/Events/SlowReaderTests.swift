import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// Readers that take less than they are told.
struct SlowReaderTests: EventReading {
  @Test func `a slow reader gets one lagged event and then everything from there`() throws {
    let service = try service()
    _ = try subscribe(service, #"{"project_id": "prj_1", "kinds": ["guest_created"]}"#)
    try addGuests(3, service)
    let before = try sequences(service.takeNotifications(on: 2))
    service.center.assumeIsolated { $0.connectionCongested(2) }
    try addGuests(40, service, first: 3)
    try service.tellAll()
    #expect(try service.takeNotifications(on: 2).isEmpty)
    service.center.assumeIsolated { $0.connectionRelieved(2) }
    try service.tellAll()
    let told = try service.takeNotifications(on: 2)
    #expect(told.map { $0["kind"] } == [.string("lagged")])
    #expect(told[0]["project_id"] == .string("prj_1"))
    let resume = try number(told[0]["data"]?["resume_after"])
    #expect(try number(told[0]["sequence"]) == service.sequence)
    #expect(try number(told[0]["data"]?["missed"]) == service.sequence - resume)
    try addGuests(2, service, first: 43)
    #expect(try service.takeNotifications(on: 2).isEmpty)

    _ = try subscribe(
      service, #"{"project_id": "prj_1", "kinds": ["guest_created"], "after_sequence": \#(resume)}"#
    )
    try service.tellAll()
    let after = try sequences(service.takeNotifications(on: 2))
    let kinds = #", "kinds": ["guest_created"]"#
    #expect(before + after == (try sequences(all(service, kinds))))
  }

  @Test func `a slow reader that misses nothing of its own goes on`() throws {
    let service = try service()
    _ = try subscribe(service, #"{"kinds": ["guest_updated"]}"#)
    service.center.assumeIsolated { $0.connectionCongested(2) }
    try addGuests(40, service)
    service.center.assumeIsolated { $0.connectionRelieved(2) }
    try service.call("guest.update", #"{"guest_id": "gst_1", "party_size": 3}"#)
    #expect(try service.takeNotifications(on: 2).map { $0["kind"] } == [.string("guest_updated")])
  }

  /// Coming up to the present takes as long as the reader takes; only then is it a slow one.
  @Test func `a reader that takes the past slowly is not told that it lags`() throws {
    var limits = EventLimits()
    limits.eventsPerTurn = 4
    let service = try service(limits)
    try addGuests(40, service)
    _ = try subscribe(service, #"{"after_sequence": 0}"#)
    var told: [JSONValue] = []
    for _ in 0..<40 {
      service.center.assumeIsolated { $0.connectionCongested(2) }
      try service.center.assumeIsolated { try $0.commit() }
      #expect(!service.center.assumeIsolated { $0.isTelling })
      service.center.assumeIsolated { $0.connectionRelieved(2) }
      #expect(service.center.assumeIsolated { $0.millisecondsToNextDue } == 0)
      try service.center.assumeIsolated { try $0.commit() }
      told += try service.takeNotifications(on: 2)
    }
    #expect(try sequences(told) == (try sequences(all(service))))
  }

  @Test func `a reader that the history overtakes is told so and finds the past gone`() throws {
    var limits = EventLimits()
    limits.keptEvents = 1000
    let service = try service(limits)
    _ = try subscribe(service, #"{"after_sequence": 0}"#)
    _ = try service.takeNotifications(on: 2)
    _ = try subscribe(service, #"{"after_sequence": 0}"#, on: 3)
    service.center.assumeIsolated { center in
      center.connectionCongested(3)
      center.subscriptions[1].place = 0
      center.subscriptions[1].isLive = false
    }
    for page in 0..<12 { try addGuests(1000, service, first: page * 1000) }
    service.center.assumeIsolated { $0.connectionRelieved(3) }
    try service.tellAll()
    let told = try service.takeNotifications(on: 3)
    #expect(told.last?["kind"] == .string("lagged"))
    let resume = try number(told.last?["data"]?["resume_after"])
    let refusal = try service.refusal("events.subscribe", #"{"after_sequence": \#(resume)}"#)
    #expect(refusal.code == ServiceError.gone.code)
  }

  /// However many subscribe and read nothing, only their places are kept.
  @Test func `readers that read nothing take no memory`() throws {
    let service = try service()
    for connection in 10..<200 as Range<UInt64> {
      _ = try subscribe(service, on: connection)
      service.center.assumeIsolated { $0.connectionCongested(connection) }
    }
    try addGuests(500, service)
    try service.tellAll()
    for connection in 10..<200 as Range<UInt64> {
      #expect(try service.takeNotifications(on: connection).isEmpty)
    }
    #expect(service.center.assumeIsolated { $0.subscriptions.allSatisfy(\.isLagging) })
    #expect(service.center.assumeIsolated { $0.subscriptions.count } == 190)
  }
}
