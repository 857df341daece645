import CampaignEngine
import JSONRPC
import Wire

struct SessionFlush: ServiceChange {
  static let name = "session.flush"
  static let summary = "Sends pending invitations now, as templates where no window is open."
  static let details =
    "Filters narrow together. Rates, quiet hours and everything else that is checked at the moment of sending still hold. At most 1,000 a call: where next_cursor is given, call again with it."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "all of one campaign", params: #"{"campaign_id":"cmp_3"}"#,
      result: #"{"released":["msg_7"]}"#)
  ]

  struct Params: KeyedParams {
    var project: ProjectID?
    var campaign: CampaignID?
    var messages: [MessageID]?
    var guest: GuestID?
    var cursor: String?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "All of this project.")
      try visit.field("campaign_id", &campaign, "All of this campaign.")
      try visit.field("message_ids", &messages, "These.", .length(1...1000))
      try visit.field("guest_id", &guest, "All of this guest.")
      try visit.field(
        "cursor", &cursor, "Taken from next_cursor of the call before.", .length(0...64))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var released: [MessageID] = []
    var nextCursor: String?
    static var schemaName: String { "InvitationsFlushed" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("released", &released, "Invitations that go now.")
      try visit.field(
        "next_cursor", &nextCursor, "More may follow; give it as cursor.", .omittable)
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    guard
      let space = params.project.map({ $0.counter &- 1 }) ?? params.campaign?.space
        ?? params.guest?.space ?? params.messages?.first?.space
    else {
      throw Rejection.invalidParams(
        field: "project_id", reason: "required",
        "expected project_id, campaign_id, guest_id or message_ids")
    }
    var paging = Paging()
    paging.cursor = params.cursor
    if let campaign = params.campaign { _ = try center.campaign(campaign) }
    if let guest = params.guest, center.engine.state.find(guest) == nil {
      throw Rejection.notFound(guest)
    }
    let result = try center.perform(
      FlushPending(
        project: ProjectID(space: 0, counter: space &+ 1), campaign: params.campaign,
        guest: params.guest, messages: params.messages, after: try paging.start()))
    var output = Output()
    output.released = result.released
    output.nextCursor = result.next.map { CursorText.text(of: $0) }
    return output
  }
}
