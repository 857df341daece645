import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// What a connection is told, and when.
struct SubscriptionTests: EventReading {
  @Test func `an event comes after the reply of the call that caused it, and only once`() throws {
    let service = try service()
    let newest = try subscribe(service, on: 1)
    #expect(newest == service.sequence)
    #expect(try service.takeNotifications().isEmpty)
    try addGuests(2, service)
    let events = try service.takeNotifications()
    #expect(events.map { $0["kind"] } == [.string("guest_created"), .string("guest_created")])
    #expect(events[0]["subscription_id"] == .string("sub_1"))
    #expect(events[0]["guest_id"] == .string("gst_1"))
    #expect(events[0]["by"]?["kind"] == .string("operator"))
    #expect(events[0]["at"] == .string(StoryTime.text))
    try service.tellAll()
    #expect(try service.takeNotifications().isEmpty)
  }

  @Test func `nothing is told before it is durable`() throws {
    let service = try InProcessService(on: MemoryStorage())
    try prepare(service)
    _ = try subscribe(service)
    let call = Call(
      id: 9, method: "sender.create",
      params: RawJSON(validated: Array(#"{"name": "Band", "phone": "+351210000009"}"#.utf8)))
    service.center.assumeIsolated { center in
      _ = center.answer(call.encoded()[...], from: 3)
      center.tell()
    }
    #expect(try service.takeNotifications(on: 2).isEmpty)
    try service.tellAll()
    #expect(try service.takeNotifications(on: 2).map { $0["kind"] } == [.string("sender_created")])
  }

  @Test func `filters narrow, and connections have subscriptions of their own`() throws {
    let service = try service()
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Ball", "time_zone": "UTC"}"#)
    _ = try subscribe(service, #"{"project_id": "prj_2"}"#, on: 2)
    _ = try subscribe(service, #"{"kinds": ["guest_updated", "sender_created"]}"#, on: 3)
    _ = try subscribe(service, #"{"project_id": "prj_1", "kinds": ["guest_updated"]}"#, on: 4)
    try addGuests(1, service)
    try service.call("sender.create", #"{"name": "Band", "phone": "+351210000009"}"#)
    try service.call("guest.update", #"{"guest_id": "gst_1", "party_size": 3}"#)
    #expect(try service.takeNotifications(on: 1).isEmpty)
    #expect(try service.takeNotifications(on: 2).isEmpty)
    #expect(
      try service.takeNotifications(on: 3).map { $0["kind"] }
        == [.string("sender_created"), .string("guest_updated")])
    let updated = try service.takeNotifications(on: 4)
    #expect(updated.count == 1)
    #expect(
      updated.first?["data"]
        == (try JSON.decode(
          JSONValue.self, from: Array(#"{"changed": {"party_size": {"from": 1, "to": 3}}}"#.utf8))))
  }

  @Test func `a subscription ends with its connection, or when it is asked to`() throws {
    let service = try service()
    _ = try subscribe(service, on: 2)
    _ = try subscribe(service, on: 3)
    let refusal = try service.refusal("events.unsubscribe", #"{"subscription_id": "sub_2"}"#)
    #expect(refusal.code == ServiceError.notFound.code)
    try service.call("events.unsubscribe", #"{"subscription_id": "sub_1"}"#, on: 2)
    service.center.assumeIsolated { $0.connectionClosed(3) }
    try addGuests(1, service)
    #expect(try service.takeNotifications(on: 2).isEmpty)
    #expect(try service.takeNotifications(on: 3).isEmpty)
    #expect(service.center.assumeIsolated { $0.subscriptions.isEmpty })
  }

  @Test func `a connection has so many subscriptions and no more`() throws {
    let service = try service()
    for _ in 0..<32 { _ = try subscribe(service, on: 1) }
    let refusal = try service.refusal("events.subscribe", "{}")
    #expect(refusal.code == ServiceError.limitExceeded.code)
    _ = try subscribe(service, on: 2)
  }

  @Test func `an unknown kind is refused with those that there are`() throws {
    let service = try service()
    let refusal = try service.refusal("events.subscribe", #"{"kinds": ["guest_exploded"]}"#)
    #expect(refusal.code == RPCError.Code.invalidParams)
    #expect(refusal.message.hasPrefix("params.kinds[0]: expected one of "))
    #expect(refusal.message.contains("guest_updated"))
  }

  // MARK: Coming back

  /// A reader who comes back again and again, each time with the last number that it saw, has seen
  /// everything once, wherever it left off and however little a turn tells.
  @Test(arguments: [1, 7, 100] as [Int])
  func `a reader that comes back at any place misses nothing and sees nothing twice`(_ step: Int)
    throws
  {
    var limits = EventLimits()
    limits.eventsPerTurn = step
    let service = try service(limits)
    try addGuests(30, service)
    try service.call("guest.update", #"{"guest_id": "gst_1", "party_size": 3}"#)
    let expected = try sequences(all(service))
    #expect(expected.count == 33)
    for place in 0...service.sequence {
      let connection = 100 + place
      _ = try subscribe(service, #"{"after_sequence": \#(place)}"#, on: connection)
      try service.tellAll()
      let told = try sequences(service.takeNotifications(on: connection))
      #expect(told == expected.filter { $0 > place })
      service.center.assumeIsolated { $0.connectionClosed(connection) }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `a reader that is cut off at random, between events and restarts, sees each event once`(
    seed: UInt64
  ) throws {
    let disk = MemoryStorage()
    var limits = EventLimits()
    limits.eventsPerTurn = 5
    var service = try InProcessService(on: disk, events: limits)
    try prepare(service)
    var chance = StableHash()
    chance.add(seed)
    var seen: [UInt64] = []
    var last = try subscribe(service, on: 2)
    let start = last
    var guests = 0
    for round in 0..<60 as Range<UInt64> {
      chance.add(round)
      try addGuests(Int(chance.value % 9) + 1, service, first: guests)
      guests += Int(chance.value % 9) + 1
      if chance.value & 0x30 == 0 { try service.tellAll() }
      let told = try sequences(service.takeNotifications(on: 2))
      // What was on its way when the connection broke is lost to the reader.
      let arrived = told.prefix(told.count - Int(chance.value >> 8 % 3) * told.count / 3)
      seen += arrived
      last = arrived.last ?? last
      guard chance.value & 0xC0 == 0 else {
        seen += told.dropFirst(arrived.count)
        last = told.last ?? last
        continue
      }
      if chance.value & 0x100 == 0 {
        if chance.value & 0x200 == 0 { try service.tellAll() }
        try service.close()
        service = try InProcessService(on: disk, events: limits)
        try service.recover()
      } else {
        service.center.assumeIsolated { $0.connectionClosed(2) }
        _ = try service.takeNotifications(on: 2)
      }
      _ = try subscribe(service, #"{"after_sequence": \#(last)}"#, on: 2)
    }
    try service.tellAll()
    seen += try sequences(service.takeNotifications(on: 2))
    let expected = try sequences(all(service)).filter { $0 > start }
    #expect(seen == expected, "seed \(seed)")
    #expect(expected.count == guests)
  }

  @Test func `events are the same after a restart`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    let campaign = try SampleCampaign(guests: SampleCampaign.guests(12)) {
      try service.call($0, $1)
    }
    try service.call("campaign.start", #"{"campaign_id": "\#(campaign.campaign)"}"#)
    try service.pass(.hours(1))
    try service.call(
      "message.receive",
      #"{"sender": "snd_1", "gateway_message_id": "wamid.1", "from": "+6281230000000", "sent_at": "2026-11-22T10:00:00.000Z", "content": {"type": "text", "text": "yes"}}"#
    )
    let before = try all(service)
    #expect(before.count > 30)
    #expect(before.contains { $0["kind"] == .string("message_received") })
    try service.close()
    let reopened = try InProcessService(on: disk)
    #expect(try all(reopened) == before)
    #expect(try all(reopened, limit: 7) == before)
  }

  @Test func `what two snapshots have swallowed is gone, and the oldest that is left is named`()
    throws
  {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try prepare(service)
    try service.call("system.snapshot")
    let covered = service.sequence
    try addGuests(1, service)
    try service.call("system.snapshot")
    try addGuests(2, service, first: 1)
    try service.close()
    let reopened = try InProcessService(on: disk)
    for method in ["events.subscribe", "events.list"] {
      let refusal = try reopened.refusal(method, #"{"after_sequence": \#(covered - 1)}"#)
      #expect(refusal.code == 1010)
      #expect(refusal.data?.text == #"{"kind":"gone","oldest_sequence":\#(covered + 1)}"#)
    }
    _ = try subscribe(reopened, #"{"after_sequence": \#(covered)}"#)
    try reopened.tellAll()
    #expect(try reopened.takeNotifications(on: 2).count == 3)
    let future = try reopened.refusal(
      "events.subscribe", #"{"after_sequence": \#(reopened.sequence + 1)}"#)
    #expect(future.data?.text.contains(#""path":"params.after_sequence""#) == true)
  }

  /// Read from the segments, an event says the same as before, who caused it and when included.
  @Test(arguments: [1, 2] as [Int])
  func `events from before a snapshot are the same after a restart`(_ snapshots: Int) throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    let campaign = try SampleCampaign(guests: SampleCampaign.guests(12)) {
      try service.call($0, $1)
    }
    var covered: UInt64 = 0
    if snapshots == 2 {
      try service.call("system.snapshot")
      covered = service.sequence
    }
    try service.call("campaign.start", #"{"campaign_id": "\#(campaign.campaign)"}"#)
    try service.pass(.hours(1))
    try service.call(
      "message.receive",
      #"{"sender": "snd_1", "gateway_message_id": "wamid.1", "from": "+6281230000000", "sent_at": "2026-11-22T10:00:00.000Z", "content": {"type": "text", "text": "yes"}}"#
    )
    try service.call("system.snapshot")
    try service.call("guest.update", #"{"guest_id": "gst_1", "party_size": 3}"#)
    let before = try all(service).filter { try number($0["sequence"]) > covered }
    #expect(before.count > 20)
    #expect(before.contains { $0["kind"] == .string("message_received") })
    try service.close()
    let reopened = try InProcessService(on: disk)
    #expect(try all(reopened) == before)
    #expect(try all(reopened, limit: 7) == before)
    _ = try subscribe(reopened, #"{"after_sequence": \#(covered)}"#)
    try reopened.tellAll()
    let told = try reopened.takeNotifications(on: 2)
    #expect(try sequences(told) == (try sequences(before)))
  }

  @Test func `an erasure ends the past, also after a restart, but a live reader misses nothing`()
    throws
  {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try prepare(service)
    try addGuests(2, service)
    _ = try subscribe(service)
    service.center.assumeIsolated { $0.snapshots.postpone(until: .now + .seconds(3600)) }
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    let told = try service.takeNotifications(on: 2)
    #expect(told.last?["kind"] == .string("guest_erased"))
    #expect(!told.contains { $0["kind"] == .string("lagged") })
    let kept = try all(service)
    #expect(kept.first?["kind"] == .string("guest_erased"))
    let erased = try number(kept.first?["sequence"])
    let refusal = try service.refusal("events.list", #"{"after_sequence": \#(erased - 2)}"#)
    #expect(refusal.data?.text == #"{"kind":"gone","oldest_sequence":\#(erased)}"#)
    try service.close()
    #expect(try all(try InProcessService(on: disk)) == kept)
  }

  // MARK: Lists

  @Test func `a list can be narrowed to a guest and continued from where it was`() throws {
    let service = try service()
    try addGuests(3, service)
    try service.call("guest.update", #"{"guest_id": "gst_2", "party_size": 3}"#)
    let found = try all(service, #", "guest_id": "gst_2""#)
    #expect(found.map { $0["kind"] } == [.string("guest_created"), .string("guest_updated")])
    let page = try service.call("events.list", #"{"guest_id": "gst_2"}"#)
    #expect(try number(page["as_of"]?["sequence"]) == service.sequence)
    let later = try service.call(
      "events.list", #"{"guest_id": "gst_2", "after_sequence": \#(service.sequence)}"#)
    #expect(later["items"] == .array([]) && later["next_cursor"] == nil)
  }
}
