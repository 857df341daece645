import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// Lists that are too long for one call are read on another thread, while other calls are answered.
struct LongReadTests {
  private let service: InProcessService
  private let sample: SampleCampaign

  init() throws {
    let service = try InProcessService(on: MemoryStorage(), pace: Pace(tests: 8, walks: 4))
    sample = try SampleCampaign(guests: SampleCampaign.guests(40)) { try service.call($0, $1) }
    self.service = service
  }

  private func request(_ id: Int, _ method: String, _ params: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params)}}"#
  }

  private func preview(_ id: Int) -> String {
    request(
      id, "guest.preview",
      #""project_id":"\#(sample.project)","campaign_id":"\#(sample.campaign)","limit":1"#)
  }

  private func start(_ id: Int, _ more: String = "") -> String {
    request(id, "campaign.start", #""campaign_id":"\#(sample.campaign)"\#(more)"#)
  }

  private func cancel(_ id: Int) -> String {
    #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(id)}}"#
  }

  private func answer(_ body: [UInt8]) throws -> (id: JSONValue?, result: JSONValue?, code: String?)
  {
    let answer = try JSON.decode(JSONValue.self, from: body)
    guard case .number(let code)? = answer["error"]?["code"] else {
      return (answer["id"], answer["result"], nil)
    }
    return (answer["id"], nil, code)
  }

  private func awaitAnswer() throws -> (id: JSONValue?, result: JSONValue?, code: String?) {
    try answer(try service.awaitReply())
  }

  private var status: JSONValue? {
    get throws {
      try service.call("campaign.get", #"{"campaign_id": "\#(sample.campaign)"}"#)["status"]
    }
  }

  private func number(_ value: JSONValue?) -> Int {
    guard case .number(let text)? = value else { return -1 }
    return Int(text) ?? -1
  }

  private func eligible() throws -> Int {
    try number(
      service.call(
        "guest.preview",
        #"{"project_id": "\#(sample.project)", "campaign_id": "\#(sample.campaign)"}"#)["eligible"])
  }

  @Test func `calls that come later are answered first and change nothing that is read`() throws {
    let before = try eligible()
    #expect(service.begin(preview(1)) == nil)
    let deleted = service.begin(request(2, "guest.delete", #""guest_id":"gst_1""#))
    #expect(try answer(try #require(deleted)).result != nil)
    #expect(try number(awaitAnswer().result?["eligible"]) == before)
    #expect(try eligible() == before - 1)
  }

  @Test func `a start begins with its answer, and names the numbers of the preview`() throws {
    let eligible = try eligible()
    #expect(service.begin(start(1, #","expected_eligible":\#(eligible)"#)) == nil)
    #expect(try status == .string("draft"))
    let started = try awaitAnswer()
    #expect(started.result?["status"] == .string("running"))
    #expect(number(started.result?["enrolment"]?["total"]) == 40)
    #expect(try status == .string("running"))
    try service.run(until: service.now)
    let stats = try service.call("stats.campaign", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(number(stats["audience"]) == 40)
    #expect(number(stats["executions"]?["skipped"]) == 40 - eligible)
  }

  @Test func `a start whose expectation is wrong is refused, and so is a second one`() throws {
    service.begin(start(1, #","expected_eligible":1"#))
    #expect(try awaitAnswer().code == "1003")
    #expect(try status == .string("draft"))
    service.begin(start(2))
    service.begin(start(3))
    #expect(try awaitAnswer().result != nil)
    #expect(try awaitAnswer().code == "1002")
  }

  @Test func `a start that is given up does not take place`() throws {
    service.begin(start(1))
    service.begin(start(2))
    service.begin(cancel(1))
    service.begin(cancel(2))
    #expect(try service.takeReplies().map { try answer($0).code } == ["-32800", "-32800"])
    // One thread counts at a time: after this answer all that came before has ended.
    service.begin(start(3, #","expected_eligible":1"#))
    #expect(try awaitAnswer().code == "1003")
    #expect(try status == .string("draft"))
    #expect(service.takeReplies().isEmpty)
    #expect(service.log.isEmpty)
  }

  @Test func `a start whose caller is gone takes place all the same`() throws {
    service.begin(start(1), on: 7)
    service.center.assumeIsolated { $0.connectionClosed(7) }
    service.begin(start(2))
    #expect(try awaitAnswer().code == "1002")
    #expect(try status == .string("running"))
    #expect(service.takeReplies().isEmpty)
  }

  @Test func `a campaign that is changed while it is counted is not started`() throws {
    service.begin(start(1))
    let change = request(
      2, "campaign.update",
      #""campaign_id":"\#(sample.campaign)","guest_filter":{"categories":["vip"]}"#)
    #expect(try answer(try #require(service.begin(change))).result != nil)
    let refused = try JSON.decode(JSONValue.self, from: service.awaitReply())
    #expect(refused["error"]?["data"]?["reason"] == .string("audience_changed"))
    #expect(try status == .string("draft"))
  }

  @Test func `a migration goes to the version that was counted`() throws {
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    let flow = try service.call("chatflow.get", #"{"chatflow_id": "flw_1"}"#)
    func save(_ id: Int) throws {
      var params: WireMap<JSONValue> = ["chatflow_id": .string("flw_1")]
      params["nodes"] = flow["nodes"]
      params["edges"] = flow["edges"]
      try service.call("chatflow.update", .object(params.entries))
    }
    try save(1)
    service.begin(request(2, "campaign.migrate", #""campaign_id":"\#(sample.campaign)""#))
    try save(3)
    #expect(try number(awaitAnswer().result?["to_version"]) == 2)
    let campaign = try service.call("campaign.get", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(number(campaign["chatflow_version"]) == 2)
  }

  @Test func `a repeat with the same key joins the start, and another call conflicts`() throws {
    let key = #","idempotency_key":"k""#
    service.begin(start(1, key))
    service.begin(start(2, key))
    service.begin(start(3, #","expected_eligible":2"# + key))
    let (first, second) = (try awaitAnswer(), try awaitAnswer())
    #expect(first.result != nil && first.result == second.result)
    #expect(try awaitAnswer().code == "1003")
    let again = try #require(service.begin(start(4, key)))
    #expect(try answer(again).result == first.result)
    #expect(service.state.checkInvariants().isEmpty)
  }

  @Test func `what has changed before the answer is refused then`() throws {
    service.begin(start(1))
    let deleted = service.begin(
      request(2, "campaign.delete", #""campaign_id":"\#(sample.campaign)""#))
    #expect(try answer(try #require(deleted)).result != nil)
    #expect(try awaitAnswer().code == "1001")
  }

  @Test func `so many wait, and no more`() throws {
    let longest = WorkQueue.Kind.reading.longest
    for id in 0...longest { #expect(service.begin(preview(id)) == nil) }
    let refused = try #require(service.begin(preview(99)))
    #expect(try answer(refused).code == "\(RPCError.Code.overloaded)")
    // Others do not wait for them.
    let ping = try #require(service.begin(request(100, "system.ping", "")))
    #expect(try answer(ping).result != nil)
    for id in 1...longest { service.begin(cancel(id)) }
    #expect(service.takeReplies().count == longest)
    #expect(try awaitAnswer().id == .number("0"))
    #expect(service.begin(preview(101)) == nil)
    #expect(try awaitAnswer().result != nil)
  }

  @Test func `a dry run of a bulk operation over many judges each`() throws {
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.run(until: service.now)
    let params = #""campaign_id":"\#(sample.campaign)","query":"category != x","dry_run":true"#
    #expect(service.begin(request(1, "execution.bulk_cancel", params)) == nil)
    let counts = try #require(try awaitAnswer().result?["counts"])
    #expect(number(counts["selected"]) == 40)
    let stats = try service.call("stats.campaign", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(number(counts["refused"]) == number(stats["executions"]?["skipped"]))
    #expect(number(stats["executions"]?["cancelled"]) == 0)
  }
}
