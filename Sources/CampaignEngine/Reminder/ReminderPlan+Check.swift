import Wire

/// What a plan must be like before a reminder is made of it.
extension State {
  /// The plan with what follows from it, or a refusal.
  func checked(_ plan: ReminderPlan, space: UInt32) throws(Rejection) -> ReminderPlan {
    var plan = plan
    try checkTarget(&plan, space: space)
    let project = project(of: space)
    try plan.guestFilter?.check(for: project, at: plan.scope, path: "guest_filter")
    try plan.condition?.check(for: project, at: plan.scope, path: "condition")
    try check(plan.template, space: space, path: "template")
    for (language, text) in plan.sessionText?.byLanguage.entries ?? [] {
      try Self.check(text: text, path: FieldPath.member(language, of: "session_text"))
    }
    if plan.sessionText != nil, let template = template(named: plan.template.name, space: space) {
      for variant in template.row.currentVariants {
        let replies = variant.quickReplies
        let titles = replies.map { MessageContent.shown($0.title, ofButtons: replies.count) }
        guard Set(titles).count == titles.count else {
          throw .invalidParams(
            field: "session_text", reason: "equal_titles",
            "expected a template whose buttons differ in their first 20 characters; those in \(variant.language) read alike"
          )
        }
      }
    }
    return plan
  }

  private func checkTarget(_ plan: inout ReminderPlan, space: UInt32) throws(Rejection) {
    if !plan.execution.isNone {
      guard plan.execution.space == space, let row = find(plan.execution) else {
        throw .notFound(plan.execution)
      }
      try checkExists(row.guest)
      plan.campaign = row.campaign
    }
    if !plan.guest.isNone {
      guard plan.guest.space == space else { throw .notFound(plan.guest) }
      try checkExists(plan.guest)
    }
    guard !plan.campaign.isNone else { return }
    guard plan.campaign.space == space, let campaign = find(plan.campaign) else {
      throw .notFound(plan.campaign)
    }
    guard campaign.status != .cancelled else {
      throw .conflict(
        "\(plan.campaign.wireText) is cancelled, and a cancelled campaign reminds nobody.",
        id: plan.campaign.wireText, reason: "campaign_cancelled")
    }
  }

  /// When a plan falls due, which must still be to come.
  func dueTime(of plan: ReminderPlan, space: UInt32) throws(Rejection) -> Timestamp {
    let path = plan.sendAt == nil ? "relative_to_event" : "send_at"
    var due = plan.sendAt
    if let offset = plan.relativeToEvent {
      guard let moment = moment(of: offset, space: space) else {
        let keys = project(of: space).row.events.map(\.key)
        throw .invalidParams(
          field: "\(path).event", reason: "unknown_event",
          keys.isEmpty
            ? "the project has no event" : "expected one of \(keys.joined(separator: ", "))")
      }
      due = moment
    }
    guard let due, due > now else {
      throw .invalidParams(
        field: path, reason: "in_the_past",
        "expected a time that is still to come; a reminder can also be sent at once")
    }
    try Self.check(sendBy: plan.sendBy, dueAt: due)
    return due
  }

  static func check(sendBy: Timestamp?, dueAt: Timestamp) throws(Rejection) {
    if let sendBy, sendBy < dueAt {
      throw .invalidParams(
        field: "send_by", reason: "before_due",
        "expected a time after the reminder is due, which is \(dueAt.wireText)")
    }
  }
}
