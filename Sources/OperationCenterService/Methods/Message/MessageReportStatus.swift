import CampaignEngine
import Gateways
import JSONRPC
import Wire

/// Reports come at least once and in any order; only those that move a message up change anything.
struct MessageReportStatus: ServiceChange {
  static let name = "message.report_status"
  static let isOfWhole = true
  static let summary =
    "Takes in what WhatsApp reports on a message: held, sent, delivered, read, failed."
  static let capability: Capability? = .ingest
  static let isRepeatable = true
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a guest has read the invitation",
      params:
        #"{"sender":"+6281100000001","status":"read","at":"2026-11-22T09:54:00.000Z","gateway_message_id":"wamid.C2"}"#,
      result: #"{"message_id":"msg_2","status":"read","applied":true,"parked":false}"#)
  ]

  struct Params: KeyedParams {
    var sender = SenderReference.none
    var status = ReportedStatus.sent
    var at = Timestamp.zero
    var gatewayMessageID: String?
    var callbackData: String?
    var error: Failure?
    var billedMicros: Int64?
    var userID: String?
    var recipient: Phone?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("sender", &sender, "The number that sent the message, or its identifier.")
      try visit.field("status", &status, "What happened.")
      try visit.field("at", &at, "When, by WhatsApp's clock.")
      try visit.field(
        "gateway_message_id", &gatewayMessageID, "WhatsApp's id of the message.", .length(1...256))
      try visit.field(
        "callback_data", &callbackData,
        "Our name of the attempt, as it was sent along: biz_opaque_callback_data.", .length(1...64))
      try visit.field("error", &error, "Why it failed.")
      try visit.field(
        "billed_micros", &billedMicros, "Price, where one was told.", .range(0...1_000_000_000))
      try visit.field(
        "user_id", &userID, "WhatsApp's id of whom it went to, where it told one.",
        .length(1...160))
      try visit.field("recipient", &recipient, "Number that it went to, as WhatsApp spells it.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Failure: WireObject {
    var code: Int64 = 0
    var message: String?
    static var schemaName: String { "ReportedFailure" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("code", &code, "WhatsApp's error code.", .range(0...9_999_999))
      try visit.field("message", &message, "WhatsApp's words.", .length(0...1000))
    }
  }

  struct Output: WireObject {
    var message: MessageID?
    var status: MessageStatus?
    var isApplied = false
    var isParked = false
    static var schemaName: String { "StatusReported" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("message_id", &message, "Message; null while it is not known.")
      try visit.field("status", &status, "Its state afterwards.")
      try visit.field("applied", &isApplied, "False where the report changed nothing.")
      try visit.field("parked", &isParked, "The message is not known yet; the report waits for it.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    guard params.gatewayMessageID != nil || params.callbackData != nil else {
      throw Rejection.invalidParams(
        field: "gateway_message_id", reason: "required",
        "expected gateway_message_id or callback_data")
    }
    var report = DeliveryReport()
    (report.status, report.at, report.billedMicros) = (
      params.status, params.at, params.billedMicros
    )
    if let failure = params.error {
      let verdict = ErrorClassifier.verdict(on: failure.code)
      report.error = MessageError(
        verdict.errorClass, code: failure.code,
        message: failure.message ?? "WhatsApp gave no words.")
      report.retryAfter = verdict.leastWait
    }
    let attempt = try params.callbackData.map { text in
      guard let attempt = AttemptID(text) else {
        throw Rejection.invalidParams(
          field: "callback_data", reason: "bad_format",
          "expected the name of an attempt such as msg_1.1")
      }
      return attempt
    }
    let result = try center.perform(
      ReportStatus(
        sender: try params.sender.resolved(in: center), gatewayID: params.gatewayMessageID ?? "",
        attempt: attempt, report: report, userID: params.userID, recipient: params.recipient))
    var output = Output()
    output.message = result.message.nilIfNone
    output.status = result.message.isNone ? nil : center.engine.state[result.message].status
    (output.isApplied, output.isParked) = (result.isApplied, result.isParked)
    return output
  }
}
