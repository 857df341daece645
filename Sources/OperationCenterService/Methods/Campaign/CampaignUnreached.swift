import CampaignEngine
import JSONRPC
import Wire

/// The call sheet: whom nothing reaches, and how they may reach us.
struct CampaignUnreached: ServiceLongQuery {
  static let name = "campaign.unreached"
  static let summary =
    "Lists the guests of a campaign whom no message reaches, with what each may send to be asked after all."
  static let details =
    "For whoever calls them: link opens WhatsApp on their phone with the code written; once they send it, from whatever number, that number is theirs, the session window is open, and what did not reach them is said. A code is for the guest alone."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "the call sheet", params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"items":[{"guest":{"id":"gst_4","name":"Ravi Iyer","phone":"+919812300051"},"execution_id":"exe_4","reason":"unreachable","language":null,"household":null,"asked_for":[],"code":"RSVP-4-CF2JB","link":"https://wa.me/6281100000001?text=RSVP-4-CF2JB"}]}"#
    )
  ]

  struct Params: WireObject {
    var campaign = CampaignID.none
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<UnreachedView>

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    let secret = center.engine.secret
    return try center.page { state, _, search in
      guard state.find(params.campaign) != nil else { throw Rejection.notFound(params.campaign) }
      let members = state.members(of: params.campaign)
      return try params.paging.page(upTo: UInt32(members.count), search: search) { counter in
        let id = members[Int(counter) - 1]
        return state.whyUnreached(id).map { UnreachedView(id, $0, secret: secret, in: state) }
      }
    }
  }
}

/// One guest to call.
package struct UnreachedView: WireObject {
  package var guest = GuestReference()
  package var execution = ExecutionID.none
  package var reason = UnreachedReason.unreachable
  package var language: String?
  package var household: String?
  package var askedFor: [GuestReference] = []
  package var code = ""
  package var link = ""

  package init() {}
  package static var schemaName: String { "UnreachedGuest" }

  init(_ id: ExecutionID, _ reason: UnreachedReason, secret: [UInt8], in state: State) {
    let row = state[id]
    guest = GuestReference(row.guest, in: state)
    (execution, self.reason) = (id, reason)
    language = state[row.guest].language.nilIfEmpty
    household = state[row.guest].household.nilIfEmpty
    askedFor = state.members(spokenForBy: id).map { GuestReference($0, in: state) }
    code = GuestCode(row.guest, secret: secret).text
    link = "https://wa.me/\(state.sender(ofSpace: id.space).row.phone.digits)?text=\(code)"
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Guest.")
    try visit.field("execution_id", &execution, "Execution that did not reach them.")
    try visit.field("reason", &reason, "Why.")
    try visit.field("language", &language, "Language of the guest, where it is not the project's.")
    try visit.field("household", &household, "Key of the household.")
    try visit.field("asked_for", &askedFor, "Guests who are asked with this one.")
    try visit.field("code", &code, "What the guest may send to the business number.")
    try visit.field("link", &link, "Opens WhatsApp with the code written.")
  }
}
