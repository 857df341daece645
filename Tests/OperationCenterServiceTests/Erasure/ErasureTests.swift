import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// Whether what is on disk forgets a guest, and whether the service says so truthfully.
struct ErasureTests {
  private static let name = "Rosamunde Lima"

  private func guest(in service: InProcessService) throws {
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
    try service.call(
      "guest.create",
      #"{"project_id": "prj_1", "name": "\#(Self.name)", "phone": "+351912000101", "idempotency_key": "k"}"#
    )
  }

  private func status(in service: InProcessService) throws -> JSONValue {
    try service.call("guest.erasure_status", #"{"guest_id": "gst_1"}"#)
  }

  /// Every file of the data directory that has the name in it.
  private func files(with name: String, on disk: MemoryStorage) throws -> [String] {
    try files(with: Array(name.utf8), on: disk)
  }

  private func files(with needle: [UInt8], on disk: MemoryStorage) throws -> [String] {
    var found: [String] = []
    for folder in ["/data", "/data/journal", "/data/snapshot", "/data/quarantine"] {
      for file in try disk.list(folder) {
        let path = "\(folder)/\(file)"
        guard try disk.attributes(path)?.kind == .file else { continue }
        let token = try disk.open(path, .read)
        defer { disk.close(token) }
        let bytes = try disk.read(token, count: try disk.size(of: token), at: 0)
        if bytes.firstRange(of: needle) != nil { found.append(path) }
      }
    }
    return found
  }

  @Test func `old files go after an erasure, and the status says when`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try guest(in: service)
    try service.call("system.snapshot")
    #expect(try status(in: service)["state"] == .string("not_erased"))
    #expect(try files(with: Self.name, on: disk).count == 2)
    let erased = try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    #expect(erased["state"] == .string("waiting_for_storage"))
    #expect(erased["waiting_for"] == .array([.string("journal"), .string("snapshot")]))
    // The snapshot was asked for by the erasure itself.
    #expect(try status(in: service)["state"] == .string("done"))
    #expect(try files(with: Self.name, on: disk).isEmpty)
    try service.close()
    let after = try InProcessService(on: disk)
    try after.recover()
    #expect(try status(in: after)["state"] == .string("done"))
    #expect(after.state.checkInvariants().isEmpty)
  }

  @Test func `an erasure that a stop interrupts is finished after the next start`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try guest(in: service)
    service.center.assumeIsolated { $0.snapshots.postpone(until: .now + .seconds(3600)) }
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    #expect(try status(in: service)["waiting_for"] == .array([.string("journal")]))
    try service.close()
    #expect(try !files(with: Self.name, on: disk).isEmpty)
    let after = try InProcessService(on: disk)
    #expect(try status(in: after)["state"] == .string("waiting_for_storage"))
    #expect(try status(in: after)["state"] == .string("done"))
    #expect(try files(with: Self.name, on: disk).isEmpty)
  }

  /// As digits, and as the number that a stored row has.
  private func files(withNumber number: UInt64, on disk: MemoryStorage) throws -> [String] {
    var writer = BinaryWriter()
    Phone(number: number).writeBinary(&writer)
    return try files(with: String(number), on: disk) + files(with: writer.bytes, on: disk)
  }

  @Test func `no file has the number of one who opted out, and the opt-out holds after a restart`()
    throws
  {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try guest(in: service)
    try service.call(
      "message.receive",
      #"{"sender": "snd_1", "gateway_message_id": "w1", "from": "+351912000101", "sent_at": "2026-11-22T09:30:00.000Z", "content": {"type": "text", "text": "stop"}}"#
    )
    try service.call("system.snapshot")
    #expect(try !files(withNumber: 351_912_000_101, on: disk).isEmpty)
    #expect(try disk.attributes("/data/SECRET") == nil)
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    #expect(try status(in: service)["state"] == .string("done"))
    #expect(try files(withNumber: 351_912_000_101, on: disk).isEmpty)
    #expect(try disk.attributes("/data/SECRET")?.mode == 0o600)
    try service.close()
    let after = try InProcessService(on: disk)
    try after.call(
      "guest.create", #"{"project_id": "prj_1", "name": "Rosa", "phone": "+351912000101"}"#)
    #expect(
      try after.call("guest.get", #"{"guest_id": "gst_2"}"#)["subscription"]
        == .string("opted_out"))
  }

  @Test func `a key that is lost is told, and a key that is damaged stops the start`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try guest(in: service)
    try service.call(
      "guest.update", #"{"guest_id": "gst_1", "subscription": "opted_out"}"#)
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    try service.close()
    try disk.unlink("/data/SECRET")
    let without = try InProcessService(on: disk)
    #expect(without.log.contains { $0.contains("SECRET is missing") })
    try without.close()
    let token = try disk.open("/data/SECRET", .createNew)
    _ = try disk.write(token, [1, 2, 3], at: 0)
    disk.close(token)
    #expect(throws: JournalError.self) { try InProcessService(on: disk) }
  }

  @Test func `a cut tail is older too, and goes with the rest`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try guest(in: service)
    try service.close()
    let token = try disk.open("/data/quarantine/old.tail", .createNew)
    _ = try disk.write(token, Array(Self.name.utf8)[...], at: 0)
    disk.close(token)
    let after = try InProcessService(on: disk)
    let erased = try after.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    #expect(erased["waiting_for"] == .array([.string("journal"), .string("quarantine")]))
    #expect(try status(in: after)["state"] == .string("done"))
    #expect(try files(with: Self.name, on: disk).isEmpty)
  }

  @Test func `a service that keeps nothing is done at once`() throws {
    let service = try InProcessService()
    try guest(in: service)
    let erased = try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    #expect(erased["state"] == .string("done"))
  }

  @Test func `a key whose result showed the guest does nothing again`() throws {
    let service = try InProcessService()
    try guest(in: service)
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    let refusal = try service.refusal(
      "guest.create",
      #"{"project_id": "prj_1", "name": "\#(Self.name)", "phone": "+351912000101", "idempotency_key": "k"}"#
    )
    #expect(refusal.code == ServiceError.conflict.code)
    #expect(refusal.data?.text == #"{"kind":"conflict","reason":"result_erased"}"#)
    #expect(service.state.project(of: 0).guests.count == 1)
  }

  @Test func `an export is whole over its pages`() throws {
    let service = try InProcessService()
    try guest(in: service)
    func write(_ number: Int) throws {
      try service.call(
        "message.receive",
        #"{"sender": "snd_1", "gateway_message_id": "w\#(number)", "from": "+351912000101", "sent_at": "2026-11-22T09:30:00.000Z", "content": {"type": "text", "text": "\#(number)"}}"#
      )
    }
    for number in 0..<5 { try write(number) }
    var texts: [JSONValue] = []
    var cursor = ""
    var pages = 0
    repeat {
      let page = try service.call(
        "guest.export", #"{"guest_id": "gst_1", "limit": 2, "cursor": "\#(cursor)"}"#)
      guard case .array(let messages)? = page["messages"] else { throw Fault("no messages") }
      texts += messages.compactMap { $0["content"]?["text"] }
      #expect((page["guest"]?.isNull == false) == (pages == 0))
      // What comes meanwhile moves nothing.
      if pages == 0 { try write(5) }
      pages += 1
      if case .string(let next)? = page["next_cursor"] { cursor = next } else { cursor = "" }
    } while !cursor.isEmpty
    #expect(pages == 3)
    #expect(texts == (0...5).map { .string("\($0)") })
  }

  @Test func `an export of a deleted guest shows the person, and what they wrote since at the end`()
    throws
  {
    let service = try InProcessService()
    try guest(in: service)
    func write(_ text: String) throws {
      try service.call(
        "message.receive",
        #"{"sender": "snd_1", "gateway_message_id": "\#(text)", "from": "+351912000101", "sent_at": "2026-11-22T09:30:00.000Z", "content": {"type": "text", "text": "\#(text)"}}"#
      )
    }
    try write("hello")
    try write("stop")
    try service.call("guest.delete", #"{"guest_id": "gst_1"}"#)
    try write("still there?")
    let export = try service.call("guest.export", #"{"guest_id": "gst_1"}"#)
    #expect(export["deleted"] == .bool(true))
    #expect(export["person"]?["subscription"] == .string("opted_out"))
    guard case .array(let messages)? = export["messages"] else { throw Fault("no messages") }
    let texts = messages.compactMap { $0["content"]?["text"] }
    #expect(texts == ["hello", "stop", "still there?"].map(JSONValue.string))
  }
}
