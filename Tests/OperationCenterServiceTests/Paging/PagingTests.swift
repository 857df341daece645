import CampaignEngine
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// Lists are read page by page while others write.
struct PagingTests {
  private let service: InProcessService

  init() throws {
    service = try InProcessService()
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
    try service.call(
      "chatflow.create",
      #"{"project_id": "prj_1", "name": "Flow", "nodes": [{"id": "t", "type": "trigger", "data": {}}], "edges": []}"#
    )
  }

  enum List: String, CaseIterable {
    case guest, campaign, chatflow, template, reminder
  }

  private func create(_ list: List, _ number: Int) throws -> String {
    let params =
      switch list {
      case .guest: #""name": "Guest \#(number)", "phone": "+3519120001\#(number + 10)""#
      case .campaign: #""name": "Campaign \#(number)", "chatflow_id": "flw_1""#
      case .chatflow:
        #""name": "Flow \#(number)", "nodes": [{"id": "t", "type": "trigger", "data": {}}], "edges": []"#
      case .template:
        #""name": "template_\#(number)", "category": "utility", "variants": [{"language": "en", "status": "approved", "body": "Hello."}]"#
      case .reminder:
        #""guest_filter": {}, "template": {"name": "template_0"}, "send_at": "2027-01-0\#(number + 1)T00:00:00Z""#
      }
    let made = try service.call("\(list).create", "{\"project_id\": \"prj_1\", \(params)}")
    guard case .string(let id)? = made["id"] else { throw Fault("no id: \(made)") }
    return id
  }

  private func page(_ list: List, _ cursor: JSONValue?) throws -> (ids: [String], next: JSONValue?)
  {
    var params: WireMap<JSONValue> = ["project_id": .string("prj_1"), "limit": .number("2")]
    params["cursor"] = cursor
    let page = try service.call("\(list).list", .object(params.entries))
    guard case .array(let items)? = page["items"] else { throw Fault("no items") }
    let ids = items.compactMap { item -> String? in
      if case .string(let id)? = item["id"] { id } else { nil }
    }
    return (ids, page["next_cursor"])
  }

  /// Each row that stays is seen once; one that is deleted before its page is not, and one that comes is
  /// seen at the end.
  @Test(arguments: List.allCases)
  func `a list is whole over its pages while rows come and go`(_ list: List) throws {
    if list == .reminder { _ = try create(.template, 0) }
    var rows = try (0..<5).map { try create(list, $0) }
    if list == .chatflow { rows.insert("flw_1", at: 0) }
    var (seen, cursor) = try page(list, nil)
    #expect(seen == Array(rows[..<2]))
    // One that was seen, the next that would have been, and one more at the end.
    let end = list == .reminder ? "cancel" : "delete"
    for id in [rows[0], rows[2]] {
      try service.call("\(list).\(end)", #"{"\#(list)_id": "\#(id)"}"#)
    }
    let late = try create(list, 5)
    while cursor != nil {
      let next = try page(list, cursor)
      (seen, cursor) = (seen + next.ids, next.next)
    }
    // Reminders that were cancelled are still listed.
    let gone = list == .reminder ? [] : [rows[2]]
    #expect(seen == rows.filter { !gone.contains($0) } + [late])
  }

  /// Nobody is told to come again for nothing: what one call may look through is not what it must find.
  @Test(arguments: [#""project_id": "prj_1""#, #""sender_id": "snd_1""#])
  func `a page is not empty while a later row belongs on it`(of list: String) throws {
    let count = Int(Limits.rowsPerPageScan) + 1
    for first in stride(from: 0, to: count, by: 1000) {
      let rows = (first..<min(first + 1000, count)).map {
        #"{"name": "G", "phone": "+35191\#(2_000_000 + $0)"}"#
      }
      try service.call(
        "guest.import",
        #"{"project_id": "prj_1", "rows": [\#(rows.joined(separator: ", "))]}"#)
    }
    try service.call(
      "message.receive",
      #"{"sender": "snd_1", "gateway_message_id": "w", "from": "+35191\#(2_000_000 + count - 1)", "sent_at": "2026-11-22T09:30:00.000Z", "content": {"type": "text", "text": "Hello"}}"#
    )
    let page = try service.call("session.list", "{\(list)}")
    guard case .array(let items)? = page["items"] else { throw Fault("no items") }
    let last = GuestID(space: 0, counter: UInt32(count))
    #expect(items.map { $0["guest_ids"] } == [.array([.string(last.wireText)])])
  }
}
