import CampaignEngine
import Gateways
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

struct ForecastTests {
  private static let start = time("2026-11-14T03:00:00.000Z")
  private static let end = time("2027-02-01T00:00:00.000Z")

  private func draft(
    _ count: Int = 40, storage: MemoryStorage? = nil, simulator: SimulatorSettings = .init()
  ) throws -> (InProcessService, SampleCampaign) {
    let service =
      try storage.map { try InProcessService(on: $0, at: Self.start, simulator: simulator) }
      ?? InProcessService(at: Self.start, simulator: simulator)
    let sample = try SampleCampaign(guests: SampleCampaign.guests(count)) {
      try service.call($0, $1)
    }
    return (service, sample)
  }

  private func forecast(
    _ sample: SampleCampaign, _ more: String = "", in service: InProcessService
  ) throws -> JSONValue {
    try service.call("campaign.forecast", #"{"campaign_id": "\#(sample.campaign)"\#(more)}"#)
  }

  private func state(of service: InProcessService) throws -> [[UInt8]] {
    var blocks: [[UInt8]] = []
    try service.state.encodeSnapshot { tag, payload in
      blocks.append([UInt8(tag.rawValue)] + payload)
    }
    return blocks
  }

  private func number(_ value: JSONValue?) -> Int {
    guard case .number(let text)? = value else { return -1 }
    return Int(text) ?? -1
  }

  /// The strongest thing to be said of a forecast: with the same guests it comes true.
  @Test func `a forecast with the seed of the simulator says what then happens`() throws {
    let (service, sample) = try draft()
    let forecast = try forecast(sample, #", "seeds": 1"#, in: service)
    #expect(forecast["status"] == .string("draft"))
    #expect(forecast["action"] == .string("start"))
    let run = try #require(forecast["runs"]?[0])
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    let campaign = try #require(CampaignID(wireText: sample.campaign))
    while service.state[campaign].status == .running,
      let due = service.center.assumeIsolated({
        $0.nextDue
      })
    {
      try service.run(until: due)
    }
    let stats = try service.call("stats.campaign", #"{"campaign_id": "\#(sample.campaign)"}"#)
    for key in ["executions", "outcomes", "messages", "cost", "rsvp"] {
      #expect(run[key] == stats[key])
    }
    #expect(run["replies"] == stats["inbound"]?["total"])
    let ended = try service.call("campaign.get", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(run["finished_at"] == ended["ended_at"])
    #expect(number(run["outcomes"]?["attending"]) > 3)
  }

  @Test func `a forecast of both profiles plays each as if it were the only one`() throws {
    let (service, sample) = try draft()
    let both = try forecast(sample, #", "seeds": 2, "profiles": ["real", "eager"]"#, in: service)
    let seeds = (0..<5).map { number(both["runs"]?[$0]?["seed"]) }
    #expect(seeds == [1, 2, 1, 2, -1])
    for (place, profile) in ["real", "eager"].enumerated() {
      #expect(both["profiles"]?[place]?["profile"] == .string(profile))
      #expect(both["runs"]?[place * 2]?["profile"] == .string(profile))
      let alone = try forecast(
        sample, #", "seeds": 2, "simulator": {"guests": {"profile": "\#(profile)"}}"#, in: service)
      #expect(both["profiles"]?[place]?["spread"] == alone["spread"])
      #expect(alone["profiles"] == nil)
      let end = both["runs"]?[place * 2]?["finished_at"]
      #expect(end != nil && end == alone["runs"]?[0]?["finished_at"])
    }
    #expect(both["profiles"]?[0]?["spread"] != both["profiles"]?[1]?["spread"])
  }

  @Test(arguments: [
    (#""profiles": ["eager"], "simulator": {}"#, "one_of"), (#""profiles": []"#, "too_short"),
    (#""profiles": ["eager", "eager"]"#, "duplicate"), (#""profiles": ["lazy"]"#, "not_one_of"),
  ])
  func `guests of a forecast are said once`(_ more: String, _ reason: String) throws {
    let (service, sample) = try draft(2)
    let error = try #require(throws: RPCError.self) {
      try forecast(sample, ", \(more)", in: service)
    }
    #expect(error.data?.text.contains(#""reason":"\#(reason)""#) == true)
  }

  @Test func `a forecast changes nothing, in memory or on the disk`() throws {
    let disk = MemoryStorage()
    let (service, sample) = try draft(storage: disk)
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.run(until: Self.start + .hours(7))
    let (before, sequence) = (try state(of: service), service.sequence)
    let forecast = try forecast(sample, #", "seeds": 3"#, in: service)
    #expect(forecast["status"] == .string("running"))
    #expect(forecast["action"]?.isNull == true)
    #expect(try state(of: service) == before)
    #expect(service.sequence == sequence)
    let reopened = try InProcessService(on: disk.copy(), at: Self.start)
    #expect(reopened.sequence == sequence)
    #expect(try state(of: reopened) == before)
    // The real guests go on as they would have.
    try service.run(until: Self.end)
    #expect(service.state.checkInvariants().isEmpty)
    let campaign = try service.call("campaign.get", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(campaign["status"] == .string("completed"))
  }

  @Test func `a campaign under way is played to its end from where it stands`() throws {
    let (service, sample) = try draft()
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.run(until: Self.start + .days(1))
    let stats = try service.call("stats.campaign", #"{"campaign_id": "\#(sample.campaign)"}"#)
    let forecast = try forecast(sample, #", "seeds": 5"#, in: service)
    guard case .array(let runs)? = forecast["runs"] else { throw Fault("no runs") }
    #expect(runs.count == 5)
    for run in runs {
      for status in ["pending", "active", "waiting", "paused"] {
        #expect(number(run["executions"]?[status]) == 0)
      }
      #expect(run["finished_at"]?.isNull == false)
      #expect(number(run["messages"]?["total"]) >= number(stats["messages"]?["total"]))
      #expect(number(run["replies"]) >= number(stats["inbound"]?["total"]))
      #expect(
        number(run["cost"]?["billed_micros"]) >= number(stats["cost"]?["billed_micros"]))
    }
    let spread = try #require(forecast["spread"])
    let totals = runs.map { number($0["messages"]?["total"]) }.sorted()
    #expect(number(spread["messages"]?["min"]) == totals[0])
    #expect(number(spread["messages"]?["median"]) == totals[2])
    #expect(number(spread["messages"]?["max"]) == totals[4])
    let attending = runs.map { number($0["outcomes"]?["attending"]) }.sorted()
    #expect(number(spread["outcomes"]?["attending"]?["median"]) == attending[2])
    #expect(Set(runs.map { number($0["replies"]) }).count > 1)
  }

  @Test func `a campaign with a first share is played as if the rest were let in`() throws {
    let (service, sample) = try draft()
    func ended(_ run: JSONValue?) -> Int {
      ["completed", "failed", "skipped", "cancelled"].reduce(0) {
        $0 + number(run?["executions"]?[$1])
      }
    }
    let all = ended(try forecast(sample, #", "seeds": 1"#, in: service)["runs"]?[0])
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)", "first": 5}"#)
    for stage in ["under_way", "done"] {
      let campaign = try service.call("campaign.get", #"{"campaign_id": "\#(sample.campaign)"}"#)
      #expect(campaign["first_share"]?["stage"] == .string(stage))
      let forecast = try forecast(sample, #", "seeds": 1"#, in: service)
      #expect(forecast["action"] == .string("continue"))
      #expect(ended(forecast["runs"]?[0]) == all && all > 30)
      #expect(forecast["runs"]?[0]?["finished_at"]?.isNull == false)
      try service.run(until: Self.start + .days(2))
    }
  }

  @Test func `guests who were silent for a day do not all answer at once`() throws {
    var silent = SimulatorSettings()
    silent.guests.silent = 1000
    let (service, sample) = try draft(60, simulator: silent)
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.run(until: Self.start + .hours(30))
    let forecast = try forecast(sample, #", "seeds": 1, "simulator": {}"#, in: service)
    let fresh = try draft(60)
    let fromStart = try self.forecast(fresh.1, #", "seeds": 1"#, in: fresh.0)
    let late = number(forecast["runs"]?[0]?["outcomes"]?["attending"])
    #expect(late < number(fromStart["runs"]?[0]?["outcomes"]?["attending"]))
  }

  @Test func `a paused campaign is played as if it were resumed`() throws {
    let (service, sample) = try draft()
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.run(until: Self.start + .hours(5))
    try service.call("campaign.pause", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.run(until: Self.start + .days(3))
    let forecast = try forecast(sample, #", "seeds": 2"#, in: service)
    #expect(forecast["action"] == .string("resume"))
    for index in 0...1 {
      let run = forecast["runs"]?[index]
      #expect(run?["finished_at"]?.isNull == false)
      #expect(number(run?["executions"]?["waiting"]) == 0)
    }
    let campaign = try service.call("campaign.get", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(campaign["status"] == .string("paused"))
  }

  @Test func `the same question gets the same answer`() throws {
    let (service, sample) = try draft()
    let first = try forecast(sample, in: service)
    #expect(try forecast(sample, in: service) == first)
  }

  @Test func `guests who never answer are forecast to be silent`() throws {
    let (service, sample) = try draft()
    let settings = #", "seeds": 1, "simulator": {"guests": {"silent": 1000, "chatter": 0}}"#
    let run = try forecast(sample, settings, in: service)["runs"]?[0]
    #expect(number(run?["replies"]) == 0)
    #expect(number(run?["outcomes"]?["no_answer"]) > 20)
  }

  @Test func `an ended campaign has nothing to forecast`() throws {
    let (service, sample) = try draft(3)
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.call("campaign.cancel", #"{"campaign_id": "\#(sample.campaign)"}"#)
    let refusal = try service.refusal(
      "campaign.forecast", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(refusal.code == ServiceError.invalidState.code)
  }

  @Test func `more than a few at a time are too many`() throws {
    let (service, sample) = try draft(5)
    let call =
      #"{"jsonrpc": "2.0", "id": 1, "method": "campaign.forecast", "params": {"campaign_id": "\#(sample.campaign)", "seeds": 1}}"#
    let batch = "[" + Array(repeating: call, count: 7).joined(separator: ",") + "]"
    let reply = try #require(try service.exchange(Array(batch.utf8)))
    guard case .array(let answers) = try JSON.decode(JSONValue.self, from: reply) else {
      throw Fault("no batch")
    }
    #expect(answers.count == 7)
    #expect(answers.prefix(5).allSatisfy { $0["result"] == answers[0]["result"] })
    #expect(answers[0]["result"] != nil)
    for answer in answers.suffix(2) {
      #expect(number(answer["error"]?["code"]) == ServiceError.overloaded.code)
    }
    // All have ended: there is room again.
    #expect(try forecast(sample, in: service)["runs"] != nil)
  }

  @Test func `a forecast that takes too much work is refused`() throws {
    let (service, sample) = try draft()
    let campaign = try #require(CampaignID(wireText: sample.campaign))
    var forecast = Forecast(
      state: service.state, asOf: service.center.assumeIsolated { $0.asOf }, campaign: campaign,
      seeds: 2, simulator: SimulatorSettings())
    forecast.mostEvents = 500
    #expect {
      try forecast.run()
    } throws: { error in
      (error as? Rejection)?.code == .limitExceeded
    }
  }
}
