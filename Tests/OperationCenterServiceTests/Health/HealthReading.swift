import CampaignEngine
import ServiceTesting
import Testing
import Wire

/// How tests ask for one check, and a world in which one guest is to get one message.
protocol HealthReading {}

extension HealthReading {
  /// Status and sentence of one check. All others must be well, and the whole be as bad as this one.
  func check(
    _ name: String, _ service: InProcessService, besides others: Set<String> = []
  ) throws -> [String] {
    let health = try service.call("system.health")
    guard case .array(let checks)? = health["checks"] else { throw Fault("no checks") }
    for check in checks where check["name"] != .string(name) {
      let isOther = others.contains { check["name"] == .string($0) }
      #expect(isOther || check["status"] == .string("ok"), "\(text(check["message"]))")
    }
    guard let found = checks.first(where: { $0["name"] == .string(name) }) else {
      throw Fault("no check \(name)")
    }
    if others.isEmpty { #expect(health["status"] == found["status"]) }
    return [text(found["status"]), text(found["message"])]
  }

  func text(_ value: JSONValue?) -> String {
    if case .string(let text)? = value { text } else { "" }
  }

  /// A guest on a list, whom a campaign that was not started would send a template.
  func prepare(_ service: InProcessService, gateway: String = "client") throws {
    try service.call(
      "sender.create",
      #"{"name": "Choir", "phone": "+351210000001", "gateway": "\#(gateway)"}"#)
    try service.call(
      "project.create",
      #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC", "languages": ["en"]}"#)
    try service.call(
      "template.create",
      #"{"project_id": "prj_1", "name": "note", "category": "marketing", "variants": [{"language": "en", "status": "approved", "body": "Please save the date."}]}"#
    )
    try service.call(
      "guest.create", #"{"project_id": "prj_1", "name": "Rosa", "phone": "+351912000101"}"#)
    try service.call(
      "chatflow.create",
      #"{"project_id": "prj_1", "name": "Note", "nodes": [{"id": "start", "type": "trigger", "data": {}}, {"id": "note", "type": "send_template", "data": {"template": "note"}}, {"id": "end", "type": "end", "data": {"outcome": "told"}}], "edges": [{"source": "start", "target": "note"}, {"source": "note", "target": "end"}]}"#
    )
    try service.call(
      "campaign.create", #"{"project_id": "prj_1", "name": "All", "chatflow_id": "flw_1"}"#)
  }
}
