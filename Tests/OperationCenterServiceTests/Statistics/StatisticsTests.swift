import CampaignEngine
import Gateways
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// A whole simulated campaign, seen from every side: the sides must agree.
struct StatisticsTests {
  private static let start = time("2026-11-14T03:00:00.000Z")

  private func played() throws -> (InProcessService, SampleCampaign) {
    let service = try InProcessService(at: Self.start, simulator: SimulatorSettings())
    let sample = try SampleCampaign(guests: SampleCampaign.guests(60)) {
      try service.call($0, $1)
    }
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.run(until: Self.start + .days(4))
    return (service, sample)
  }

  private func number(_ value: JSONValue?) -> Int {
    guard case .number(let text)? = value else { return -1 }
    return Int(text) ?? -1
  }

  private func items(_ value: JSONValue?) -> [JSONValue] {
    guard case .array(let items)? = value else { return [] }
    return items
  }

  private func sum(_ key: String, in list: JSONValue?) -> Int {
    items(list).reduce(0) { $0 + number($1[key]) }
  }

  @Test func `each breakdown of the messages adds up to the total`() throws {
    let (service, sample) = try played()
    let whole = try service.call("stats.campaign", #"{"campaign_id": "\#(sample.campaign)"}"#)
    let stats = try service.call("stats.messages", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(number(stats["total"]) > 60)
    #expect(number(stats["total"]) == number(whole["messages"]?["total"]))
    for list in ["by_template", "by_category", "by_purpose"] {
      #expect(sum("total", in: stats[list]) == number(stats["total"]))
      #expect(items(stats[list]).count > 1)
    }
    let failed = number(stats["statuses"]?["failed"])
    let unknown = number(stats["statuses"]?["outcome_unknown"])
    #expect(sum("messages", in: stats["errors"]) == failed + unknown)
    #expect(stats["inbound"] == whole["inbound"])
  }

  @Test func `each breakdown of the cost adds up to the sums`() throws {
    let (service, sample) = try played()
    let whole = try service.call("stats.campaign", #"{"campaign_id": "\#(sample.campaign)"}"#)
    let stats = try service.call("stats.cost", #"{"campaign_id": "\#(sample.campaign)"}"#)
    #expect(stats["sums"] == whole["cost"])
    #expect(number(stats["sums"]?["billed_micros"]) > 0)
    for list in ["by_category", "by_market", "by_template"] {
      for key in ["estimated_micros", "billed_micros", "saved_micros", "unpriced_messages"] {
        #expect(sum(key, in: stats[list]) == number(stats["sums"]?[key]))
      }
    }
  }

  @Test func `a project with one campaign has the campaign's numbers`() throws {
    let (service, sample) = try played()
    let campaign = try service.call("stats.campaign", #"{"campaign_id": "\#(sample.campaign)"}"#)
    let project = try service.call("stats.project", #"{"project_id": "\#(sample.project)"}"#)
    for key in ["audience", "executions", "waiting_for", "phases", "outcomes", "skipped"] {
      #expect(project[key] == campaign[key])
    }
    for key in ["messages", "inbound", "cost"] { #expect(project[key] == campaign[key]) }
    let main = items(project["events"]).first
    #expect(main?["guests"] == campaign["rsvp"]?["guests"])
    #expect(main?["heads"] == campaign["rsvp"]?["heads"])
    for event in items(project["events"]) {
      for category in items(event["by_category"]) {
        guard case .object(let counts)? = category["guests"] else { continue }
        #expect(counts.reduce(0) { $0 + number($1.1) } > 0)
      }
    }
  }

  @Test(arguments: ["15m", "1h", "1d", "7d"])
  func `a timeline loses nothing, however it is cut`(interval: String) throws {
    let (service, sample) = try played()
    let whole = try service.call("stats.campaign", #"{"campaign_id": "\#(sample.campaign)"}"#)
    let params = #"{"campaign_id": "\#(sample.campaign)", "interval": "\#(interval)"}"#
    let buckets = try service.call("stats.timeline", params)["buckets"]
    #expect(sum("enrolled", in: buckets) == number(whole["audience"]))
    #expect(sum("replies", in: buckets) == number(whole["inbound"]?["total"]))
    #expect(sum("failed", in: buckets) == number(whole["messages"]?["failed"]))
    let messages = whole["messages"]
    let arrived = number(messages?["delivered"]) + number(messages?["read"])
    #expect(sum("delivered", in: buckets) == arrived)
    #expect(sum("read", in: buckets) == number(messages?["read"]))
    let ended = ["completed", "failed", "cancelled", "skipped"].reduce(0) {
      $0 + number(whole["executions"]?[$1])
    }
    #expect(sum("ended", in: buckets) == ended)
  }

  @Test func `a project without events has one answer a guest`() throws {
    let service = try InProcessService()
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
    try service.call(
      "guest.import",
      #"{"project_id": "prj_1", "rows": [{"name": "Ana", "phone": "+351912000101", "rsvp": "maybe"}]}"#
    )
    let events = items(try service.call("stats.rsvp", #"{"project_id": "prj_1"}"#)["events"])
    #expect(events.count == 1)
    #expect(events.first?["event"]?.isNull == true)
    #expect(number(events.first?["guests"]?["maybe"]) == 1)
    #expect(items(events.first?["by_category"]).first?["category"]?.isNull == true)
  }

  @Test func `a timeline of nothing is empty`() throws {
    let service = try InProcessService()
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
    let timeline = try service.call("stats.timeline", #"{"project_id": "prj_1"}"#)
    #expect(items(timeline["buckets"]).isEmpty)
    #expect(timeline["from"]?.isNull == true)
    let asked =
      #"{"project_id": "prj_1", "from": "2026-11-22T09:30:00Z", "to": "2026-11-22T10:10:00Z"}"#
    #expect(items(try service.call("stats.timeline", asked)["buckets"]).count == 3)
  }
}
