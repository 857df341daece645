import CampaignEngine
import JSONRPC
import Wire

struct SenderList: ServiceQuery {
  static let name = "sender.list"
  static let reach = ProjectReach.own
  static let summary = "Lists senders in the order of their creation."
  static let examples = [
    MethodExample(
      name: "all numbers",
      params: #"{"limit":10}"#,
      result:
        #"{"items":[{"id":"snd_1","name":"Weddings Jakarta","phone":"+6281100000001","gateway":"simulator","account":null,"messages_per_second":80,"currency":"USD","rates":[{"from":"2026-10-01T00:00:00.000Z","market":"","category":"marketing","micros":41100},{"from":"2026-10-01T00:00:00.000Z","market":"","category":"utility","micros":25000},{"from":"2026-10-01T00:00:00.000Z","market":"","category":"service","micros":25000}],"stop_words":["stop","stop all","stopall","unsubscribe","opt out","optout","revoke","stop promotions","berhenti","berhenti berlangganan","batalkan langganan","hentikan promosi","cancelar suscripción","darme de baja","parar","detener promociones","parar promoções","descadastrar","cancelar assinatura","arrêt","arrêter","désabonner","se désabonner","arrêter les promotions","stopp","abbestellen","werbung stoppen","disiscrivimi","ferma promozioni","stop promoties","стоп","отписаться","відписатися","abonelikten çık","promosyonları durdur","إيقاف","إلغاء الاشتراك","إيقاف العروض","لغو اشتراک","ان سبسکرائب","הסר","הסירו אותי","रोकें","बंद करें","सदस्यता समाप्त करें","বন্ধ করুন","退订","退訂","停止推广","配信停止","수신거부","수신 거부","หยุดส่ง","ยกเลิกการสมัครรับข้อมูล","ngừng nhận tin","dừng nhận tin"],"allowances":[],"daily":{"limit":null,"used":4,"room_at":null},"queued":{"replies":0,"campaigns":1,"others":0,"daily_limit":0,"template_stop":0},"created_at":"2026-11-22T09:30:00.000Z"}]}"#
    )
  ]

  struct Params: WireObject {
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<SenderView>

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Page<SenderView>
  {
    if let only = center.call.project {
      let sender = center.engine.state.find(only)?.row.sender
      return Page(whole: sender.map { [SenderView($0, in: center)] } ?? [])
    }
    let senders = center.engine.state.senders
    return try params.paging.page(upTo: senders.count) { counter in
      SenderView(SenderID(space: 0, counter: counter), in: center)
    }
  }
}
