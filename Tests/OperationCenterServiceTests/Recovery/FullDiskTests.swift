import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// A disk without room refuses changes before they happen; whatever only asks goes on.
struct FullDiskTests {
  private static let sender = #"{"name": "Choir", "phone": "+351210000001"}"#

  @Test func `a full disk refuses changes and answers questions until there is room again`() throws
  {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    disk.setCapacity(bytes: 0)
    // What was claimed ahead may still be written to.
    var refusal: RPCError?
    var created = 0
    while refusal == nil, created < 100_000 {
      let phone = 351_210_000_000 + created
      do {
        try service.call("sender.create", #"{"name": "Choir", "phone": "+\#(phone)"}"#)
        created += 1
      } catch let error as RPCError {
        refusal = error
      }
    }
    #expect(refusal?.code == ServiceError.storageFailed.code)
    #expect(refusal?.data?.text == #"{"kind":"storage_failed","reason":"storage_full"}"#)
    #expect(try service.call("system.info")["counts"]?["senders"] == .number("\(created)"))
    disk.setCapacity(bytes: .max)
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351219999999"}"#)
    try service.close()
    let after = try InProcessService(on: disk)
    #expect(try after.call("system.info")["counts"]?["senders"] == .number("\(created + 1)"))
  }

  @Test func `a snapshot that finds no room is refused and the journal goes on`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try service.call("sender.create", Self.sender)
    disk.setCapacity(bytes: 0)
    #expect(try service.refusal("system.snapshot", "{}").code == ServiceError.storageFailed.code)
    disk.setCapacity(bytes: .max)
    #expect(try service.call("system.snapshot")["bytes"]?.isNull == false)
    try service.close()
    let after = try InProcessService(on: disk)
    #expect(try after.call("sender.get", #"{"sender_id": "snd_1"}"#)["name"] == .string("Choir"))
  }
}
