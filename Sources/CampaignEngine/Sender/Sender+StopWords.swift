extension Sender {
  /// Words that, as a whole message to an event, can mean nothing but "write to me no more". What may
  /// mean "I do not come" is an answer: cancel, end, quit, leave and their kin in all languages.
  package static let defaultStopWords = [
    "stop", "stop all", "stopall", "unsubscribe", "opt out", "optout", "revoke", "stop promotions",
    // Indonesian, Malay
    "berhenti", "berhenti berlangganan", "batalkan langganan", "hentikan promosi",
    // Spanish, Portuguese
    "cancelar suscripción", "darme de baja", "parar", "detener promociones", "parar promoções",
    "descadastrar", "cancelar assinatura",
    // French
    "arrêt", "arrêter", "désabonner", "se désabonner", "arrêter les promotions",
    // German, Italian, Dutch
    "stopp", "abbestellen", "werbung stoppen", "disiscrivimi", "ferma promozioni",
    "stop promoties",
    // Russian, Ukrainian, Turkish
    "стоп", "отписаться", "відписатися", "abonelikten çık", "promosyonları durdur",
    // Arabic, Persian, Urdu, Hebrew
    "إيقاف", "إلغاء الاشتراك", "إيقاف العروض", "لغو اشتراک", "ان سبسکرائب", "הסר", "הסירו אותי",
    // Hindi, Bengali
    "रोकें", "बंद करें", "सदस्यता समाप्त करें", "বন্ধ করুন",
    // Chinese, Japanese, Korean
    "退订", "退訂", "停止推广", "配信停止", "수신거부", "수신 거부",
    // Thai, Vietnamese
    "หยุดส่ง", "ยกเลิกการสมัครรับข้อมูล", "ngừng nhận tin", "dừng nhận tin",
  ]

  /// The defaults of the first releases. They are stored in senders that never chose any words.
  static let formerDefaultStopWords = [
    "stop", "stop all", "unsubscribe", "opt out", "berhenti", "batalkan langganan", "keluar",
    "रोकें", "बंद करें", "parar", "cancelar suscripción", "arrêter", "abmelden", "退订", "إلغاء الاشتراك",
  ]

  /// The stop words that hold.
  package var currentStopWords: [String] {
    stopWords == Self.formerDefaultStopWords ? Self.defaultStopWords : stopWords
  }
}
