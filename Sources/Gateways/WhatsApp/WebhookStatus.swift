import CampaignEngine
import Wire

/// What became of a message that a business number sent.
package struct WebhookStatus: Sendable, Equatable {
  package var from: Phone
  package var id: String
  /// Our own name of the attempt, which travelled with the message.
  package var attempt: AttemptID?
  package var report: DeliveryReport
  /// Whom WhatsApp says that it went to.
  package var userID: String?
  package var recipient: Phone?

  /// Nil for statuses that move nothing, such as `deleted` and `warning`.
  init?(_ status: JSONValue, from number: Phone, _ contacts: WebhookContacts) {
    guard let id = status["id"].identifier, let at = status["timestamp"].timestamp,
      let reported = Self.reported[status["status"].text ?? ""]
    else { return nil }
    (from, self.id) = (number, id)
    attempt = status["biz_opaque_callback_data"].text.flatMap { AttemptID($0) }
    report = DeliveryReport()
    (report.status, report.at) = (reported, at)
    if reported == .failed {
      let error = MessageError(webhook: status["errors"].elements.first)
      report.error = error
      report.retryAfter = error.code.flatMap { ErrorClassifier.verdict(on: $0).leastWait }
    }
    if Self.isFree(status["pricing"]) { report.billedMicros = 0 }
    // A group's id is nobody's.
    guard status["recipient_type"].text != "group" else { return }
    let to = status["recipient_id"].text
    recipient = Phone(digitsOf: to)
    userID = status["recipient_user_id"].identifier ?? contacts.userID(of: to)
  }

  /// Whoever plays a voice message has it.
  private static let reported: [String: ReportedStatus] = [
    "sent": .sent, "delivered": .delivered, "read": .read, "played": .read, "failed": .failed,
  ]

  /// WhatsApp tells no price, only whether there is one (Meta, "Status messages webhook
  /// reference"). What costs is priced by the sender's own rates.
  private static func isFree(_ pricing: JSONValue?) -> Bool {
    switch (pricing?["type"] ?? pricing?["pricing_type"]).text {
    case "free_customer_service"?, "free_entry_point"?: true
    case "regular"?: false
    default: pricing?["billable"].bool == false
    }
  }
}

extension MessageError {
  fileprivate init(webhook error: JSONValue?) {
    guard let code = error?["code"].integer, (0...9_999_999).contains(code) else {
      self.init(.unknown, message: "WhatsApp gave no reason.")
      return
    }
    let words =
      error?["error_data"]?["details"].text ?? error?["message"].text ?? error?["title"].text
    self.init(
      ErrorClassifier.errorClass(code: code), code: code,
      message: words.map { String($0.prefix(1000)) } ?? "WhatsApp gave no words.")
  }
}
