import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

import OperationCenterService

struct IdempotencyTests {
  private static let sender =
    #"{"name": "Choir", "phone": "+351210000001", "idempotency_key": "k"}"#

  private func count(
    _ list: String, _ params: String = #"{"limit": 500}"#, in service: InProcessService
  ) throws -> Int {
    guard case .array(let items)? = try service.call(list, params)["items"] else { return -1 }
    return items.count
  }

  @Test func `the same key and params give the first result and change nothing`() throws {
    let service = try InProcessService()
    let first = try service.call("sender.create", Self.sender)
    let sequence = service.sequence
    try service.pass(.hours(1))
    // Neither the order of keys nor a default that is spelled out makes other params.
    let spelling =
      #"{"idempotency_key": "k", "phone": "+351210000001", "currency": "USD", "name": "Choir"}"#
    #expect(try service.call("sender.create", spelling) == first)
    #expect(try count("sender.list", in: service) == 1)
    #expect(service.sequence == sequence)
  }

  @Test func `the same key and other params are a conflict`() throws {
    let service = try InProcessService()
    try service.call("sender.create", Self.sender)
    let other = #"{"name": "Band", "phone": "+351210000002", "idempotency_key": "k"}"#
    let refusal = try service.refusal("sender.create", other)
    #expect(refusal.code == ServiceError.conflict.code)
    #expect(
      refusal.data?.text == #"{"kind":"conflict","reason":"idempotency_key_reused"}"#)
    #expect(try count("sender.list", in: service) == 1)
  }

  @Test func `each method has keys of its own`() throws {
    let service = try InProcessService()
    try service.call("sender.create", Self.sender)
    try service.call(
      "project.create",
      #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC", "idempotency_key": "k"}"#)
    #expect(try count("project.list", in: service) == 1)
  }

  @Test func `a refusal is not remembered`() throws {
    let service = try InProcessService()
    let project =
      #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC", "idempotency_key": "k"}"#
    #expect(try service.refusal("project.create", project).code == ServiceError.notFound.code)
    try service.call("sender.create", Self.sender)
    #expect(try service.call("project.create", project)["id"] == .string("prj_1"))
  }

  @Test func `a key is forgotten after a day`() throws {
    let service = try InProcessService()
    try service.call("sender.create", Self.sender)
    try service.pass(TimeSpan(milliseconds: 24 * 3_600_000 - 1))
    #expect(try service.call("sender.create", Self.sender)["id"] == .string("snd_1"))
    try service.pass(TimeSpan(milliseconds: 1))
    let refusal = try service.refusal("sender.create", Self.sender)
    #expect(refusal.data?.text.contains("phone_in_use") == true)
  }

  @Test(arguments: [false, true])
  func `keys are remembered through a restart`(_ hasSnapshot: Bool) throws {
    let disk = MemoryStorage()
    let before = try InProcessService(on: disk)
    let first = try before.call("sender.create", Self.sender)
    if hasSnapshot { try before.call("system.snapshot") }
    try before.close()
    let after = try InProcessService(on: disk)
    try after.recover()
    #expect(try after.call("sender.create", Self.sender) == first)
    let other = #"{"name": "Band", "phone": "+351210000002", "idempotency_key": "k"}"#
    #expect(try after.refusal("sender.create", other).code == ServiceError.conflict.code)
    try after.pass(.hours(24))
    #expect(try after.refusal("sender.create", Self.sender).message.contains("already"))
  }

  /// The entry stands in the group of its command: a power cut takes both or none.
  @Test func `a power cut before the commit takes the key with its change`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    let call = Call(
      id: 1, method: "sender.create", params: RawJSON(validated: Array(Self.sender.utf8)))
    _ = service.center.assumeIsolated { $0.answer(call.encoded()[...]) }
    let after = try InProcessService(on: disk.crashed())
    #expect(try count("sender.list", in: after) == 0)
    #expect(try after.call("sender.create", Self.sender)["id"] == .string("snd_1"))
  }

  @Test func `a repeated import gets its items again`() throws {
    let service = try InProcessService()
    try service.call("sender.create", Self.sender)
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
    let rows = (0..<200).map { #"{"name": "Guest \#($0)", "phone": "+3519120\#(10000 + $0)"}"# }
    let list =
      #"{"project_id": "prj_1", "idempotency_key": "list", "rows": [\#(rows.joined(separator: ","))]}"#
    let first = try service.call("guest.import", list)
    #expect(first["counts"]?["created"] == .number("200"))
    #expect(try service.call("guest.import", list) == first)
    let guests = #"{"project_id": "prj_1", "limit": 500}"#
    #expect(try count("guest.list", guests, in: service) == 200)
  }
}
