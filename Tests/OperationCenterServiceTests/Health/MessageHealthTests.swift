import CampaignEngine
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// What health says of messages that stand still.
struct MessageHealthTests: HealthReading {
  private func started() throws -> InProcessService {
    let service = try InProcessService()
    try prepare(service)
    try service.call("campaign.start", #"{"campaign_id": "cmp_1"}"#)
    return service
  }

  private func claim(_ service: InProcessService) throws -> Int {
    let claimed = try service.call("outbox.claim", #"{"sender": "snd_1"}"#)
    guard case .array(let items)? = claimed["items"] else { throw Fault("no items") }
    return items.count
  }

  @Test func `messages of unknown outcome are told until they are settled`() throws {
    let service = try started()
    #expect(try claim(service) == 1)
    #expect(try check("outcomes", service) == ["ok", "The outcome of every message is known."])
    // The lease ends without a report.
    try service.pass(.minutes(2))
    #expect(
      try check("outcomes", service) == [
        "degraded", "Nobody knows whether 1 message went out; message.resolve settles them.",
      ])
    try service.call("message.resolve", #"{"message_id": "msg_1", "outcome": "sent"}"#)
    #expect(try check("outcomes", service)[0] == "ok")
  }

  @Test func `a message that no operator looks after is told after a day`() throws {
    let service = try InProcessService()
    try prepare(service)
    #expect(
      try check("attention", service) == ["ok", "No message of a guest waits for an operator."])
    for number in 1...2 {
      try service.call(
        "message.receive",
        #"{"sender": "snd_1", "gateway_message_id": "w\#(number)", "from": "+351912000101", "sent_at": "2026-11-22T09:30:00.000Z", "content": {"type": "text", "text": "Hello?"}}"#
      )
      try service.pass(.hours(1))
    }
    #expect(
      try check("attention", service)
        == ["ok", "2 messages of guests wait for an operator, the oldest for 2 hours."])
    try service.pass(.hours(23))
    #expect(
      try check("attention", service)
        == ["degraded", "2 messages of guests wait for an operator, the oldest for 25 hours."])
    try service.call("message.route", #"{"message_id": "msg_1", "dismiss": true}"#)
    #expect(
      try check("attention", service)
        == ["ok", "1 message of guests waits for an operator, the oldest for 24 hours."])
  }

  @Test func `messages that wait for a stopped template are told`() throws {
    let service = try started()
    func report(_ status: String) throws {
      try service.call(
        "template.report_status",
        #"{"project_id": "prj_1", "name": "note", "language": "en", "status": "\#(status)"}"#)
    }
    try report("paused")
    #expect(
      try check("templates", service)
        == ["ok", "No message waits for a template that WhatsApp has stopped."])
    #expect(try claim(service) == 0)
    #expect(
      try check("templates", service)
        == ["degraded", "1 message waits for a template that WhatsApp has stopped."])
    try report("approved")
    #expect(try claim(service) == 1)
    #expect(try check("templates", service)[0] == "ok")
  }

  @Test func `a sender whose messages nobody claims is told`() throws {
    let service = try started()
    try service.pass(.minutes(10))
    #expect(try check("senders", service) == ["ok", "Nothing due waits to be claimed."])
    try service.pass(.minutes(2))
    #expect(
      try check("senders", service)
        == ["degraded", "Nobody claims what snd_1 would send, for 12 minutes now."])
    #expect(try claim(service) == 1)
    #expect(try check("senders", service)[0] == "ok")
  }

  @Test func `of several senders the first is named and the others are counted`() throws {
    let service = try started()
    try service.call(
      "sender.create", #"{"name": "Band", "phone": "+351210000002", "gateway": "client"}"#)
    try service.call(
      "project.create", #"{"sender_id": "snd_2", "name": "Fair", "time_zone": "UTC"}"#)
    try service.call(
      "guest.create", #"{"project_id": "prj_2", "name": "Nuno", "phone": "+351912000102"}"#)
    try service.call(
      "message.receive",
      #"{"sender": "snd_2", "gateway_message_id": "w", "from": "+351912000102", "sent_at": "2026-11-22T09:30:00.000Z", "content": {"type": "text", "text": "Hello?"}}"#
    )
    try service.call(
      "message.send",
      #"{"guest_id": "gst_10000001", "text": "Hello!"}"#)
    try service.pass(.minutes(30))
    #expect(
      try check("senders", service) == [
        "degraded",
        "Nobody claims what snd_1 and 1 other sender would send, for 30 minutes now.",
      ])
  }
}
