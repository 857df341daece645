import CampaignEngine
import Gateways
import JSONRPC
import Wire

struct OutboxReport: ServiceChange {
  static let name = "outbox.report"
  static let isOfWhole = true
  static let summary = "Says what became of an attempt that outbox.claim has given out."
  static let details =
    "What WhatsApp reports later comes by message.report_status. A report after the end of the lease is still believed."
  static let capability: Capability? = .ingest
  static let isRepeatable = true
  static let errors = [ServiceError.notFound, ServiceError.notReady] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "WhatsApp took it",
      params:
        #"{"sender":"snd_2","callback_data":"msg_20000001.1","outcome":"accepted","gateway_message_id":"wamid.D1"}"#,
      result: #"{"message_id":"msg_20000001","status":"accepted"}"#),
    MethodExample(
      name: "WhatsApp asked to wait",
      params:
        #"{"sender":"snd_2","callback_data":"msg_20000001.1","outcome":"failed","error":{"code":130429,"message":"Too many messages."},"retry_after":"5m"}"#,
      result: #"{"message_id":"msg_20000001","status":"queued"}"#),
  ]

  struct Params: KeyedParams {
    var sender = SenderReference.none
    var callbackData = ""
    var outcome = OutboxOutcome.accepted
    var gatewayMessageID: String?
    var isHeld = false
    var userID: String?
    var error: MessageReportStatus.Failure?
    var httpStatus: Int64?
    var retryAfter: TimeSpan?
    var waID: Phone?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("sender", &sender, "The number, or its identifier.")
      try visit.field(
        "callback_data", &callbackData, "Our name of the attempt, as it was claimed.",
        .length(1...64))
      try visit.field(
        "outcome", &outcome, "What the gateway said; not_sent where nothing was written to it.")
      try visit.field(
        "gateway_message_id", &gatewayMessageID, "WhatsApp's id of an accepted message.",
        .length(1...256))
      try visit.field("held", &isHeld, "WhatsApp paces the template.", .defaulted)
      try visit.field(
        "user_id", &userID, "WhatsApp's id of the person, where it told one.", .length(1...160))
      try visit.field("error", &error, "WhatsApp's error object; absent where the answer had none.")
      try visit.field(
        "http_status", &httpStatus,
        "Status of the answer. Without an error object, or with codes 1 and 131000, a 5xx leaves the outcome unknown.",
        .range(100...599))
      try visit.field(
        "retry_after", &retryAfter, "How long the gateway wants us to wait before a retry.",
        .pattern(.length))
      try visit.field(
        "wa_id", &waID, "WhatsApp's own spelling of the number, where it told one.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var message = MessageID.none
    var status = MessageStatus.accepted
    static var schemaName: String { "OutboxReported" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("message_id", &message, "Message.")
      try visit.field("status", &status, "Its state afterwards.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    guard let attempt = AttemptID(params.callbackData) else {
      throw Rejection.invalidParams(
        field: "callback_data", reason: "bad_format",
        "expected the name of an attempt such as msg_1.1")
    }
    try center.perform(
      ReportClaimed(
        sender: try params.sender.resolved(in: center), attempt: attempt,
        outcome: try outcome(params)))
    var output = Output()
    output.message = attempt.message
    output.status = center.engine.state[attempt.message].status
    return output
  }

  private static func outcome(_ params: Params) throws -> ReportAttempt.Outcome {
    switch params.outcome {
    case .accepted:
      guard let gatewayID = params.gatewayMessageID else {
        throw Rejection.invalidParams(
          field: "gateway_message_id", reason: "required",
          "expected WhatsApp's id of the accepted message")
      }
      return .accepted(
        gatewayID: gatewayID, isHeld: params.isHeld, userID: params.userID,
        phone: params.waID)
    case .failed:
      if let failure = params.error {
        return ReportAttempt.Outcome(
          graphError: failure.code, message: failure.message ?? "WhatsApp gave no words.",
          httpStatus: params.httpStatus.map { Int($0) }, retryAfter: params.retryAfter)
      }
      guard let status = params.httpStatus else {
        throw Rejection.invalidParams(
          field: "error", reason: "required",
          "expected the error object, or http_status where the answer had none")
      }
      return ReportAttempt.Outcome(httpStatus: Int(status), retryAfter: params.retryAfter)
    case .unknown: return .unknown("The program that sends for us had no answer.")
    case .notSent:
      return .refused(
        MessageError(.transient, message: "There was no connection: nothing was sent."),
        retryAfter: params.retryAfter)
    }
  }
}

enum OutboxOutcome: String, WireEnum {
  case accepted, failed, unknown
  /// There was no connection, so nothing can have been taken.
  case notSent = "not_sent"
}
