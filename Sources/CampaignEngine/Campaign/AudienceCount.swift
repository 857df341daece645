import Wire

/// How many guests match a filter, and how many of them would be written to.
package struct AudienceCount {
  package private(set) var matched = 0
  package private(set) var eligible = 0
  package private(set) var headsInvited: Int64 = 0
  /// Those of the eligible of whom it is not known that they agreed to be written to.
  package private(set) var withoutConsent = 0
  /// A text that would be too long for one of those who would be written to.
  package private(set) var textIssue: ChatflowIssue?
  private var counts: [LeftOutCode: Int] = [:]
  private var share: [UInt32]?
  private let lastGuest: UInt32
  private let basis: UInt64

  /// By the first reason that applies, in order of precedence, only those that occur.
  package var leftOut: [(code: LeftOutCode, count: Int)] {
    LeftOutCode.allCases.compactMap { code in counts[code].map { (code, $0) } }
  }

  /// Of a campaign that has not begun.
  package var counted: CountedAudience {
    CountedAudience(
      done: 0, joining: matched, eligible: eligible, lastGuest: lastGuest, basis: basis,
      textIssue: textIssue, share: share)
  }

  /// Judges the guests of a project, all of them.
  /// - Parameters:
  ///   - first: how many of the eligible are picked to go first; nil for none.
  ///   - isGivenUp: true once nobody waits for the numbers any more; then they are wrong.
  ///   - forEligible: gets each who would be written to, with those who are asked with them.
  package init(
    _ audience: Audience, in state: State, first: Int? = nil, isGivenUp: () -> Bool = { false },
    each: (GuestID, [LeftOut], Audience) -> Void = { _, _, _ in },
    forEligible: ((GuestID, [GuestID]) -> Void)? = nil
  ) {
    var audience = audience
    audience.countsVerdicts = true
    let guests = state.project(of: audience.space).guests
    lastGuest = guests.count
    basis = state.basis(of: audience.campaign)
    var sample = AudienceSample()
    var texts = audience.graph.map { LongestTexts($0, space: audience.space) }
    var counter: UInt32 = 0
    while counter < lastGuest {
      counter += 1
      if counter.isMultiple(of: 1024), isGivenUp() { return }
      let id = GuestID(space: audience.space, counter: counter)
      guard audience.matches(id, in: state) else { continue }
      matched += 1
      headsInvited +=
        audience.event.map(guests[counter].partySize(atEvent:)) ?? guests[counter].partySize
      let reasons = audience.judge(id, in: state)
      if let first = reasons.first {
        counts[first.code, default: 0] += 1
      } else {
        eligible += 1
        if !guests[counter].hasConsent { withoutConsent += 1 }
        if texts != nil || forEligible != nil {
          let members = audience.joining(with: id, in: state)
          texts?.look(at: id, with: members, in: state)
          forEligible?(id, members)
        }
        if first != nil { sample.add(id, in: state) }
      }
      each(id, reasons, audience)
    }
    textIssue = texts?.issue
    share = first.map { sample.pick($0) }
  }
}

/// Who will join a campaign, as it was counted before the command that lets them.
package struct CountedAudience: Sendable, Equatable {
  /// Those who were in already.
  package let done: Int
  package let joining: Int
  /// Those of them who would be written to, where all were judged.
  package let eligible: Int?
  /// The newest guest of that moment: later ones are not meant.
  package let lastGuest: UInt32
  /// A text that would be too long for one of them, where all were judged.
  package let textIssue: ChatflowIssue?
  /// Counters of those who go first, where some are to.
  let share: [UInt32]?
  /// What of the campaign decided who was counted.
  let basis: UInt64

  fileprivate init(
    done: Int, joining: Int, eligible: Int?, lastGuest: UInt32, basis: UInt64,
    textIssue: ChatflowIssue? = nil, share: [UInt32]? = nil
  ) {
    self.share = share
    self.textIssue = textIssue
    (self.done, self.joining) = (done, joining)
    (self.eligible, self.lastGuest, self.basis) = (eligible, lastGuest, basis)
  }

  /// Counts those who match and are not in the campaign yet.
  package init(
    joining campaign: CampaignID, in state: State, isGivenUp: () -> Bool = { false }
  ) {
    let last = state.project(of: campaign.space).guests.count
    let audience = Audience(campaign: campaign, in: state)
    self.init(
      done: state[campaign].progress.enrolment?.done ?? 0,
      joining: audience.countJoining(after: 0, upTo: last, in: state, isGivenUp: isGivenUp),
      eligible: nil, lastGuest: last, basis: state.basis(of: campaign))
  }
}

extension State {
  /// The same as long as a campaign means the same guests: its settings and the flow that it would walk.
  func basis(of campaign: CampaignID) -> UInt64 {
    guard !campaign.isNone else { return 0 }
    var hash = StableHash()
    for byte in Binary.encode(self[campaign].settings) { hash.add(UInt64(byte)) }
    hash.add(UInt64(find(self[campaign].settings.chatflow)?.versions.count ?? 0))
    return hash.value
  }
}

extension Engine {
  /// Whether one command may judge all guests of the project. If not, whoever gives the command has
  /// it done before, or does without.
  package func canJudgeAll(_ audience: Audience) -> Bool {
    state.project(of: audience.space).guests.count
      <= pace.rows(testing: audience.judgingWeight)
  }

  package func canJudgeAll(of campaign: CampaignID) -> Bool {
    canJudgeAll(Audience(campaign: campaign, graph: nil, in: state))
  }

  /// Whether one call may look at so many rows.
  package func canRead(rows: Int) -> Bool { rows <= Int(pace.rows(testing: 1)) }

  /// Whether one command may look at all executions of a campaign.
  package func canReadAll(of campaign: CampaignID, testing weight: Int = 1) -> Bool {
    state.members(of: campaign).count <= Int(pace.rows(testing: weight))
  }
}

extension Audience {
  /// - Parameter isGivenUp: true once nobody waits for the number any more; then it is wrong.
  func countJoining(
    after first: UInt32, upTo last: UInt32, in state: State, isGivenUp: () -> Bool = { false }
  ) -> Int {
    var joining = 0
    var counter = first
    while counter < last {
      counter += 1
      if counter.isMultiple(of: 1024), isGivenUp() { break }
      if joins(GuestID(space: space, counter: counter), in: state) { joining += 1 }
    }
    return joining
  }
}
