import Wire

/// A look at all executions of a campaign, in slices that survive a restart, since something has
/// changed that they hang on beside their own walk.
package struct Review: WireObject, Equatable {
  /// An event moved, and with it the waits for a time around it.
  package var movesWaits = false
  /// A template has another category, so that others may be written to.
  package var judgesAnew = false
  /// Members of the campaign done so far.
  package var done = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("moves_waits", &movesWaits, "Waits for a time around an event move.")
    try visit.field("judges_anew", &judgesAnew, "Those left out are judged anew.")
    try visit.field("done", &done, "Executions done.")
  }
}

/// A look at all executions began, went on, or is done.
struct CampaignReviewed: InternalEvent {
  static let kind = EventKind.campaignReviewed
  var campaign = CampaignID.none
  var review: Review?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("review", &review, "What is left; nothing when done.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { $0.progress.review = review }
  }
}

extension Engine {
  /// Begins a look at all executions; one that is under way begins anew, for its own reason too.
  mutating func review(_ campaign: CampaignID, _ reason: WritableKeyPath<Review, Bool>) {
    var review = state[campaign].progress.review ?? Review()
    review[keyPath: reason] = true
    review.done = 0
    emit(CampaignReviewed(campaign: campaign, review: review))
    // A short list is done with the call that brought it about.
    if state.members(of: campaign).count <= Limits.executionsPerSlice {
      advanceReview(of: campaign)
    }
  }

  mutating func advanceReview(of campaign: CampaignID) {
    guard var review = state[campaign].progress.review else { return }
    let members = state.members(of: campaign)
    let last = max(min(review.done + Limits.executionsPerSlice, members.count), review.done)
    var audience = review.judgesAnew ? Audience(campaign: campaign, in: state) : nil
    for index in review.done..<last {
      let id = members[index]
      if review.movesWaits { moveWait(of: id) }
      judgeAnew(id, &audience)
    }
    review.done = last
    emit(CampaignReviewed(campaign: campaign, review: last < members.count ? review : nil))
    completeCampaignIfDone(campaign)
  }

  /// To be called when a project has changed: waits for a time around an event move with it, as
  /// reminders do.
  mutating func moveWaits(ofProject space: UInt32) {
    for id in state.projects[space].campaigns.ids(in: space) {
      let row = state[id]
      guard row.chatflowVersion > 0, row.isUnfinished, state.graph(of: id).waitsForEvents else {
        continue
      }
      review(id, \.movesWaits)
    }
  }

  /// Puts a wait for a time around an event where it belongs now; under a pause too. What should have
  /// ended already ends at once.
  mutating func moveWait(of id: ExecutionID) {
    let row = state[id]
    guard !row.status.isEnded, var wait = row.wait, wait.kind == .delay, let node = row.node else {
      return
    }
    let visit = makeVisit(id, node)
    guard let end = visit.node.data.movedEnd(of: visit, in: self) else { return }
    let until = max(end, state.now)
    guard until != wait.until else { return }
    wait.until = until
    emit(ExecutionWaits(execution: id, wait: wait))
  }

  /// Whoever was left out, or stopped, as somebody who wants no marketing.
  private mutating func judgeAnew(_ id: ExecutionID, _ audience: inout Audience?) {
    let row = state[id]
    let reason = state.projects[of: id].symbols[row.reason]
    guard audience != nil, row.status == .skipped, reason == LeftOutCode.optedOut.rawValue,
      state.find(row.guest) != nil, state.person(of: row.guest).subscription == .noMarketing
    else { return }
    if row.steps.isEmpty {
      audience?.named = [row.guest]
      let reasons = audience?.judge(row.guest, in: state) ?? []
      guard reasons.allSatisfy({ $0.code == .alreadyInCampaign || $0.code == .excludedByID }) else {
        return
      }
    } else if let node = row.node, let name = makeVisit(id, node).node.data.templateUse?.name {
      guard let template = state.template(named: name, space: id.space)?.row,
        template.category != .marketing
      else { return }
    } else {
      return
    }
    apply(.retry, to: id)
  }
}
