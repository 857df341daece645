import CampaignEngine
import JSONRPC
import Wire

struct SessionGet: ServiceQuery {
  static let name = "session.get"
  static let summary = "Gives the session window of a person, and what may be sent to them now."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a guest who has just written", params: #"{"guest_id":"gst_1"}"#,
      result:
        #"{"sender_id":"snd_1","phone":"+919812300045","user_id":null,"guest_ids":["gst_1"],"session_window":{"open":true,"closes_at":"2026-11-23T09:49:58.000Z"},"last_inbound_at":"2026-11-22T09:49:58.000Z","subscription":"subscribed","pending":0,"rate":{"available":45,"next_at":null}}"#
    )
  ]

  struct Params: WireObject {
    var guest: GuestID?
    var sender: SenderReference?
    var phone: Phone?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guest, "The guest that the person is.")
      try visit.field("sender", &sender, "Or: the number, with phone.")
      try visit.field("phone", &phone, "The person's number.")
    }
  }

  typealias Output = SessionView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> SessionView {
    if let guest = params.guest {
      guard let row = center.engine.state.find(guest) else {
        throw Rejection.notFound(guest)
      }
      let sender = center.engine.state.senderID(ofSpace: guest.space)
      return SessionView(
        row.person, of: sender, in: center.engine.state, at: center.now,
        seenBy: center.call.project)
    }
    guard let reference = params.sender, let phone = params.phone else {
      throw Rejection.invalidParams(
        field: "guest_id", reason: "required", "expected guest_id, or sender and phone")
    }
    let sender = try reference.resolved(in: center)
    guard let person = center.engine.state[sender].personsByPhone[phone] else {
      // A person's number does not stand in messages, not even in one to whoever asked for it.
      throw Rejection.notFound(sender.wireText, "A person with this phone at")
    }
    return SessionView(
      person, of: sender, in: center.engine.state, at: center.now,
      seenBy: center.call.project)
  }
}
