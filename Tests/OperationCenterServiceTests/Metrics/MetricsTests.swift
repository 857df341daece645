import CampaignEngine
import Gateways
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

struct MetricsTests {
  private func metrics(_ service: InProcessService) throws -> [Metric] {
    let result = try service.call("system.metrics")
    return try JSON.decode([Metric].self, from: JSON.encode(try #require(result["metrics"])))
  }

  /// Samples by their labels' values.
  private func values(_ name: String, _ service: InProcessService) throws -> [String: Int] {
    let metric = try #require(try metrics(service).first { $0.name == "opcenter_\(name)" })
    let pairs = metric.samples.map {
      ($0.labels.entries.map(\.value).joined(separator: " "), $0.value)
    }
    return Dictionary(pairs, uniquingKeysWith: +)
  }

  private func value(_ name: String, _ service: InProcessService) throws -> Int {
    try #require(try values(name, service)[""])
  }

  private func counts(_ value: JSONValue?) throws -> [String: Int] {
    guard case .object(let members)? = value else { throw Fault("expected counts") }
    return try members.reduce(into: [:]) { counts, member in
      // The same messages, told apart in another way.
      if member.0 == "by_disposition" { return }
      guard case .number(let text) = member.1, let count = Int(text) else {
        throw Fault("no count")
      }
      if member.0 != "total" { counts[member.0] = count }
    }
  }

  /// Four days of a campaign in which everybody is a simulated guest.
  private func played() throws -> InProcessService {
    let service = try InProcessService(
      at: time("2026-11-14T03:00:00.000Z"), simulator: SimulatorSettings())
    let sample = try SampleCampaign(guests: SampleCampaign.guests(60)) { try service.call($0, $1) }
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.pass(.days(4))
    return service
  }

  // MARK: What they agree with

  @Test func `the numbers are those of the statistics`() throws {
    let service = try played()
    let stats = try service.call("stats.project", #"{"project_id": "prj_1"}"#)
    #expect(try values("campaigns", service) == counts(stats["campaigns"]))
    #expect(try values("executions", service) == counts(stats["executions"]))
    #expect(try values("messages", service) == counts(stats["messages"]))
    #expect(try JSONValue.number("\(value("guests", service))") == stats["guests"])
    var received = try values("received_messages", service)
    #expect(received.removeValue(forKey: "unknown_number") == 0)
    var inbound = try counts(stats["inbound"])
    inbound["total"] = nil
    #expect(received == inbound)
    #expect((inbound["routed"] ?? 0) > 0)
  }

  @Test func `the numbers are those of the rows`() throws {
    let service = try played()
    let project = service.state.project(of: 0)
    var executions: [String: Int] = [:]
    project.executions.forEach { executions[$1.status.rawValue, default: 0] += 1 }
    #expect(try values("executions", service).filter { $0.value > 0 } == executions)
    var messages: [String: Int] = [:]
    var (received, attention) = (0, 0)
    project.messages.forEach { _, row in
      if row.direction == .outbound { messages[row.status.rawValue, default: 0] += 1 }
      if row.direction == .inbound { received += 1 }
      if row.needsAttention { attention += 1 }
    }
    for sender in service.state.senders.rows { attention += sender.needsAttention.count }
    #expect(try values("messages", service).filter { $0.value > 0 } == messages)
    #expect(try values("received_messages", service).values.reduce(0, +) == received)
    #expect(try value("attention_messages", service) == attention)
    #expect(try value("sequence", service) == Int(service.sequence))
  }

  @Test func `what waits at a sender is what the sender shows`() throws {
    let service = try played()
    try service.call(
      "sender.create", #"{"name": "Band", "phone": "+351210000002", "gateway": "client"}"#)
    var shown: [String: Int] = [:]
    for sender in ["snd_1", "snd_2"] {
      let view = try service.call("sender.get", #"{"sender_id": "\#(sender)"}"#)
      for (queue, count) in try counts(view["queued"]) { shown["\(sender) \(queue)"] = count }
    }
    #expect(try values("queued_messages", service) == shown)
    #expect(shown.count == 10)
    #expect(try value("senders", service) == 2)
  }

  @Test func `records of a project that was deleted do not count`() throws {
    let service = try InProcessService()
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    for name in ["Concert", "Fair"] {
      try service.call(
        "project.create", #"{"sender_id": "snd_1", "name": "\#(name)", "time_zone": "UTC"}"#)
    }
    for project in ["prj_1", "prj_2"] {
      try service.call(
        "guest.create", #"{"project_id": "\#(project)", "name": "Rosa", "phone": "+351912000101"}"#)
    }
    #expect(try value("guests", service) == 2)
    try service.call("project.delete", #"{"project_id": "prj_2"}"#)
    #expect(try value("guests", service) == 1)
    #expect(try value("projects", service) == 1)
  }

  // MARK: What the process counts

  @Test func `requests are counted by method and outcome, jobs when they end`() throws {
    let service = try InProcessService(on: MemoryStorage())
    try service.call("system.ping")
    try service.call("system.ping")
    _ = try service.refusal("system.ping", #"{"x": 1}"#)
    _ = try service.refusal("no.such.method", "{}")
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    try service.call("system.snapshot")
    _ = try service.exchange(Array(#"{"jsonrpc": "2.0", "method": "system.info"}"#.utf8))
    #expect(
      try values("requests_total", service) == [
        "system.ping answered": 2, "system.ping refused": 1, "unknown refused": 1,
        "sender.create answered": 1, "system.snapshot answered": 1, "system.info answered": 1,
      ])
    // The question itself was answered after it had been counted up.
    #expect(try values("requests_total", service)["system.metrics answered"] == 1)
  }

  @Test func `a job that fails counts as refused, and its snapshot as failed`() throws {
    let disk = MemoryStorage()
    let service = try InProcessService(on: disk)
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    disk.setCapacity(bytes: 0)
    _ = try service.refusal("system.snapshot", "{}")
    disk.setCapacity(bytes: .max)
    #expect(try value("journal_since_snapshot_bytes", service) > 0)
    try service.call("system.snapshot")
    let requests = try values("requests_total", service)
    #expect(requests["system.snapshot refused"] == 1)
    #expect(requests["system.snapshot answered"] == 1)
    #expect(try values("snapshots_total", service) == ["made": 1, "failed": 1])
    #expect(try value("journal_since_snapshot_bytes", service) == 0)
    #expect(try value("durable_sequence", service) == Int(service.sequence))
  }

  @Test func `subscribers, and those that the history has passed, are counted`() throws {
    let service = try InProcessService()
    try service.call("events.subscribe", "{}", on: 2)
    #expect(try value("subscriptions", service) == 1)
    service.center.assumeIsolated { $0.connectionCongested(2) }
    #expect(try value("congested_connections", service) == 1)
    #expect(try values("health_status", service)["readers"] == HealthStatus.degraded.rank)
    service.center.assumeIsolated { $0.connectionRelieved(2) }
    #expect(try value("congested_connections", service) == 0)
    service.center.assumeIsolated { $0.connectionFilled(2) }
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
    try service.call(
      "guest.create", #"{"project_id": "prj_1", "name": "Rosa", "phone": "+351912000101"}"#)
    #expect(try value("history_events", service) == Int(service.sequence))
    #expect(try value("history_bytes", service) > 0)
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    #expect(try value("lagged_subscriptions_total", service) == 0)
    service.center.assumeIsolated { $0.connectionDrained(2) }
    try service.tellAll()
    #expect(try value("lagged_subscriptions_total", service) == 1)
    #expect(try value("subscriptions", service) == 0)
  }

  @Test func `remembered keys are counted`() throws {
    let service = try InProcessService()
    try service.call(
      "sender.create", #"{"name": "A", "phone": "+351210000001", "idempotency_key": "k"}"#)
    #expect(try value("idempotency_keys", service) == 1)
    #expect(try value("idempotency_bytes", service) == service.state.idempotency.byteCount)
    #expect(service.state.idempotency.byteCount > 0)
  }

  // MARK: How they are written

  @Test func `names are those that Prometheus asks for, and each is there once`() throws {
    let metrics = try metrics(try played())
    #expect(Set(metrics.map(\.name)).count == metrics.count)
    for metric in metrics {
      let name = metric.name
      #expect(name.hasPrefix("opcenter_"))
      #expect(
        name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (97...122).contains($0) }, "\(name)")
      #expect(name.hasSuffix("_total") == (metric.type == .counter), "\(name)")
      #expect(metric.help.hasSuffix("."), "\(name)")
      let labels = metric.samples.map { $0.labels.entries.map { "\($0.key)=\($0.value)" } }
      #expect(Set(labels).count == labels.count, "\(name)")
    }
  }

  @Test func `the text has the same numbers in the same order`() throws {
    let service = try played()
    // The first question is counted in the second.
    _ = try metrics(service)
    let metrics = try metrics(service)
    let answer = try service.call("system.metrics", #"{"format": "prometheus"}"#)
    #expect(answer["metrics"] == nil)
    #expect(answer["content_type"] == .string("text/plain; version=0.0.4"))
    guard case .string(let text)? = answer["text"] else { throw Fault("no text") }
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter {
        !$0.contains(#"method="system.metrics""#) && !$0.hasPrefix("opcenter_uptime_seconds")
      }
    }
    #expect(lines(text) == lines(PrometheusText.text(of: metrics)))
    #expect(text.hasSuffix("\n"))
  }
}
