import CampaignEngine
import Gateways
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

struct CancellationTests {
  private func service(on disk: MemoryStorage? = nil) throws -> (InProcessService, SampleCampaign) {
    let service = try disk.map { try InProcessService(on: $0) } ?? InProcessService()
    let sample = try SampleCampaign(guests: SampleCampaign.guests(40)) {
      try service.call($0, $1)
    }
    return (service, sample)
  }

  private func forecast(_ sample: SampleCampaign, id: String, seeds: Int = 1) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"campaign.forecast","params":{"campaign_id":"\#(sample.campaign)","seeds":\#(seeds)}}"#
  }

  private func snapshot(id: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"system.snapshot"}"#
  }

  private func cancel(_ id: String) -> String {
    #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(id)}}"#
  }

  private func cancelled(_ id: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":-32800,"message":"Request cancelled","data":{"kind":"request_cancelled"}}}"#
  }

  private func replies(of service: InProcessService) -> [String] {
    service.takeReplies().map { String(decoding: $0, as: UTF8.self) }
  }

  private func isResult(_ body: [UInt8], of id: String) -> Bool {
    String(decoding: body, as: UTF8.self).hasPrefix(#"{"jsonrpc":"2.0","id":\#(id),"result":{"#)
  }

  /// Nothing of other threads is let in between, as in one turn of the loop.
  @Test func `a forecast that runs is answered at once, and its result is thrown away`() throws {
    let (service, sample) = try service()
    #expect(service.begin(forecast(sample, id: "7", seeds: 20)) == nil)
    #expect(service.begin(cancel("7")) == nil)
    #expect(replies(of: service) == [cancelled("7")])
    // The next has its turn once the thread has ended; a second answer to the first would come before.
    service.begin(forecast(sample, id: "8"))
    #expect(isResult(try service.awaitReply(), of: "8"))
    #expect(service.begin(cancel("7")) == nil)
    #expect(service.begin(cancel("8")) == nil)
    #expect(replies(of: service).isEmpty)
    #expect(service.log.isEmpty)
  }

  @Test func `a forecast that waits is taken out of the queue`() throws {
    let (service, sample) = try service()
    for id in 1...5 { service.begin(forecast(sample, id: "\(id)")) }
    #expect(service.begin(forecast(sample, id: "6")) != nil)
    for id in 2...5 { service.begin(cancel("\(id)")) }
    #expect(replies(of: service) == (2...5).map { cancelled("\($0)") })
    // There is room again.
    #expect(service.begin(forecast(sample, id: "6")) == nil)
    #expect(isResult(try service.awaitReply(), of: "1"))
    #expect(isResult(try service.awaitReply(), of: "6"))
  }

  @Test func `a forecast that is stopped ends before its end`() throws {
    let (service, sample) = try service()
    let campaign = try #require(CampaignID(wireText: sample.campaign))
    let forecast = Forecast(
      state: service.state, asOf: service.center.assumeIsolated { $0.asOf }, campaign: campaign,
      seeds: 20, simulator: SimulatorSettings())
    forecast.stop.set()
    #expect {
      try forecast.run()
    } throws: { ($0 as? RPCError)?.code == RPCError.Code.requestCancelled }
  }

  @Test func `a snapshot that is not begun is not made, and one that is goes on`() throws {
    let disk = MemoryStorage()
    let (service, _) = try service(on: disk)
    service.begin(snapshot(id: #""a""#))
    service.begin(cancel(#""a""#))
    try service.commit()
    #expect(replies(of: service) == [cancelled(#""a""#)])
    #expect(!service.center.assumeIsolated { $0.isSnapshotRunning })

    service.begin(snapshot(id: "1"))
    try service.commit()
    #expect(service.center.assumeIsolated { $0.isSnapshotRunning })
    _ = try service.exchange(Array(cancel("1").utf8))
    #expect(replies(of: service) == [cancelled("1")])
    // Nothing has changed since the one that nobody waited for.
    #expect(try service.call("system.snapshot")["bytes"]?.isNull == true)
    #expect(service.log.isEmpty)
  }

  @Test func `one of two who wait for a snapshot may give up`() throws {
    let (service, _) = try service(on: MemoryStorage())
    service.begin(snapshot(id: "1"))
    service.begin(snapshot(id: "2"))
    service.begin(cancel("1"))
    #expect(replies(of: service) == [cancelled("1")])
    try service.commit()
    #expect(isResult(try service.awaitReply(), of: "2"))
  }

  @Test func `jobs of a batch are cancelled one by one, and it is answered whole`() throws {
    let (service, sample) = try service()
    let ping = #"{"jsonrpc":"2.0","id":2,"method":"system.ping"}"#
    service.begin("[\(forecast(sample, id: "1")),\(ping),\(forecast(sample, id: "3"))]")
    service.begin(cancel("3"))
    service.begin(cancel("2"))
    #expect(replies(of: service).isEmpty)
    service.begin(cancel("1"))
    let pong = #"{"jsonrpc":"2.0","id":2,"result":{"pong":true}}"#
    #expect(replies(of: service) == ["[\(cancelled("1")),\(pong),\(cancelled("3"))]"])
  }

  @Test func `a batch may cancel its own job, whose work is dropped`() throws {
    let (service, sample) = try service()
    service.begin(forecast(sample, id: "1"))
    for _ in 1...10 {
      let body = service.begin("[\(forecast(sample, id: "2")),\(cancel("2"))]")
      #expect(body.map { String(decoding: $0, as: UTF8.self) } == "[\(cancelled("2"))]")
    }
    service.begin("[\(forecast(sample, id: "3")),\(cancel("1"))]")
    #expect(replies(of: service) == [cancelled("1")])
    let batch = String(decoding: try service.awaitReply(), as: UTF8.self)
    #expect(batch.hasPrefix(#"[{"jsonrpc":"2.0","id":3,"result""#))
  }

  @Test func `a request is cancelled by its id on its own connection only`() throws {
    let (service, sample) = try service()
    service.begin(forecast(sample, id: "1"), on: 1)
    service.begin(forecast(sample, id: #""1""#), on: 1)
    service.begin(forecast(sample, id: "1"), on: 2)
    service.begin(cancel("1"), on: 3)
    service.begin(cancel("2"), on: 1)
    #expect(replies(of: service).isEmpty)
    service.begin(cancel("1.0"), on: 1)
    #expect(replies(of: service) == [cancelled("1")])
    #expect(isResult(try service.awaitReply(), of: #""1""#))
    #expect(isResult(try service.awaitReply(), of: "1"))
  }

  @Test func `a connection that is gone cancels everything of it and nothing else`() throws {
    let (service, sample) = try service(on: MemoryStorage())
    service.begin("[\(forecast(sample, id: "1", seeds: 20)),\(snapshot(id: "2"))]", on: 7)
    for id in 3...5 { service.begin(forecast(sample, id: "\(id)", seeds: 20), on: 7) }
    service.begin(forecast(sample, id: "6"), on: 8)
    service.center.assumeIsolated { $0.connectionClosed(7) }
    try service.commit()
    #expect(!service.center.assumeIsolated { $0.isSnapshotRunning })
    #expect(service.center.assumeIsolated { $0.jobs.count } == 1)
    #expect(isResult(try service.awaitReply(), of: "6"))
    #expect(replies(of: service).isEmpty)
    #expect(service.log.isEmpty)
  }
}
