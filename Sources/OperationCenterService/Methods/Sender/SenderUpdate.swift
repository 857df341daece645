import CampaignEngine
import JSONRPC
import Wire

/// The number, its gateway and its currency are for life: messages and costs stand in them.
struct SenderUpdate: ServiceChange {
  static let name = "sender.update"
  static let isOfWhole = true
  static let summary = "Changes a sender: what is absent stays."
  static let details =
    "New rates hold for messages that are sent or delivered from now on; what is booked stays. Null clears the rates, the allowances, the limit and the account, and gives back the usual stop words."
  static let capability: Capability? = .administer
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a higher throughput, and one stop word",
      params: #"{"sender_id":"snd_1","messages_per_second":250,"stop_words":["stop"]}"#,
      result:
        #"{"id":"snd_1","name":"Weddings Jakarta","phone":"+6281100000001","gateway":"simulator","account":null,"messages_per_second":250,"currency":"USD","rates":[{"from":"2026-10-01T00:00:00.000Z","market":"","category":"marketing","micros":41100},{"from":"2026-10-01T00:00:00.000Z","market":"","category":"utility","micros":25000},{"from":"2026-10-01T00:00:00.000Z","market":"","category":"service","micros":25000}],"stop_words":["stop"],"allowances":[],"daily":{"limit":null,"used":4,"room_at":null},"queued":{"replies":0,"campaigns":1,"others":0,"daily_limit":0,"template_stop":0},"created_at":"2026-11-22T09:30:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var sender = SenderID.none
    var name: String?
    var messagesPerSecond: Int64?
    var rates = Patch<[Rate]>.keep
    var stopWords = Patch<[String]>.keep
    var dailyLimit = Patch<Int64>.keep
    var allowances = Patch<[Allowance]>.keep
    var account = Patch<String>.keep
    var requiresConsent: Bool?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("sender_id", &sender, "Sender.")
      try visit.field("name", &name, "What people call this number.", .length(1...200))
      try visit.field(
        "messages_per_second", &messagesPerSecond, "Throughput of the number.", .range(1...1000))
      try visit.field("rates", &rates, "All dated prices.", .length(0...5000))
      try visit.field(
        "stop_words", &stopWords, "All whole messages that opt a guest out.", .length(0...200))
      try visit.field(
        "daily_limit", &dailyLimit,
        "People a day whom the number may write to outside their session windows; null for no limit.",
        .range(1...10_000_000))
      try visit.field(
        "allowances", &allowances, "All messages a month that cost nothing.", .length(0...100))
      try visit.idempotencyKey(&idempotencyKey)
      try visit.field(
        "account", &account, "The number's WhatsApp Business account; null where it is not known.",
        .pattern(.account))
      try visit.field(
        "require_consent", &requiresConsent,
        "Leaves out guests of whom neither consent_source nor consent_at is known; a template to them is refused, unless they have just written."
      )
    }
  }

  typealias Output = SenderView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> SenderView {
    var change = SenderChange()
    (change.name, change.messagesPerSecond) = (params.name, params.messagesPerSecond)
    change.rates = params.rates.value(cleared: [])
    change.stopWords = params.stopWords.value(cleared: Sender.defaultStopWords)
    change.dailyLimit = params.dailyLimit
    change.allowances = params.allowances.value(cleared: [])
    change.account = params.account.value(cleared: "")
    change.requiresConsent = params.requiresConsent
    try center.perform(UpdateSender(sender: params.sender, change: change))
    return SenderView(params.sender, in: center)
  }
}

extension Patch {
  /// The new value, with what null stands for; nil where the old one stays.
  func value(cleared: Value) -> Value? {
    switch self {
    case .keep: nil
    case .clear: cleared
    case .set(let value): value
    }
  }
}
