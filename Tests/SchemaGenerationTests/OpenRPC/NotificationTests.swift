import JSONRPC
import OperationCenterService
import Testing
import Wire

import SchemaGeneration

/// What the service says unasked stands in its description too.
struct NotificationTests {
  private let root: JSONValue

  init() throws {
    let document = OpenRPCDocument(
      registry: MethodRegistry<OperationCenter>.all,
      notifications: [EventNotification.self, StatsNotification.self],
      title: "Sample", version: "1.0.0", description: "")
    root = try JSON.decode(JSONValue.self, from: document.json.bytes)
  }

  private var notification: JSONValue? { root["x-notifications"]?.elements.first }

  @Test func `the notification of events says what each of its fields is`() {
    #expect(notification?["name"] == .string("events.event"))
    let names = notification?["params"]?.elements.compactMap { $0["name"]?.text }
    #expect(
      names == [
        "subscription_id", "sequence", "at", "kind", "project_id", "campaign_id", "execution_id",
        "guest_id", "message_id", "by", "data",
      ])
    #expect(notification?["params"]?.elements.allSatisfy { $0["required"] == .bool(true) } == true)
  }

  @Test func `every schema that has a name says what it is`() {
    let schemas = root["components"]?["schemas"]?.members ?? []
    #expect(schemas.count > 300)
    for (name, schema) in schemas {
      #expect(schema["description"]?.text?.isEmpty == false, "\(name)")
    }
  }

  @Test func `every kind of event has a data schema that is there`() throws {
    let kinds = notification?["x-kinds"]?.elements ?? []
    let listed = root["components"]?["schemas"]?["EventKind"]?["x-known-values"]?.elements
    #expect(kinds.compactMap { $0["kind"] } == listed)
    #expect(kinds.count > 20)
    for kind in kinds {
      let reference = try #require(kind["data"]?["$ref"]?.text)
      let name = try #require(reference.split(separator: "/").last.map(String.init))
      let schema = root["components"]?["schemas"]?[name]
      #expect(schema?["type"] == .string("object"))
    }
  }

  @Test func `the notification of numbers has the answer of stats campaign`() {
    let told = root["x-notifications"]?.elements.last
    #expect(told?["name"] == .string("stats.changed"))
    let schema = told?["params"]?.elements.last?["schema"]
    #expect(schema?["$ref"]?.text == "#/components/schemas/CampaignStatsView")
    #expect(told?["x-kinds"] == nil)
  }
}
