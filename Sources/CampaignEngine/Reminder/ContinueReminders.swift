/// One slice of the work that reminders have: guests are judged, or messages of a cancelled one are
/// taken back. A slice is one command, so a crash leaves it done or not begun, and each guest gets
/// each reminder at most once.
package struct ContinueReminders: Command {
  package static let cause: CauseKind? = .flow
  package init() {}

  package func perform(in engine: inout Engine) {
    guard let id = engine.state.busyReminders.first else { return }
    if engine.state[id].row.phase == .cancelled {
      engine.clear(id)
    } else {
      engine.advance(id)
    }
  }
}

extension Engine {
  fileprivate mutating func clear(_ id: ReminderID) {
    let reminder = state[id]
    let last = min(reminder.row.cleared + Limits.executionsPerSlice, reminder.messages.count)
    for index in reminder.row.cleared..<max(last, reminder.row.cleared) {
      let message = MessageID(space: id.space, counter: reminder.messages[index])
      if state[message].isInLane { emit(MessageSettled(message: message, status: .cancelled)) }
    }
    emit(ReminderCleared(reminder: id, cleared: last))
  }

  fileprivate mutating func advance(_ id: ReminderID) {
    let row = state[id].row
    let audience = ReminderAudience(id, in: state)
    // Guests that come to be while the reminder goes out are not meant.
    let lastCandidate = row.lastCandidate ?? audience.candidateCount(in: state)
    let last = min(row.cursor + Limits.guestsPerSlice, lastCandidate)
    var skips: [ReminderAdvanced.Skip] = []
    var cursor = row.cursor
    while cursor < last {
      cursor += 1
      guard let candidate = audience.candidate(cursor, in: state) else { continue }
      if let reason = reasonToSkip(candidate, id, audience) {
        skips.append(ReminderAdvanced.Skip(guest: candidate.guest, reason: reason))
      } else {
        emit(
          GuestReminded(
            reminder: id, guest: candidate.guest, execution: candidate.execution,
            readyAt: nextAllowed(state.now, for: candidate.guest)))
      }
    }
    emit(
      ReminderAdvanced(
        reminder: id, cursor: cursor, lastCandidate: lastCandidate, skips: skips))
  }

  /// The first reason that applies, in the order of `LeftOutCode`.
  private func reasonToSkip(
    _ candidate: ReminderAudience.Candidate, _ id: ReminderID, _ audience: ReminderAudience
  ) -> String? {
    let guest = state[candidate.guest]
    let plan = state[id].row.plan
    if audience.excludes(candidate.guest) { return LeftOutCode.excludedByID.rawValue }
    if !audience.invites(candidate.guest, in: state) { return LeftOutCode.notInvited.rawValue }
    if !candidate.execution.isNone, state[candidate.execution].status == .cancelled {
      return ReminderSkipReason.cancelled
    }
    if !audience.conditionHolds(for: candidate, in: state) { return ReminderSkipReason.condition }
    let person = state.person(of: candidate.guest)
    let isOpen = person.isWindowSafelyOpen(at: state.now)
    if !state.allows(plan, in: id.space, isOpen: isOpen, person.subscription) {
      return LeftOutCode.optedOut.rawValue
    }
    if !isOpen, state.lacksConsent(guest, at: id.space) { return LeftOutCode.noConsent.rawValue }
    if guest.phone.isNone { return LeftOutCode.noPhone.rawValue }
    if guest.unreachableSince > .zero { return LeftOutCode.unreachable.rawValue }
    if state.isReminded(guest.person, by: id) { return LeftOutCode.duplicatePhone.rawValue }
    switch render(plan, for: candidate.guest, candidate.execution, isOpen: isOpen) {
    case .noLanguage: return LeftOutCode.noTemplateLanguage.rawValue
    case .fail(let error) where error.errorClass == .missingVariable:
      return LeftOutCode.missingVariable.rawValue
    case .content(let content, _) where state.isUndeliverable(content, to: candidate.guest):
      return LeftOutCode.notDeliverableThere.rawValue
    case .content, .fail, .stopped: break
    }
    if let sendBy = plan.sendBy, nextAllowed(state.now, for: candidate.guest) > sendBy {
      return LeftOutCode.tooLate.rawValue
    }
    return nil
  }

  /// The template of a reminder, or its free text where that is allowed.
  func render(
    _ plan: ReminderPlan, for guest: GuestID, _ execution: ExecutionID, isOpen: Bool
  ) -> Rendering {
    guard isOpen, let sessionText = plan.sessionText else {
      return render(plan.template, for: guest, execution)
    }
    let language = language(of: guest)
    switch fill(sessionText.text(for: language), for: guest, execution) {
    case .failure(let missing): return .fail(Self.missing(missing))
    case .success(let text):
      let template = state.template(named: plan.template.name, space: guest.space)
      let languages = state.project(of: guest.space).row.languages
      let variant = template?.row.variantIndex(language: language, projectLanguages: languages)
        .flatMap { template?.row.variants[$0] }
      return Self.free(
        text, buttons: variant.map { buttons(like: $0, execution) } ?? [],
        replaced: template?.id ?? .none)
    }
  }

  /// Looked at once more when the message goes: quiet hours may have held it for a night.
  func conditionHolds(for message: Message) -> Bool {
    guard message.purpose == .reminder else { return true }
    let plan = state[message.reminder].row.plan
    guard plan.isMeant(for: message.guest, in: state) else { return false }
    guard let condition = plan.condition else { return true }
    let predicate = GuestPredicate(
      condition, for: plan.scope, project: state.project(of: message.guest.space))
    let candidate = ReminderAudience.Candidate(guest: message.guest, execution: message.execution)
    return predicate.matches(candidate.subject(in: state), in: state)
      && !predicate.excluded.contains(message.guest)
  }
}

extension State {
  /// Free text in an open window is no marketing, whatever the template is.
  fileprivate func allows(
    _ plan: ReminderPlan, in space: UInt32, isOpen: Bool, _ subscription: Subscription
  ) -> Bool {
    switch subscription {
    case .subscribed: true
    case .optedOut: false
    case .noMarketing:
      (isOpen && plan.sessionText != nil)
        || template(named: plan.template.name, space: space)?.row.category
          != .marketing
    }
  }

  /// One message per phone: true where a guest with this number gets the reminder already.
  fileprivate func isReminded(_ person: UInt32, by id: ReminderID) -> Bool {
    let since = self[id].row.startedAt
    for guest in guests(of: person, at: senderID(ofSpace: id.space)) where guest.space == id.space {
      // Chains run from new to old, and nothing older than the start belongs to the reminder.
      let loose = newestLooseMessage(of: guest) { $0.reminder == id || $0.createdAt < since }
      if let loose, self[loose].reminder == id { return true }
      for execution in executions(of: guest) {
        let sent = newestMessage(of: execution) { $0.reminder == id || $0.createdAt < since }
        if let sent, self[sent].reminder == id { return true }
      }
    }
    return false
  }
}
