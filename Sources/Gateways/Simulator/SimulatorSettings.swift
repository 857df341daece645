import CampaignEngine
import Wire

/// How the simulated world behaves. Everything has a default that resembles a real campaign; rates
/// are per mille.
///
///     {"guests": {"silent": 300, "reply_delay": "40m"}, "whatsapp": {"late_failures": 0}}
package struct SimulatorSettings: WireObject, Equatable {
  package var guests = SimulatedGuests()
  package var whatsApp = SimulatedWhatsApp()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guests", &guests, "What people do.", .defaulted)
    try visit.field("whatsapp", &whatsApp, "What WhatsApp does.", .defaulted)
  }

  /// No report of an attempt comes later than this after its start: how far back attempts are
  /// resumed after a restart.
  package var longestStory: TimeSpan {
    // A spread takes half as long again as is typical.
    let spreads = [
      whatsApp.answerLatency, whatsApp.sentDelay, whatsApp.hold, whatsApp.webhookLatency,
      guests.lateChangeDelay,
    ].reduce(Int64(0)) { $0 + max(0, $1.milliseconds) * 3 / 2 }
    let tails = [
      whatsApp.answerTimeout, whatsApp.longestDelivery, guests.longestRead, guests.longestReply,
      SimulatedGuests.week,
      TimeSpan(milliseconds: Int64(guests.replyWeeks.count) * SimulatedGuests.week.milliseconds),
    ].reduce(Int64(0)) { $0 + max(0, $1.milliseconds) }
    return TimeSpan(milliseconds: spreads + tails + TimeSpan.hours(1).milliseconds)
  }
}

extension Rule {
  static let perMille = Rule.defaulted.range(0...1000)
}

/// What WhatsApp does with the messages that it is given.
package struct SimulatedWhatsApp: WireObject, Equatable {
  package var answerLatency = TimeSpan(milliseconds: 120)
  package var webhookLatency = TimeSpan(milliseconds: 400)
  package var sentDelay = TimeSpan(milliseconds: 300)
  package var deliveryDelay = TimeSpan.seconds(2)
  package var longestDelivery = TimeSpan.hours(24)
  package var refusals: Int64 = 10
  package var lateFailures: Int64 = 10
  package var repeatedFailures: Int64 = 100
  package var windowRefusals: Int64 = 0
  package var cappedTemplates: Int64 = 5
  package var heldTemplates: Int64 = 5
  package var hold = TimeSpan.minutes(10)
  package var lostAnswers: Int64 = 5
  package var answerTimeout = TimeSpan.seconds(30)
  package var neverDelivered: Int64 = 20
  package var doubledReports: Int64 = 30
  package var reorderedReports: Int64 = 30
  package var skippedDeliveries: Int64 = 50
  package var earlyReports: Int64 = 20
  package var namelessReports: Int64 = 20
  package var doubledMessages: Int64 = 20

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "answer_latency", &answerLatency, "Typical time until a send is answered.", .defaulted)
    try visit.field(
      "webhook_latency", &webhookLatency, "Typical time that a webhook takes.", .defaulted)
    try visit.field(
      "sent_delay", &sentDelay, "Typical time from the answer until it is sent.", .defaulted)
    try visit.field(
      "delivery_delay", &deliveryDelay, "Median time from sent to delivered.", .defaulted)
    try visit.field(
      "longest_delivery", &longestDelivery, "Phones are switched off this long at most.", .defaulted
    )
    try visit.field(
      "refusals", &refusals, "Sends answered by a passing error (131000, 131016).", .perMille)
    try visit.field(
      "late_failures", &lateFailures, "Messages that fail after their send was accepted.", .perMille
    )
    try visit.field(
      "repeated_failures", &repeatedFailures,
      "Of the retries of such messages, how many fail as the first attempt might have.", .perMille)
    try visit.field(
      "window_refusals", &windowRefusals, "Free texts refused as outside the window (131047).",
      .perMille)
    try visit.field(
      "capped_templates", &cappedTemplates, "Templates held back by the cap on marketing (131049).",
      .perMille)
    try visit.field(
      "held_templates", &heldTemplates, "Templates that are paced before they are sent.", .perMille)
    try visit.field("hold", &hold, "Typical time for which they are held.", .defaulted)
    try visit.field(
      "lost_answers", &lostAnswers, "Messages that are sent while the answer is lost.", .perMille)
    try visit.field("answer_timeout", &answerTimeout, "When a lost answer is given up.", .defaulted)
    try visit.field("never_delivered", &neverDelivered, "Messages that stay at sent.", .perMille)
    try visit.field("doubled_reports", &doubledReports, "Statuses that come twice.", .perMille)
    try visit.field(
      "reordered_reports", &reorderedReports,
      "Messages whose delivered comes after their read, or sent after delivered.", .perMille)
    try visit.field(
      "skipped_deliveries", &skippedDeliveries, "Read messages without a delivered.", .perMille)
    try visit.field(
      "early_reports", &earlyReports, "Messages whose sent comes before the answer.", .perMille)
    try visit.field(
      "nameless_reports", &namelessReports, "Messages whose statuses do not carry our own name.",
      .perMille)
    try visit.field(
      "doubled_messages", &doubledMessages, "Messages of guests that are delivered to us twice.",
      .perMille)
  }
}
