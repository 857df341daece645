import Wire

/// A business number and the gateway that speaks for it. It stands above projects: several
/// weddings may share one number, and a guest's session window is with the number.
package struct Sender: WireObject {
  package var name = ""
  package var phone = Phone.none
  package var gateway = GatewayKind.simulator
  /// WhatsApp allows 80 messages a second and number unless it was raised.
  package var messagesPerSecond: Int64 = 80
  package var currency = "USD"
  package var rates: [Rate] = []
  package var stopWords: [String] = Sender.defaultStopWords
  package var createdAt = Timestamp.zero
  /// When the token bucket allows the next message, in microseconds.
  package var nextSlotMicroseconds: Int64 = 0
  /// Persons who may be written to outside their session windows in any 24 hours; nil for no limit.
  package var dailyLimit: Int64?
  /// Messages a month that cost nothing, and what was delivered in the newest months.
  package var allowances: [Allowance] = []
  package var deliveries: [MonthlyDeliveries] = []
  /// Campaigns take turns, beginning after the one that sent last.
  package var lastCampaign = CampaignID.none
  /// The WhatsApp Business account that the number belongs to; empty where nobody said.
  package var account = ""
  /// When WhatsApp last stopped that account.
  package var accountStoppedAt = Timestamp.zero
  /// WhatsApp throttled the number: nothing goes before, then a part of its rate; see `Slowing`.
  package var throttledUntil = Timestamp.zero
  package var slowness: Int64 = 1
  package var slowedAt = Timestamp.zero
  /// Nobody is written to first of whom it is not known that they agreed to it.
  package var requiresConsent = false

  package init() {}

  /// We hand its messages over; those of a client wait to be claimed.
  package var isPushed: Bool { gateway != .client }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "What people call this number.")
    try visit.field("phone", &phone, "The business number in E.164.")
    try visit.field("gateway", &gateway, "Who carries its messages.")
    try visit.field("messages_per_second", &messagesPerSecond, "Throughput of the number.")
    try visit.field("currency", &currency, "Currency of its prices.")
    try visit.field("rates", &rates, "Dated prices.")
    try visit.field("stop_words", &stopWords, "Whole messages that opt a guest out.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("next_slot", &nextSlotMicroseconds, "State of the token bucket.")
    try visit.field("daily_limit", &dailyLimit, "Persons a day outside their windows.")
    try visit.field("last_campaign", &lastCampaign, "Campaign that sent last.")
    try visit.field("allowances", &allowances, "Free allotments.")
    try visit.field("deliveries", &deliveries, "Deliveries of the newest months.")
    try visit.field("account", &account, "WhatsApp Business account.")
    try visit.field("account_stopped_at", &accountStoppedAt, "When WhatsApp last stopped it.")
    try visit.field("throttled_until", &throttledUntil, "End of the rest after a throttle.")
    try visit.field("slowness", &slowness, "Part of the rate that was left then.")
    try visit.field("slowed_at", &slowedAt, "When it was throttled last.")
    try visit.field("requires_consent", &requiresConsent, "Whether guests must have agreed.")
  }
}

package enum GatewayKind: String, WireEnum {
  case simulator, client, whatsapp
}
