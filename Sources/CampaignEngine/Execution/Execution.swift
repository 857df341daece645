import Wire

/// One guest's walk through a chatflow; never two for one campaign and guest.
package struct Execution: WireObject {
  package var campaign = CampaignID.none
  package var guest = GuestID.none
  package var status = ExecutionStatus.pending
  /// The status that a pause lies over.
  package var pausedStatus = ExecutionStatus.pending
  package var reason = Symbol.none
  package var outcome = Symbol.none
  package var phase = Phase.blasting
  /// Whole percent; never falls.
  package var progress: UInt16 = 0
  package var wait: Wait?
  /// Rises with everything that happens here; a timer of an older generation does nothing.
  package var generation: UInt32 = 0
  package var sprints: UInt16 = 0
  package var steps: [Step] = []
  package var variables: [FieldValue] = []
  package var lastError: LastError?
  package var lastLateQuestionAt = Timestamp.zero
  package var hasUnappliedReply = false
  private var sending: UInt32 = 0
  /// The message that this execution now waits for; none while it waits for something else.
  package var awaitedMessage: MessageID {
    get { sending == 0 ? .none : MessageID(space: campaign.space, counter: sending) }
    set { sending = newValue.counter }
  }
  /// Where skipped for a duplicate: the guest that is written to.
  package var duplicateOf = GuestID.none
  package var startedAt = Timestamp.zero
  package var updatedAt = Timestamp.zero
  package var endedAt = Timestamp.zero
  /// Since when it is paused; zero while it is not.
  package var pausedAt = Timestamp.zero
  /// Visit at which an operator set it going last.
  package var firstStep: UInt16 = 0
  /// Row of the person whom a message of it was handed to for, and of others where its guest's number
  /// was corrected since. Who was deleted or has another number now was written to all the same.
  package var writtenTo: UInt32 = 0
  private var speaker: UInt32 = 0
  /// Where skipped since another guest of the household speaks for this one: who that is, or was.
  package var through: GuestID {
    get { speaker == 0 ? .none : GuestID(space: campaign.space, counter: speaker) }
    set {
      if speaker != 0, speaker != newValue.counter, !formerSpeakers.contains(speaker) {
        formerSpeakers.append(speaker)
      }
      speaker = newValue.isNone ? 0 : newValue.counter
    }
  }
  private var formerSpeakers: [UInt32] = []
  /// All who speak for the guest, or did: texts to them may name the guest.
  package var speakers: [GuestID] {
    if speaker == 0, formerSpeakers.isEmpty { return [] }
    return (formerSpeakers.filter { $0 != speaker } + [speaker]).filter { $0 != 0 }
      .map { GuestID(space: campaign.space, counter: $0) }
  }
  package var alsoWrittenTo: [UInt32] = []
  package var links = Links()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("guest", &guest, "Guest.")
    try visit.field("status", &status, "State.")
    try visit.field("paused_status", &pausedStatus, "State below a pause.")
    try visit.field("reason", &reason, "Why it failed or was skipped.")
    try visit.field("outcome", &outcome, "Outcome of the end node.")
    try visit.field("phase", &phase, "Where it stands, for people.")
    try visit.field("progress", &progress, "Whole percent.")
    try visit.field("wait", &wait, "What it waits for.")
    try visit.field("generation", &generation, "Generation of its timers.")
    try visit.field("sprints", &sprints, "How often it was set going.")
    try visit.field("steps", &steps, "Visits of nodes.")
    try visit.field("variables", &variables, "Variables.")
    try visit.field("last_error", &lastError, "Newest failure.")
    try visit.field("last_late_question_at", &lastLateQuestionAt, "Newest repeat of a question.")
    try visit.field("has_unapplied_reply", &hasUnappliedReply, "A reply came while paused.")
    try visit.field("sending", &sending, "Message that it waits for.")
    try visit.field("duplicate_of", &duplicateOf, "Guest with the same number.")
    try visit.field("started_at", &startedAt, "When it was enrolled.")
    try visit.field("updated_at", &updatedAt, "When it last changed.")
    try visit.field("ended_at", &endedAt, "When it ended.")
    try visit.field("paused_at", &pausedAt, "Since when it is paused.")
    try visit.field("first_step", &firstStep, "Visit at which it was set going last.")
    try visit.field("written_to", &writtenTo, "Person that it wrote to.")
    try visit.field("also_written_to", &alsoWrittenTo, "Others.")
    try visit.field("speaker", &speaker, "Guest who speaks for this one.")
    try visit.field("former_speakers", &formerSpeakers, "Guests who did.")
  }

  /// Number of the present visit, as messages name it.
  package var presentStep: UInt16 { UInt16(truncatingIfNeeded: max(steps.count, 1) - 1) }

  package var node: Int? { steps.last.map { Int($0.node) } }

  package func variable(_ key: Symbol) -> Scalar? { variables.first { $0.key == key }?.value }
}

package enum ExecutionStatus: String, WireEnum {
  case pending, active, waiting, paused, completed, failed, cancelled, skipped

  package var isEnded: Bool {
    switch self {
    case .completed, .failed, .cancelled, .skipped: true
    case .pending, .active, .waiting, .paused: false
    }
  }
}

/// What an execution waits for, and until when.
package struct Wait: WireObject, Equatable {
  package var kind = WaitKind.reply
  /// For forms: the index of the question.
  package var question: Int = 0
  /// Answers to this question, or repeats of the prompt, so far.
  package var attempts: Int = 0
  package var since = Timestamp.zero
  /// Zero where nothing ends the wait but what it waits for.
  package var until = Timestamp.zero

  package init() {}

  package init(
    _ kind: WaitKind, question: Int = 0, attempts: Int = 0, since: Timestamp,
    until: Timestamp = .zero
  ) {
    (self.kind, self.question, self.attempts) = (kind, question, attempts)
    (self.since, self.until) = (since, until)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "What is waited for.")
    try visit.field("question", &question, "Index of the form's question.")
    try visit.field("attempts", &attempts, "Answers or repeats so far.")
    try visit.field("since", &since, "Since when.")
    try visit.field("until", &until, "Until when.")
  }
}

package enum WaitKind: String, WireEnum {
  case reply, form, delay, delivery, retry, session, capacity, turn

  /// The guest is the one who has to act.
  package var isForGuest: Bool { self == .reply || self == .form }
}

/// One visit of a node: 24 bytes in memory.
package struct Step: WireObject, Equatable {
  package var enteredAt = Timestamp.zero
  /// Zero while the execution is here.
  package var leftAt = Timestamp.zero
  package var node: UInt16 = 0
  /// Number of the way out among the node's handles; meaningful once left.
  package var handle: UInt16 = 0
  package var exit = Exit.inside

  package enum Exit: String, WireEnum { case inside, passed, failed, stopped }

  package init() {}
  package init(node: UInt16, enteredAt: Timestamp) {
    (self.node, self.enteredAt) = (node, enteredAt)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("entered_at", &enteredAt, "When the node was entered.")
    try visit.field("left_at", &leftAt, "When it was left.")
    try visit.field("node", &node, "Number of the node.")
    try visit.field("handle", &handle, "Number of the way out.")
    try visit.field("exit", &exit, "How it was left.")
  }
}

package struct LastError: WireObject, Equatable {
  package var errorClass = ErrorClass.transient
  package var gatewayCode: Int64?
  package var message = ""
  package var messageID = MessageID.none
  package var node: UInt16 = 0
  package var attempts: Int64 = 0
  package var at = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("class", &errorClass, "Kind of failure.")
    try visit.field("gateway_code", &gatewayCode, "WhatsApp's own code.")
    try visit.field("message", &message, "What happened.")
    try visit.field("message_id", &messageID, "Message that failed.")
    try visit.field("node", &node, "Node that sent it.")
    try visit.field("attempts", &attempts, "Attempts made.")
    try visit.field("at", &at, "When.")
  }
}
