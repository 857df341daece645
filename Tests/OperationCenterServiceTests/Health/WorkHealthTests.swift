import CampaignEngine
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

/// What health says of what goes on.
struct WorkHealthTests: HealthReading {
  @Test func `a clock that went back is told until it has caught up`() throws {
    let service = try InProcessService()
    try service.pass(.hours(3))
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    func setClock(_ span: TimeSpan) {
      service.center.assumeIsolated { $0.setVirtualTime(StoryTime.start + span) }
    }
    setClock(.hours(1))
    #expect(
      try check("clock", service) == [
        "degraded",
        "The clock went back: the newest event is 2 hours ahead of it, and timers wait until it has caught up.",
      ])
    setClock(.seconds(3 * 3600 - 10))
    #expect(try check("clock", service) == ["ok", "The clock has not gone back."])
  }

  @Test func `what is due and not done is told`() throws {
    let service = try InProcessService()
    try prepare(service, gateway: "simulator")
    try service.call(
      "campaign.schedule",
      #"{"campaign_id": "cmp_1", "schedule": {"at": "2026-11-22T10:00:00.000Z"}}"#)
    #expect(try check("work", service) == ["ok", "All that is due is done."])
    // Time passes, and no turn comes.
    service.center.assumeIsolated { $0.setVirtualTime(time("2026-11-22T10:01:00.000Z")) }
    #expect(service.center.assumeIsolated { $0.workFinding() }.status == .ok)
    service.center.assumeIsolated { $0.setVirtualTime(time("2026-11-22T10:05:00.000Z")) }
    #expect(
      try check("work", service)
        == ["degraded", "Something has been due for 5 minutes and is not done."])
    #expect(try check("work", service)[0] == "ok")
  }

  /// An hour of a clock that runs a thousand times as fast is no hour of waiting.
  @Test func `lateness is real time`() {
    let start = StoryTime.start
    let fast = ServiceClock.wall(WallClock(start: start, rate: 3600))
    let late = fast.realTime(since: start + .hours(-1))
    #expect(late >= .seconds(1) && late < .minutes(1))
    #expect(fast.realTime(since: start + .days(1000)) == .zero)
    #expect(ServiceClock.virtual(start).realTime(since: start + .hours(-1)) == .hours(1))
  }

  @Test func `connections that do not read are told`() throws {
    let service = try InProcessService()
    service.center.assumeIsolated { $0.connectionCongested(7) }
    #expect(
      try check("readers", service) == ["degraded", "1 connection does not read what it is sent."])
    service.center.assumeIsolated { $0.connectionCongested(8) }
    #expect(
      try check("readers", service) == [
        "degraded", "2 connections do not read what they are sent.",
      ]
    )
    service.center.assumeIsolated { $0.connectionClosed(7) }
    service.center.assumeIsolated { $0.connectionRelieved(8) }
    #expect(try check("readers", service) == ["ok", "All connections read what they are sent."])
  }

  @Test func `the whole is as bad as the worst, and every check is always there in its order`()
    throws
  {
    let service = try InProcessService()
    func names(_ health: JSONValue) throws -> [String] {
      guard case .array(let checks)? = health["checks"] else { throw Fault("no checks") }
      return checks.map { text($0["name"]) }
    }
    let well = try service.call("system.health")
    #expect(well["status"] == .string("ok"))
    service.center.assumeIsolated { $0.connectionCongested(7) }
    let ill = try service.call("system.health")
    #expect(ill["status"] == .string("degraded"))
    #expect(try names(well) == HealthCheckName.allCases.map(\.rawValue))
    #expect(try names(ill) == names(well))
    #expect([HealthStatus.degraded, .failing, .ok].max() == .failing)
    #expect([HealthStatus.degraded, .ok].max() == .degraded)
  }

  @Test(arguments: [
    (0, "0 seconds"), (1, "1 second"), (119, "119 seconds"), (120, "2 minutes"),
    (7199, "119 minutes"), (7200, "2 hours"), (259_199, "71 hours"), (259_200, "3 days"),
  ])
  func `spans are told in whole units`(seconds: Int64, expected: String) {
    #expect(HealthText.span(.seconds(seconds)) == expected)
  }
}
