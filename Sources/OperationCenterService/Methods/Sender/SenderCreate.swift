import CampaignEngine
import JSONRPC
import Wire

/// A sender stands above projects, so that several may write from one number.
struct SenderCreate: ServiceChange {
  static let name = "sender.create"
  static let isOfWhole = true
  static let summary = "Creates a sender: a business number and the gateway that speaks for it."
  static let capability: Capability? = .administer
  static let errors = [ServiceError.notReady] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a simulated number",
      params:
        #"{"name":"Weddings Surabaya","phone":"+6281100000002","rates":[{"from":"2026-10-01T00:00:00.000Z","market":"62","category":"marketing","micros":41100}]}"#,
      result:
        #"{"id":"snd_2","name":"Weddings Surabaya","phone":"+6281100000002","gateway":"simulator","account":null,"messages_per_second":80,"currency":"USD","rates":[{"from":"2026-10-01T00:00:00.000Z","market":"62","category":"marketing","micros":41100}],"stop_words":["stop","stop all","stopall","unsubscribe","opt out","optout","revoke","stop promotions","berhenti","berhenti berlangganan","batalkan langganan","hentikan promosi","cancelar suscripción","darme de baja","parar","detener promociones","parar promoções","descadastrar","cancelar assinatura","arrêt","arrêter","désabonner","se désabonner","arrêter les promotions","stopp","abbestellen","werbung stoppen","disiscrivimi","ferma promozioni","stop promoties","стоп","отписаться","відписатися","abonelikten çık","promosyonları durdur","إيقاف","إلغاء الاشتراك","إيقاف العروض","لغو اشتراک","ان سبسکرائب","הסר","הסירו אותי","रोकें","बंद करें","सदस्यता समाप्त करें","বন্ধ করুন","退订","退訂","停止推广","配信停止","수신거부","수신 거부","หยุดส่ง","ยกเลิกการสมัครรับข้อมูล","ngừng nhận tin","dừng nhận tin"],"allowances":[],"daily":{"limit":null,"used":0,"room_at":null},"queued":{"replies":0,"campaigns":0,"others":0,"daily_limit":0,"template_stop":0},"created_at":"2026-11-22T09:55:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var name = ""
    var phone = Phone.none
    var gateway = GatewayKind.simulator
    var messagesPerSecond: Int64 = 80
    var currency = "USD"
    var rates: [Rate] = []
    var stopWords = Sender.defaultStopWords
    var dailyLimit: Int64?
    var allowances: [Allowance] = []
    var account: String?
    var requiresConsent = false
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("name", &name, "What people call this number.", .length(1...200))
      try visit.field("phone", &phone, "The business number in E.164.")
      try visit.field("gateway", &gateway, "Who carries its messages.", .defaulted)
      try visit.field(
        "messages_per_second", &messagesPerSecond,
        "Throughput of the number; WhatsApp's own limit is 80 unless it was raised.",
        .defaulted.range(1...1000))
      try visit.field(
        "currency", &currency, "Currency of its prices.", .defaulted.pattern(.currency))
      try visit.field(
        "rates", &rates, "Dated prices; without them costs are unknown.",
        .defaulted.length(0...5000))
      try visit.field(
        "stop_words", &stopWords, "Whole messages that opt a guest out.", .defaulted.length(0...200)
      )
      try visit.idempotencyKey(&idempotencyKey)
      try visit.field(
        "daily_limit", &dailyLimit,
        "People whom it may write to outside their session windows in any 24 hours, as WhatsApp allows: 250, 2000, 10000, 100000; no limit if absent.",
        .range(1...10_000_000))
      try visit.field(
        "allowances", &allowances, "Free allotments: messages a month that cost nothing.",
        .defaulted.length(0...100))
      try visit.field(
        "account", &account,
        "Meta's number of the WhatsApp Business account that it belongs to. Webhooks of other accounts may not speak of it; without one, any of the secrets will do, and news of templates and of the account pass it by.",
        .pattern(.account))
      try visit.field(
        "require_consent", &requiresConsent,
        "Leaves out guests of whom neither consent_source nor consent_at is known; a template to them is refused, unless they have just written.",
        .defaulted)
    }
  }

  typealias Output = SenderView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> SenderView {
    guard params.gateway != .whatsapp else {
      throw Rejection.notReady(
        "Gateway whatsapp is not part of this version; use simulator or client.",
        reason: "gateway")
    }
    var row = Sender()
    (row.name, row.phone, row.gateway) = (params.name, params.phone, params.gateway)
    (row.messagesPerSecond, row.currency) = (params.messagesPerSecond, params.currency)
    (row.rates, row.stopWords) = (params.rates, params.stopWords)
    (row.dailyLimit, row.allowances) = (params.dailyLimit, params.allowances)
    row.account = params.account ?? ""
    row.requiresConsent = params.requiresConsent
    let id = try center.perform(CreateSender(row: row))
    return SenderView(id, in: center)
  }
}
