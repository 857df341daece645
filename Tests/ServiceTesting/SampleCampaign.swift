import CampaignEngine
import Foundation
import Wire

/// A campaign of the sample RSVP flow with guests of every kind, made by the same calls that
/// clients make.
package struct SampleCampaign: Sendable {
  package let project: String
  package let campaign: String

  /// Folder of the samples, found from this file.
  package static var folder: URL {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.appendingPathComponent("clients/samples")
  }

  /// - Parameters:
  ///   - guests: rows for `guest.import`.
  ///   - call: one call to the service; a refusal is thrown.
  package init(
    guests: [GuestRow], call: (_ method: String, _ params: JSONValue) throws -> JSONValue
  ) throws {
    let file = Self.folder.appendingPathComponent("rsvp.chatflow.json")
    let document = try JSON.decode(WireMap<JSONValue>.self, from: Array(Data(contentsOf: file)))
    func section(_ name: String) throws -> WireMap<JSONValue> {
      guard case .object(let members)? = document[name] else { throw Fault("no \(name)") }
      var map = WireMap<JSONValue>()
      map.entries = members
      return map
    }
    func made(_ method: String, _ params: WireMap<JSONValue>) throws -> JSONValue {
      guard let id = try call(method, .object(params.entries))["id"] else {
        throw Fault("\(method) gave no id")
      }
      return id
    }
    let sender = try made("sender.create", section("sender"))
    var project = try section("project")
    project["sender_id"] = sender
    let projectID = try made("project.create", project)
    guard case .array(let templates)? = document["templates"] else { throw Fault("no templates") }
    for template in templates {
      guard case .object(let members) = template else { throw Fault("no template") }
      _ = try call("template.create", .object(members + [("project_id", projectID)]))
    }
    let rows = try JSON.decode(JSONValue.self, from: JSON.encode(guests))
    _ = try call("guest.import", .object([("project_id", projectID), ("rows", rows)]))
    var flow: WireMap<JSONValue> = WireMap()
    flow["project_id"] = projectID
    flow["name"] = .string("RSVP")
    flow["nodes"] = document["nodes"]
    flow["edges"] = document["edges"]
    let flowID = try made("chatflow.create", flow)
    var campaign: WireMap<JSONValue> = WireMap()
    campaign["project_id"] = projectID
    campaign["name"] = .string("RSVP")
    campaign["chatflow_id"] = flowID
    let campaignID = try made("campaign.create", campaign)
    guard case .string(let projectText) = projectID, case .string(let campaignText) = campaignID
    else { throw Fault("identifiers are texts") }
    (self.project, self.campaign) = (projectText, campaignText)
  }

  /// Guests of all categories and languages. Every seventh shares the number of the one before,
  /// and every eleventh has opted out.
  package static func guests(_ count: Int) -> [GuestRow] {
    (0..<count).map { number in
      var row = GuestRow()
      row.externalID = "S-\(number)"
      row.name = "Guest \(number)"
      row.phone = "+\(6_281_230_000_000 + (number % 7 == 6 ? number - 1 : number))"
      row.category = ["vip", "family", "friends"][number % 3]
      row.language = ["en", "id", "hi", "pt"][number % 4]
      row.partySize = .integer(Int64(number % 5 + 1))
      if number % 11 == 10 { row.subscription = "opted_out" }
      return row
    }
  }

  // MARK: What it came to

  /// Everything that the service shows of the campaign, without what depends on the moment of the
  /// question. Texts, so that they may leave any thread.
  package struct Outcome: Equatable, Sendable {
    package private(set) var parts: [String: [String: String]] = [:]

    /// Where two outcomes differ, shortly.
    package func differences(from other: Outcome) -> [String] {
      parts.keys.sorted().flatMap { part in
        let (mine, its) = (parts[part] ?? [:], other.parts[part] ?? [:])
        return Set(mine.keys).union(its.keys).sorted().filter { mine[$0] != its[$0] }.prefix(3)
          .map { "\(part) \($0): \(mine[$0] ?? "nothing") and not \(its[$0] ?? "nothing")" }
      }
    }

    fileprivate mutating func add(_ part: String, _ key: String, _ value: JSONValue) {
      parts[part, default: [:]][key] = String(decoding: JSON.encode(value), as: UTF8.self)
    }
  }

  package func outcome(
    call: (_ method: String, _ params: JSONValue) throws -> JSONValue
  ) throws -> Outcome {
    var outcome = Outcome()
    let campaign = ("campaign_id", JSONValue.string(campaign))
    for case (let name, let value) in try members(call("stats.campaign", .object([campaign])))
    where name != "as_of" && name != "rate" { outcome.add("stats", name, value) }
    for item in try all("execution.list", [campaign], call) {
      outcome.add("execution", try id(item), item)
      let whole = try call("execution.get", .object([("execution_id", item["id"] ?? .null)]))
      let lasting = try members(whole).filter { $0.0 != "session_window" }
      outcome.add("walk", try id(item), .object(lasting))
    }
    let project = ("project_id", JSONValue.string(project))
    for item in try all("message.list", [project], call) {
      // A start writes events of its own, so the numbers of later ones are not the same.
      let lasting = try members(item).map { name, value in
        name == "applied_by" ? (name, value["type"] ?? .null) : (name, value)
      }
      outcome.add("message", try id(item), .object(lasting))
    }
    for item in try all("guest.list", [project], call) {
      let lasting = try members(item).filter { $0.0 != "session_window" }
      outcome.add("guest", try id(item), .object(lasting))
    }
    return outcome
  }

  private func members(_ value: JSONValue) throws -> [(String, JSONValue)] {
    guard case .object(let members) = value else { throw Fault("expected an object") }
    return members
  }

  private func id(_ item: JSONValue) throws -> String {
    guard case .string(let id)? = item["id"] else { throw Fault("an item has no id") }
    return id
  }

  private func all(
    _ method: String, _ params: [(String, JSONValue)],
    _ call: (_ method: String, _ params: JSONValue) throws -> JSONValue
  ) throws -> [JSONValue] {
    var items: [JSONValue] = []
    var params = params + [("limit", .number("500"))]
    while true {
      let page = try call(method, .object(params))
      guard case .array(let found)? = page["items"] else { throw Fault("\(method) has no items") }
      items += found
      guard let cursor = page["next_cursor"] else { return items }
      params = params.filter { $0.0 != "cursor" } + [("cursor", cursor)]
    }
  }
}
