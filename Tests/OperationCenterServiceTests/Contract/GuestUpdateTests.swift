import JSONRPC
import ServiceTesting
import Testing
import Wire

/// What a guest is made with and what a guest is changed to follow the same rules.
struct GuestUpdateTests {
  private func service() throws -> InProcessService {
    let service = try InProcessService()
    try service.call("sender.create", #"{"name": "Main", "phone": "+6281100000001"}"#)
    try service.call(
      "project.create",
      #"""
      {"sender_id": "snd_1", "name": "Wedding", "time_zone": "Asia/Jakarta",
       "guest_fields": {"table": "number", "arrives": "date", "menu": "text"}}
      """#)
    try service.call(
      "guest.create", #"{"project_id": "prj_1", "name": "Sari", "phone": "+6281230000045"}"#)
    return service
  }

  static let long = String(repeating: "x", count: 1001)

  @Test(arguments: [
    (#""tags": ["a", "\#(long.prefix(65))"]"#, "params.tags[1]", "too_long"),
    (#""fields": {"menu": "\#(long)"}"#, "params.fields.menu", "too_long"),
    (#""fields": {"table": "many"}"#, "params.fields.table", "not_an_integer"),
    (#""fields": {"table": 4.5}"#, "params.fields.table", "not_an_integer"),
    (#""fields": {"arrives": "tomorrow"}"#, "params.fields.arrives", "bad_format"),
    (#""fields": {"a key": 1}"#, #"params.fields["a key"]"#, "bad_format"),
    (#""fields": {"menu": []}"#, "params.fields.menu", "wrong_type"),
  ])
  func `what no guest is made with no guest is changed to`(
    member: String, path: String, reason: String
  ) throws {
    let service = try service()
    for (method, params) in [
      (
        "guest.create",
        #"{"project_id": "prj_1", "name": "Budi", "phone": "+6281230000046", \#(member)}"#
      ),
      ("guest.update", #"{"guest_id": "gst_1", \#(member)}"#),
    ] {
      let refusal = try service.refusal(method, params)
      let data = try JSON.decode(JSONValue.self, from: try #require(refusal.data).bytes)
      #expect(refusal.code == -32602, "\(method)")
      #expect(data["path"] == .string(path), "\(method)")
      #expect(data["reason"] == .string(reason), "\(method)")
    }
  }

  @Test func `both keep tags once, numbers as numbers and dates as they are`() throws {
    let service = try service()
    let values =
      #""tags": ["vip", "", "vip", "bride"], "fields": {"table": "४", "arrives": "2026-12-12", "menu": true}"#
    let made = try service.call(
      "guest.create",
      #"{"project_id": "prj_1", "name": "Budi", "phone": "+6281230000046", \#(values)}"#)
    let changed = try service.call("guest.update", #"{"guest_id": "gst_1", \#(values)}"#)
    #expect(changed["tags"] == .array([.string("vip"), .string("bride")]))
    #expect(changed["fields"]?["table"] == .number("4"))
    #expect(changed["fields"]?["menu"] == .string("yes"))
    #expect(changed["tags"] == made["tags"])
    #expect(changed["fields"] == made["fields"])
  }

  @Test func `a field is cleared by null and by an empty text, tags by an empty list`() throws {
    let service = try service()
    try service.call(
      "guest.update",
      #"{"guest_id": "gst_1", "tags": ["vip"], "fields": {"table": 4, "arrives": "2026-12-12", "menu": "veg"}}"#
    )
    let changed = try service.call(
      "guest.update",
      #"{"guest_id": "gst_1", "tags": [], "fields": {"table": null, "arrives": ""}}"#)
    #expect(changed["tags"] == .array([]))
    #expect(changed["fields"] == .object([("menu", .string("veg"))]))
  }
}
