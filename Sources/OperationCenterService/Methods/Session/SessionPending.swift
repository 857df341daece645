import CampaignEngine
import JSONRPC
import Wire

struct SessionPending: ServiceQuery {
  static let name = "session.pending"
  static let summary =
    "Lists pending invitations: messages held back in the hope that their guest writes first."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "an invitation that waits for its guest",
      params: #"{"project_id":"prj_1","campaign_id":"cmp_3","limit":1}"#,
      result:
        #"{"items":[{"message_id":"msg_7","execution_id":"exe_6","campaign_id":"cmp_3","node_id":"invite","position":1,"guest":{"id":"gst_6","name":"Kirana Putri","phone":"+6281230000130"},"held_since":"2026-11-22T09:50:05.000Z","release_at":"2026-11-23T09:50:05.000Z","session_window":{"open":false,"closes_at":null},"template":{"name":"wedding_invite","language":"en","category":"marketing"},"price":{"currency":"USD","as_template_micros":41100,"as_session_text_micros":25000}}]}"#
    )
  ]

  struct Params: WireObject {
    var project = ProjectID.none
    var campaign: CampaignID?
    var guest: GuestID?
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("campaign_id", &campaign, "Only of this campaign.")
      try visit.field("guest_id", &guest, "Only of this guest.")
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<PendingInvitation>

  static func run(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> Page<PendingInvitation> {
    let pending = try center.project(params.project).pending
    let state = center.engine.state
    let start = try params.paging.start()
    let scan = Int(Limits.rowsPerPageScan)
    let counters = pending.elements(from: start &+ 1, limit: scan)
    var page = Page<PendingInvitation>()
    var last = start
    for counter in counters {
      if page.items.count == Int(params.paging.limit) {
        page.nextCursor = CursorText.text(of: last)
        return page
      }
      last = counter
      let id = MessageID(space: params.project.counter - 1, counter: counter)
      let row = state[id]
      guard params.campaign.map({ $0 == row.campaign }) ?? true,
        params.guest.map({ $0 == row.guest }) ?? true
      else { continue }
      page.items.append(PendingInvitation(id, in: center))
    }
    if counters.count == scan { page.nextCursor = CursorText.text(of: last) }
    return page
  }
}
