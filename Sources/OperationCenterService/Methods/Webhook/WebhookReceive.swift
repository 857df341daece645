import CampaignEngine
import JSONRPC
import Wire

/// For whatever listens to Meta over HTTPS: it passes on the bytes and the header, and answers Meta
/// with 200 once this has answered.
struct WebhookReceive: ServiceLongChange {
  static let name = "webhook.receive"
  static let isOfWhole = true
  static let summary =
    "Takes in a webhook of WhatsApp, whole: messages, reports, news of templates."
  static let details =
    "The signature is checked against the account's secret in the file of serve --webhook-secrets. The body is kept before the answer, and worked off after it, item by item. It may speak of several numbers, which are found by display_phone_number, and of several accounts, as long as they have the same secret. What is not known is passed over and does not stop the rest. A repeat changes nothing. A body above 96 KiB is checked beside other calls, and its answer comes later."
  static let capability: Capability? = .ingest
  static let isRepeatable = true
  static let errors =
    [ServiceError.unauthenticated, ServiceError.notReady] + ServiceError.ofChanges
    + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "a guest asks something",
      params:
        #"{"account":"1029384756","signature":"sha256=9b7122bf4092168b817714a8cba392319ff3dce9ac7cd1578e7f2673d49f0015","body":"eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMTAyOTM4NDc1NiIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdpbmdfcHJvZHVjdCI6IndoYXRzYXBwIiwibWV0YWRhdGEiOnsiZGlzcGxheV9waG9uZV9udW1iZXIiOiI2MjgxMTAwMDAwMDAxIiwicGhvbmVfbnVtYmVyX2lkIjoiMTA0NDAwMDAwMDAwMDAxIn0sImNvbnRhY3RzIjpbeyJwcm9maWxlIjp7Im5hbWUiOiJTYXJpIn0sIndhX2lkIjoiNjI4MTIzMDAwMDA3NyJ9XSwibWVzc2FnZXMiOlt7ImZyb20iOiI2MjgxMjMwMDAwMDc3IiwiaWQiOiJ3YW1pZC5JTjkiLCJ0aW1lc3RhbXAiOiIxNzk1MzQxMzAwIiwidHlwZSI6InRleHQiLCJ0ZXh0Ijp7ImJvZHkiOiJJcyB0aGVyZSBwYXJraW5nPyJ9fV19fV19XX0="}"#,
      result: #"{"number":1,"duplicate":false}"#)
  ]

  struct Params: KeyedParams {
    var account = ""
    var signature = WebhookSignature.none
    var body = ""
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field(
        "account", &account, "Meta's number of the business account, as in the file of secrets.",
        .pattern(.account))
      try visit.field("signature", &signature, "The header X-Hub-Signature-256.")
      try visit.field(
        "body", &body, "The body of the request in base64, up to 3 MiB, byte for byte as it came.",
        .length(4...4_194_304))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var number: UInt64 = 0
    var isDuplicate = false
    static var schemaName: String { "WebhookReceived" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("number", &number, "Of the body, among all that were taken in.")
      try visit.field("duplicate", &isDuplicate, "It was taken in before; nothing changed.")
    }
  }

  /// Plans with the body, whose signature was found right.
  static func plan(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> ChangePlan<String> {
    guard let secret = center.configuration.webhookSecrets[params.account] else {
      throw Rejection.notReady(
        "There is no secret of account \(params.account); put it into the file of serve --webhook-secrets and start the service again.",
        reason: "no_secret")
    }
    // Base64 takes four characters for three bytes.
    guard params.body.utf8.count / 4 * 3 > Limits.webhookBytesReadAtOnce else {
      return .now(try checkedBody(of: params, secret))
    }
    return .working(.webhook) { try checkedBody(of: params, secret) }
  }

  private static func checkedBody(of params: Params, _ secret: [UInt8]) throws -> String {
    guard let body = Base64.bytes(params.body) else {
      throw Rejection.invalidParams(field: "body", reason: "bad_format", "expected base64")
    }
    guard params.signature.isRight(for: body, secret: secret) else {
      throw RPCError.unauthenticated(
        "The signature is not that of account \(params.account) for these bytes; pass the body on as it came.",
        reason: "wrong_signature")
    }
    do throws(WireError) { try JSON.validate(body) } catch {
      throw Rejection.invalidParams(
        field: "body", reason: error.reason, "expected the JSON that WhatsApp posts: \(error)"
      )
    }
    return String(decoding: body, as: UTF8.self)
  }

  static func change(
    _ params: Params, _ body: String, in center: isolated OperationCenter
  ) throws -> Output {
    let result = try center.perform(
      ReceiveWebhook(account: params.account, body: body, digest: params.signature.digest))
    var output = Output()
    (output.number, output.isDuplicate) = (result.number, result.isDuplicate)
    return output
  }
}
