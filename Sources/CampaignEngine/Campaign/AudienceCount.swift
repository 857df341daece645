/// How many guests match a filter, and how many of them would be written to.
package struct AudienceCount {
  package private(set) var matched = 0
  package private(set) var eligible = 0
  package private(set) var headsInvited: Int64 = 0
  /// By the first reason that applies, in order of precedence, only those that occur.
  package private(set) var leftOut: [(code: LeftOutCode, count: Int)] = []

  package init(
    filter: GuestFilter, graph: ChatflowGraph?, campaign: CampaignID, sendBy: Timestamp?,
    space: UInt32, in state: State, each: (GuestID, [LeftOut], Audience) -> Void = { _, _, _ in }
  ) {
    var audience = Audience(
      filter: filter, graph: graph, campaign: campaign, sendBy: sendBy, space: space, in: state)
    var counts: [LeftOutCode: Int] = [:]
    let guests = state.project(of: space).guests
    for counter in 1..<(guests.count + 1) {
      let id = GuestID(space: space, counter: counter)
      guard audience.matches(id, in: state) else { continue }
      matched += 1
      headsInvited += guests[counter].partySize
      let reasons = audience.judge(id, in: state)
      if let first = reasons.first { counts[first.code, default: 0] += 1 } else { eligible += 1 }
      each(id, reasons, audience)
    }
    leftOut = LeftOutCode.allCases.compactMap { code in counts[code].map { (code, $0) } }
  }
}
