import CampaignEngine
import Wire

/// What people do with the messages that they get. A person is a phone: whoever shares one shares
/// its habits, and each message is answered once.
package struct SimulatedGuests: WireObject, Equatable {
  package var profile = Profile.eager
  package var unreachable: Int64 = 15
  package var silent: Int64 = 150
  package var hiddenNumbers: Int64 = 20
  package var readReceipts: Int64 = 850
  package var readDelay = TimeSpan.minutes(4)
  package var longestRead = TimeSpan.hours(48)
  package var replies: Int64 = 850
  package var replyDelay = TimeSpan.minutes(15)
  package var longestReply = TimeSpan.days(7)
  package var choiceWeights: [Int64] = [6, 3, 2, 1]
  package var typed: Int64 = 150
  package var nonsense: Int64 = 30
  package var media: Int64 = 20
  package var invalid: Int64 = 100
  package var optOuts: Int64 = 5
  package var chatter: Int64 = 50
  package var earlyReplies: Int64 = 5
  package var quickReplies: Int64 = 20
  package var weekLate: Int64 = 10
  package var doubleReplies: Int64 = 20
  package var lateChanges: Int64 = 30
  package var lateChangeDelay = week
  /// How likely an invitation is answered in its first week, the second, and so on; none where it is
  /// answered as it is read.
  package var replyWeeks: [Int64] = []

  static let week = TimeSpan.days(7)

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    var given = profile
    try visit.field(
      "profile", &given, "What holds for all that is not set: eager, or real.", .defaulted)
    if given != profile { self = Self(given) }
    try visit.field(
      "unreachable", &unreachable, "People who are not on WhatsApp; each message fails (131026).",
      .perMille)
    try visit.field("silent", &silent, "People who never answer anything.", .perMille)
    try visit.field(
      "hidden_numbers", &hiddenNumbers, "People who write under a user id, without a number.",
      .perMille)
    try visit.field(
      "read_receipts", &readReceipts, "Messages whose reading is reported.", .perMille)
    try visit.field("read_delay", &readDelay, "Median time from delivered to read.", .defaulted)
    try visit.field("longest_read", &longestRead, "Longest time until it is read.", .defaulted)
    try visit.field(
      "replies", &replies, "Questions answered by people who are not silent.", .perMille)
    try visit.field("reply_delay", &replyDelay, "Median time from reading to replying.", .defaulted)
    try visit.field("longest_reply", &longestReply, "Longest time until the reply.", .defaulted)
    try visit.field(
      "choice_weights", &choiceWeights,
      "How likely the first choice is taken, the second, and so on; the last serves the rest.",
      .defaulted.length(1...10))
    try visit.field("typed", &typed, "Buttons whose title is typed instead of tapped.", .perMille)
    try visit.field("nonsense", &nonsense, "Replies that fit no choice.", .perMille)
    try visit.field("media", &media, "Replies by picture, voice, place and the like.", .perMille)
    try visit.field(
      "invalid", &invalid, "Answers that a form does not take: too many, no date.", .perMille)
    try visit.field("opt_outs", &optOuts, "Questions answered by STOP.", .perMille)
    try visit.field("chatter", &chatter, "Messages answered though nothing was asked.", .perMille)
    try visit.field(
      "early_replies", &earlyReplies, "Replies that arrive before the answer to our send.",
      .perMille)
    try visit.field(
      "quick_replies", &quickReplies, "Replies that arrive right after it.", .perMille)
    try visit.field("week_late", &weekLate, "Replies that come a week later still.", .perMille)
    try visit.field(
      "double_replies", &doubleReplies, "Replies given twice, as two messages.", .perMille)
    try visit.field(
      "late_changes", &lateChanges, "Taps after which another button is tapped much later.",
      .perMille)
    try visit.field(
      "late_change_delay", &lateChangeDelay, "Typical time until such a change.", .defaulted)
    try visit.field(
      "reply_weeks", &replyWeeks,
      "How likely an invitation is answered in its first week, the second, and so on; empty where it is answered as it is read.",
      .defaulted.length(0...12))
  }
}
