import CampaignEngine
import JSONRPC
import Wire

/// `matched` = `eligible` + the sum of `left_out`, each guest under the first reason that applies.
/// A start enrols exactly this. A long list is judged in a copy of the state, while commands go on.
struct GuestPreview: ServiceLongQuery {
  static let name = "guest.preview"
  static let summary =
    "Counts the guests that a filter matches, and says who would be left out and why."
  static let details =
    "A list of thousands of guests is judged in a copy of the state, and the answer comes later; as_of says of which moment it is."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "a friend who cannot be reached",
      params: #"{"project_id":"prj_1","guest_filter":{"categories":["friends"]},"limit":1}"#,
      result:
        #"{"matched":1,"eligible":0,"heads":{"invited":1},"left_out":{"unreachable":1},"items":[{"guest":{"id":"gst_4","name":"Ravi Iyer","phone":"+919812300051"},"eligible":false,"template_language":null,"reasons":[{"code":"unreachable","guest_id":null,"message":"Messages to this number failed."}]}],"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]

  enum Show: String, WireEnum {
    case all, eligible
    case leftOut = "left_out"
  }

  struct Params: WireObject {
    var project = ProjectID.none
    var guestFilter = GuestFilter()
    var chatflow: ChatflowID?
    var campaign: CampaignID?
    var show = Show.all
    var paging = Paging()
    var household: HouseholdPolicy?
    var event: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("guest_filter", &guestFilter, "Which guests; all if absent.", .defaulted)
      try visit.field("chatflow_id", &chatflow, "Also checks languages and variables.")
      try visit.field("campaign_id", &campaign, "Also checks who is in it already.")
      try visit.field("show", &show, "Which guests the page lists.", .defaulted)
      try paging.fields(&visit)
      try visit.field(
        "household", &household,
        "Whom of a household; if absent as the campaign does, and together without one.")
      try visit.field(
        "event", &event,
        "Key of an event: only who is invited to it; if absent as the campaign does.",
        .pattern(.handle))
    }
  }

  struct Output: WireObject {
    var matched = 0
    var eligible = 0
    var heads = Heads()
    var leftOut = WireMap<Int>()
    var items: [Item] = []
    var nextCursor: String?
    var asOf = AsOf()
    static var schemaName: String { "GuestPreviewResult" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("matched", &matched, "Guests that the filter matches.")
      try visit.field("eligible", &eligible, "Those of them that would be written to.")
      try visit.field("heads", &heads, "People among the matched.")
      try visit.field("left_out", &leftOut, "The others by their first reason.")
      try visit.field("items", &items, "The page.")
      try visit.field(
        "next_cursor", &nextCursor, "Give it as cursor for the next page; absent on the last.",
        .omittable)
      try visit.field("as_of", &asOf, "When this was true.")
    }
  }

  struct Heads: WireObject {
    var invited: Int64 = 0
    static var schemaName: String { "InvitedHeads" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("invited", &invited, "Sum of party sizes.")
    }
  }

  struct Item: WireObject {
    var guest = GuestReference()
    var isEligible = false
    var templateLanguage: String?
    var reasons: [Reason] = []
    static var schemaName: String { "GuestPreviewItem" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest", &guest, "Guest.")
      try visit.field("eligible", &isEligible, "Whether the guest would be written to.")
      try visit.field("template_language", &templateLanguage, "Language of the first template.")
      try visit.field("reasons", &reasons, "All reasons to leave the guest out.")
    }
  }

  struct Reason: WireObject {
    var code = LeftOutCode.excludedByID
    var guest: GuestID?
    var message = ""
    static var schemaName: String { "LeftOutReason" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("code", &code, "A word for programs.")
      try visit.field("guest_id", &guest, "The guest who is written to instead.")
      try visit.field("message", &message, "For people.")
    }
  }

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    let state = center.engine.state
    let audience = try audience(params, in: state)
    _ = try params.paging.start()
    if center.engine.canJudgeAll(audience) {
      return .now(try page(params, of: audience, in: state, at: center.asOf))
    }
    return try center.later(.reading) { copy, stop in
      let audience = try Self.audience(params, in: copy.state)
      return try page(params, of: audience, in: copy.state, at: copy.asOf) { stop.isSet }
    }
  }

  private static func audience(_ params: Params, in state: State) throws -> Audience {
    guard let project = state.find(params.project) else {
      throw Rejection.notFound(params.project)
    }
    try params.guestFilter.check(for: project, path: "guest_filter")
    let space = params.project.counter - 1
    var graph: ChatflowGraph?
    var sendBy: Timestamp?
    var household = HouseholdPolicy.together
    var event = params.event
    if let campaign = params.campaign {
      guard campaign.space == space, let row = state.find(campaign) else {
        throw Rejection.notFound(campaign)
      }
      graph = state.find(row.settings.chatflow)?.versions.last?.graph
      (sendBy, household) = (row.settings.sendBy, row.settings.household)
      event = event ?? row.settings.event
    }
    if let chatflow = params.chatflow {
      guard chatflow.space == space, let found = state.find(chatflow) else {
        throw Rejection.notFound(chatflow)
      }
      graph = found.versions.last?.graph
    }
    return Audience(
      filter: params.guestFilter, event: try event.map { try project.row.place(of: $0) },
      graph: graph, campaign: params.campaign ?? .none, sendBy: sendBy, space: space,
      household: params.household ?? household, in: state)
  }

  private static func page(
    _ params: Params, of audience: Audience, in state: State, at asOf: AsOf,
    isGivenUp: () -> Bool = { false }
  ) throws -> Output {
    var output = Output()
    let after = try params.paging.start()
    let limit = Int(params.paging.limit)
    let count = AudienceCount(audience, in: state, isGivenUp: isGivenUp) {
      id, reasons, audience in
      guard id.counter > after, isShown(reasons, params.show) else { return }
      if output.items.count == limit {
        if output.nextCursor == nil, let last = output.items.last {
          output.nextCursor = CursorText.text(of: last.guest.id.counter)
        }
        return
      }
      output.items.append(item(id, reasons, audience, state))
    }
    (output.matched, output.eligible) = (count.matched, count.eligible)
    output.heads.invited = count.headsInvited
    for (code, number) in count.leftOut { output.leftOut[code.rawValue] = number }
    output.asOf = asOf
    return output
  }

  private static func isShown(_ reasons: [LeftOut], _ show: Show) -> Bool {
    switch show {
    case .all: true
    case .eligible: reasons.isEmpty
    case .leftOut: !reasons.isEmpty
    }
  }

  private static func item(
    _ id: GuestID, _ reasons: [LeftOut], _ audience: Audience, _ state: State
  ) -> Item {
    var item = Item()
    item.guest = GuestReference(id, in: state)
    item.isEligible = reasons.isEmpty
    item.templateLanguage = audience.templateLanguage(of: id, in: state)
    item.reasons = reasons.map { reason in
      Reason(code: reason.code, guest: reason.guest.nilIfNone, message: reason.message)
    }
    return item
  }
}
