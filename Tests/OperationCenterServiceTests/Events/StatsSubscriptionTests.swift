import CampaignEngine
import JSONRPC
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// A campaign's numbers, told as they change.
struct StatsSubscriptionTests: EventReading {
  private let service: InProcessService
  private let sample: SampleCampaign

  init() throws {
    let service = try InProcessService()
    sample = try SampleCampaign(guests: SampleCampaign.guests(12)) { try service.call($0, $1) }
    self.service = service
  }

  private var params: String { #"{"campaign_id": "\#(sample.campaign)"}"# }

  private func subscribeToNumbers() throws {
    try service.call(
      "stats.subscribe", #"{"campaign_id": "\#(sample.campaign)", "every": "500ms"}"#, on: 2)
  }

  private func told() throws -> [JSONValue] {
    try service.tellAll()
    return try service.takeNotifications(on: 2)
  }

  @Test func `the whole answer comes at once, and then at most every so often`() throws {
    try subscribeToNumbers()
    let first = try told()
    #expect(first.map { $0["subscription_id"] } == [.string("sub_1")])
    #expect(first.first?["statistics"] == (try service.call("stats.campaign", params)))
    try service.call("campaign.start", params)
    #expect(try told().isEmpty)
    service.pass(milliseconds: 499)
    #expect(try told().isEmpty)
    #expect(service.center.assumeIsolated { $0.millisecondsToNextStatistics } == 1)
    service.pass(milliseconds: 1)
    let second = try told()
    #expect(second.count == 1)
    #expect(second.first?["statistics"] == (try service.call("stats.campaign", params)))
    service.pass(milliseconds: 500)
    #expect(try told().isEmpty, "nothing has changed")
  }

  @Test func `a reader that is behind gets the newest numbers and none between`() throws {
    try subscribeToNumbers()
    _ = try told()
    service.center.assumeIsolated { $0.connectionFilled(2) }
    try service.call("campaign.start", params)
    service.pass(milliseconds: 600)
    #expect(try told().isEmpty)
    #expect(service.center.assumeIsolated { $0.millisecondsToNextStatistics } == nil)
    try service.call("campaign.pause", params)
    service.pass(milliseconds: 600)
    #expect(try told().isEmpty)
    service.center.assumeIsolated { $0.connectionDrained(2) }
    let news = try told()
    #expect(news.map { $0["statistics"]?["status"] } == [.string("paused")])
  }

  @Test func `numbers follow the reply of the call that asks for them`() throws {
    let call = Call(
      id: 9, method: "stats.subscribe", params: RawJSON(validated: Array(params.utf8)))
    service.center.assumeIsolated { _ = $0.answer(call.encoded()[...], from: 2) }
    #expect(try service.takeNotifications(on: 2).isEmpty)
    #expect(try told().count == 1)
  }

  @Test func `it ends when it is asked to, with its connection, and with its campaign`() throws {
    try subscribeToNumbers()
    let refusal = try service.refusal("stats.unsubscribe", #"{"subscription_id": "sub_1"}"#)
    #expect(refusal.code == ServiceError.notFound.code)
    try service.call("stats.unsubscribe", #"{"subscription_id": "sub_1"}"#, on: 2)
    try subscribeToNumbers()
    service.center.assumeIsolated { $0.connectionClosed(2) }
    #expect(service.center.assumeIsolated { $0.subscriptions.isEmpty })
    try subscribeToNumbers()
    _ = try told()
    try service.call("campaign.delete", params)
    service.pass(milliseconds: 500)
    #expect(try told().isEmpty)
    #expect(service.center.assumeIsolated { $0.subscriptions.isEmpty })
  }

  @Test func `it counts among the subscriptions of a connection`() throws {
    for _ in 0..<31 { _ = try subscribe(service, on: 1) }
    try service.call("stats.subscribe", params)
    #expect(
      try service.refusal("stats.subscribe", params).code == ServiceError.limitExceeded.code)
  }

  @Test func `at the end of the input the last numbers are told`() throws {
    try subscribeToNumbers()
    _ = try told()
    try service.call("campaign.start", params)
    #expect(service.center.assumeIsolated { $0.inputEnded(on: 2) })
    #expect(try told().map { $0["statistics"]?["status"] } == [.string("running")])
    #expect(service.closed == [2])
  }

  @Test func `however many want numbers, a turn looks at a few`() throws {
    for connection in 10..<60 as Range<UInt64> {
      try service.call("stats.subscribe", params, on: connection)
    }
    service.pass(milliseconds: 500)
    try service.call("campaign.start", params)
    try service.tellAll()
    for connection in 10..<60 as Range<UInt64> {
      #expect(try service.takeNotifications(on: connection).count == 2, "\(connection)")
    }
  }
}
