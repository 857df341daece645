import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// A service that is started where nothing more can be written.
struct FullStartTests {
  private let sender = #"{"name": "Choir", "phone": "+351210000001"}"#

  @Test func `queries are answered, and changes once there is room`() throws {
    let disk = MemoryStorage()
    let first = try InProcessService(on: disk)
    try first.call("sender.create", sender)
    try first.close()
    disk.setCapacity(bytes: 0)
    let service = try InProcessService(on: disk)
    try service.recover()
    #expect(try service.call("sender.list", "{}")["items"]?.count == 1)
    let refusal = try service.refusal(
      "sender.create", #"{"name": "Band", "phone": "+351210000002"}"#)
    #expect(refusal == .storageFull)
    disk.setCapacity(bytes: .max)
    try service.call("sender.create", #"{"name": "Band", "phone": "+351210000002"}"#)
    #expect(service.center.assumeIsolated { !$0.turn.isRecoveryDue })
    try service.close()
    let last = try InProcessService(on: disk)
    #expect(try last.call("sender.list", "{}")["items"]?.count == 2)
  }

  @Test func `a fault is told in words`() {
    struct Wordless: Error { let guest = "Ayu" }
    #expect(RPCError.storageFull.sentence == RPCError.storageFull.message)
    #expect("\(RPCError.storageFull)" == RPCError.storageFull.message)
    #expect(
      StorageError(.open, "x", code: 2).sentence == "open of x failed: No such file or directory")
    #expect(Wordless().sentence == "a fault without words, Wordless")
  }

  @Test(arguments: ["initialize", "server/discover"])
  func `a client of another protocol is told what this is`(_ method: String) throws {
    let refusal = try InProcessService().refusal(method, "{}")
    #expect(refusal.code == RPCError.Code.methodNotFound)
    #expect(refusal.message.hasPrefix("This is Operation Center 0, a JSON-RPC 2.0 service"))
  }

  @Test func `many closed connections leave few lines, and their number`() {
    var log = ClosingLog()
    let start = ContinuousClock.now
    for number in 0..<100 {
      let lines = log.lines("127.0.0.1", "it was refused", at: start)
      #expect(lines.count == (number < ClosingLog.lines ? 1 : 0))
    }
    #expect(
      log.lines("127.0.0.1", "it was refused", at: start + ClosingLog.window) == [
        "closed 90 more connections since the last such line",
        "closed a connection of 127.0.0.1: it was refused",
      ])
  }
}

extension JSONValue {
  fileprivate var count: Int? {
    if case .array(let items) = self { items.count } else { nil }
  }
}
