import Wire

/// One intent to send, with its attempts; or one message received.
package struct Message: WireObject {
  package var direction = Direction.outbound
  package var status = MessageStatus.queued
  package var sender = SenderID.none
  /// Row of the person at the sender.
  package var person: UInt32 = 0
  package var guest = GuestID.none
  package var execution = ExecutionID.none
  package var campaign = CampaignID.none
  /// Answers the guest inside a dialogue: goes first, and quiet hours do not hold it.
  package var isReply = false
  /// Visit of the execution that it belongs to.
  package var step: UInt16 = 0
  package var purpose = MessagePurpose.node
  /// Place among the messages that its execution sends: with the guest it names the intent, in
  /// whatever order the messages of different guests came to be.
  package var ordinal: UInt16 = 0
  /// Index of the form's question, for its purposes.
  package var question: UInt16 = 0
  /// Of which event the question is, as `QuestionSubject` keeps it.
  package var aboutEvent: UInt16 = 0
  /// Of which guest of the household, by counter; 0 for whoever is asked.
  package var aboutGuest: UInt32 = 0
  /// What went out at the newest attempt, or what came in.
  package var content = MessageContent()
  package var gatewayID = ""
  package var attempts: UInt16 = 0
  /// Not to be sent before; orders the lanes.
  package var readyAt = Timestamp.zero
  package var sendBy = Timestamp.zero
  package var attemptAt = Timestamp.zero
  /// WhatsApp refused free text for this intent once (131047): templates only from now on.
  package var mustBeTemplate = false
  /// The newest attempt went out as free text in place of a template.
  package var replacedTemplate = TemplateID.none
  package var error: MessageError?
  package var createdAt = Timestamp.zero
  package var acceptedAt = Timestamp.zero
  package var sentAt = Timestamp.zero
  package var deliveredAt = Timestamp.zero
  package var readAt = Timestamp.zero
  package var failedAt = Timestamp.zero
  package var cost = MessageCost()
  /// Since when nobody knows whether the newest attempt was taken; stays until one is, or until the
  /// next attempt starts.
  package var unknownSince = Timestamp.zero
  /// Attempts before the present one that may still be reported on.
  package var earlier: [EarlierAttempt] = []
  /// Number of the attempt that the row tells of, where it is not the newest.
  package var standing: UInt16 = 0
  /// Until when a program that sends for us may report on the attempt.
  package var leaseUntil = Timestamp.zero
  /// What holds it beside its time; it stands in a lane of its own until that lifts.
  package var block: SendBlock?
  /// What the failure of the attempt proves that the row tells of; nil where it has not failed, and
  /// in rows from before this was kept.
  package var failure: FailureProof?
  /// Attempts that a throttle turned away: they use up none of the policy's.
  package var turnedAway: UInt16 = 0
  /// Attempts that WhatsApp did not deliver for the person's own sake (131049).
  package var deferrals: UInt16 = 0
  /// Inbound only.
  package var routedBy: RoutedBy?
  package var isUnapplied = false
  package var needsAttention = false
  /// Nil for what was sent, and in rows from before it was kept; see `disposition`.
  package internal(set) var givenDisposition: Disposition?
  /// Number and kind of the event that it caused.
  package internal(set) var appliedBy: UInt64 = 0
  package internal(set) var appliedKind: UInt16 = 0
  /// The reminder that it carries out, for its purpose.
  package var reminder = ReminderID.none
  /// Of an answer that no message brought: few, so apart from the row.
  private var rareTold: [Told] = []
  /// Noted on a walk that sends nothing, and never meant to be sent.
  package var isSilenced = false
  package var links = Links()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("direction", &direction, "Which way.")
    try visit.field("status", &status, "State.")
    try visit.field("sender", &sender, "Business number.")
    try visit.field("person", &person, "Person.")
    try visit.field("guest", &guest, "Guest.")
    try visit.field("execution", &execution, "Execution.")
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("is_reply", &isReply, "Priority.")
    try visit.field("step", &step, "Visit.")
    try visit.field("purpose", &purpose, "What for.")
    try visit.field("question", &question, "Question.")
    try visit.field("content", &content, "Content.")
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id.")
    try visit.field("attempts", &attempts, "Attempts made.")
    try visit.field("ready_at", &readyAt, "Not before.")
    try visit.field("send_by", &sendBy, "Not after.")
    try visit.field("attempt_at", &attemptAt, "Newest attempt.")
    try visit.field("must_be_template", &mustBeTemplate, "No free text.")
    try visit.field("replaced_template", &replacedTemplate, "Template that free text replaced.")
    try visit.field("error", &error, "Newest failure.")
    try visit.field("created_at", &createdAt, "Created.")
    try visit.field("accepted_at", &acceptedAt, "Accepted.")
    try visit.field("sent_at", &sentAt, "Sent.")
    try visit.field("delivered_at", &deliveredAt, "Delivered.")
    try visit.field("read_at", &readAt, "Read.")
    try visit.field("failed_at", &failedAt, "Failed.")
    try visit.field("cost", &cost, "Cost.")
    try visit.field("routed_by", &routedBy, "How it was routed.")
    try visit.field("is_unapplied", &isUnapplied, "Waits for a resume.")
    try visit.field("needs_attention", &needsAttention, "Nothing routed it.")
    try visit.field("ordinal", &ordinal, "Place among the execution's messages.")
    try visit.field("reminder", &reminder, "Reminder.")
    try visit.field("block", &block, "What holds it beside its time.")
    try visit.field("unknown_since", &unknownSince, "Since when its outcome is unknown.")
    try visit.field("earlier", &earlier, "Earlier attempts.")
    try visit.field("standing", &standing, "Attempt that it stands for.")
    try visit.field("lease_until", &leaseUntil, "End of the lease.")
    try visit.field("failure", &failure, "What the failure of the attempt proves.")
    try visit.field("turned_away", &turnedAway, "Attempts that a throttle turned away.")
    try visit.field("deferrals", &deferrals, "Attempts that a cap for the person held.")
    try visit.field("disposition", &givenDisposition, "What became of it.")
    try visit.field("applied_by", &appliedBy, "Number of the event that it caused.")
    try visit.field("applied_kind", &appliedKind, "Kind of that event.")
    try visit.field("told", &told, "How an answer came that no message brought.")
    try visit.field("is_silenced", &isSilenced, "Noted, and not to be sent.")
    try visit.field("about_event", &aboutEvent, "Event that the question is about.")
    try visit.field("about_guest", &aboutGuest, "Guest that the question is about.")
  }
}

extension Message {
  package var told: Told? {
    get { rareTold.first }
    set { rareTold = newValue.map { [$0] } ?? [] }
  }

  /// The attempt that reports on this row are about.
  package var currentAttempt: UInt16 { standing == 0 ? attempts : standing }

  /// The newest attempt may have been taken, though nobody has said so.
  package var mayHaveBeenTaken: Bool { status == .sending || unknownSince > .zero }

  /// Attempts as the policy counts them.
  package var countedAttempts: Int64 { max(0, Int64(attempts) - Int64(turnedAway)) }
}

package enum Direction: String, WireEnum { case outbound, inbound }

package enum MessageStatus: String, WireEnum {
  case pending, queued, sending, accepted, held, sent, delivered, read, failed, suppressed,
    cancelled
  case outcomeUnknown = "outcome_unknown"
  /// Inbound only, and counted apart.
  case received

  /// WhatsApp has it, and only news from there can change it.
  package var isWithWhatsApp: Bool {
    switch self {
    case .accepted, .held, .sent, .delivered, .read: true
    default: false
    }
  }

  /// False where it certainly came to nobody.
  var mayHaveReached: Bool { self != .failed && self != .suppressed && self != .cancelled }

  /// Reports only ever move a message up.
  package var rank: Int {
    switch self {
    case .pending, .queued: 0
    case .sending, .outcomeUnknown: 1
    case .accepted: 2
    case .held: 3
    case .sent: 4
    case .delivered: 5
    case .read: 6
    case .failed, .suppressed, .cancelled, .received: 7
    }
  }
}

package enum MessagePurpose: String, WireEnum {
  /// What a send node sends.
  case node
  /// A question of a form.
  case question
  /// A form's word on an answer that is none.
  case invalid
  /// A question asked again while the guest's answer was none of the replies.
  case reprompt
  /// A question repeated for a guest who wrote after it was left.
  case lateQuestion = "late_question"
  /// Written by the guest.
  case inbound
  /// Written by an operator.
  case `operator`
  /// Sent for a reminder.
  case reminder
  /// Answered elsewhere, and written down by an operator.
  case told

  /// Outbound, and a part of what a flow does: it depends on where its execution stands, and moves
  /// it. What an operator writes and what reminds does neither.
  package var isOfFlow: Bool {
    switch self {
    case .node, .question, .invalid, .reprompt, .lateQuestion: true
    case .inbound, .operator, .reminder, .told: false
    }
  }
}

package enum RoutedBy: String, WireEnum {
  case button, quote, waiting
  case lateReply = "late_reply"
  /// An operator said where it belongs.
  case `operator`
}

package struct MessageError: WireObject, Equatable {
  package var errorClass = ErrorClass.transient
  package var code: Int64?
  package var message = ""
  package init() {}

  package init(_ errorClass: ErrorClass, code: Int64? = nil, message: String) {
    (self.errorClass, self.code, self.message) = (errorClass, code, message)
  }

  static func tooLong(_ what: String, _ length: Int, _ longest: Int) -> Self {
    Self(
      .tooLong, message: "\(what) has \(length) characters; WhatsApp takes at most \(longest).")
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("class", &errorClass, "Kind of failure.")
    try visit.field("code", &code, "WhatsApp's own code.")
    try visit.field("message", &message, "What happened.")
  }
}

/// Kinds of failure, by what the engine does about them.
package enum ErrorClass: String, WireEnum {
  case transient, throttle, `defer`, window, recipient, payload
  case optOut = "opt_out"
  case templateStop = "template_stop"
  case senderStop = "sender_stop"
  case missingVariable = "missing_variable"
  case repeating
  case unknown
  /// Too many messages to one person (131056): nobody else waits.
  case pairThrottle = "pair_throttle"
  /// Filled in, the text is longer than WhatsApp takes. Ours are never cut: the end may be what they
  /// are about.
  case tooLong = "too_long"

  /// Throttles say that a message came too early, nothing against it: no attempt is used up.
  var isThrottle: Bool { self == .throttle || self == .pairThrottle }

  /// Why an execution failed that had no way out for it.
  var endReason: String {
    switch self {
    case .transient, .throttle, .pairThrottle: "retries_exhausted"
    case .defer: "unreached"
    case .window, .recipient, .payload, .optOut, .templateStop, .senderStop, .missingVariable,
      .repeating, .unknown, .tooLong:
      rawValue
    }
  }
}
