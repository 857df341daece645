import Wire

/// What holds a message that would otherwise be sent. Blocked messages stand in lanes of their own,
/// so that they are not looked at again and again, and nobody else has to stand behind them.
package struct SendBlock: WireObject, Hashable {
  package var cause = Cause.dailyLimit
  /// For stopped templates.
  package var template = TemplateID.none
  package var variant: UInt16 = 0

  package enum Cause: String, WireEnum {
    /// The sender has written to as many people today as it may.
    case dailyLimit = "daily_limit"
    /// WhatsApp has stopped the template in this language.
    case templateStop = "template_stop"
  }

  package init() {}

  package static let dailyLimit = SendBlock()

  package init(stopped template: TemplateID, variant: UInt16) {
    (cause, self.template, self.variant) = (.templateStop, template, variant)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("cause", &cause, "What holds it.")
    try visit.field("template", &template, "Template that was stopped.")
    try visit.field("variant", &variant, "Index of its variant.")
  }
}

/// Messages that one thing holds.
package struct BlockedLane: Sendable {
  package let block: SendBlock
  package fileprivate(set) var lane = SortedChunks<LaneEntry>()
}

/// The blocked messages of one campaign, or of none: few lanes, since few things hold messages.
package struct BlockedLanes: Sendable {
  package private(set) var lanes: [BlockedLane] = []

  package var isEmpty: Bool { lanes.isEmpty }

  /// A lane that is empty goes.
  mutating func change(_ block: SendBlock, _ change: (inout SortedChunks<LaneEntry>) -> Void) {
    let index = lanes.firstIndex { $0.block == block } ?? lanes.count
    if index == lanes.count { lanes.append(BlockedLane(block: block)) }
    change(&lanes[index].lane)
    if lanes[index].lane.isEmpty { lanes.remove(at: index) }
  }
}

extension CampaignIndex {
  /// A message of the campaign waits to be sent, replies aside.
  var hasMessage: Bool { !lane.isEmpty || !blocked.isEmpty }
}

extension State {
  package func index(of campaign: CampaignID) -> CampaignIndex {
    projects[of: campaign].campaignIndexes[campaign]
  }

  /// The message of a campaign that may go first, and from when on; nil while none may.
  func nextEntry(of campaign: CampaignID, dailyRoomAt room: Timestamp) -> LaneEntry? {
    nextEntry(
      projects[of: campaign].campaignIndexes[campaign].lane,
      projects[of: campaign].campaignIndexes[campaign].blocked, dailyRoomAt: room)
  }

  /// The same of messages that belong to no campaign.
  func nextLoose(of sender: SenderID, dailyRoomAt room: Timestamp) -> LaneEntry? {
    nextEntry(senders[sender].looseLane, senders[sender].looseBlocked, dailyRoomAt: room)
  }

  /// A message without a block is never held up by those that have one.
  private func nextEntry(
    _ lane: SortedChunks<LaneEntry>, _ blocked: BlockedLanes, dailyRoomAt: Timestamp
  ) -> LaneEntry? {
    var best = lane.first
    for lane in blocked.lanes {
      guard let first = lane.lane.first else { continue }
      let readyAt: Timestamp
      switch lane.block.cause {
      case .dailyLimit: readyAt = max(first.readyAt, dailyRoomAt)
      case .templateStop where isStopped(lane.block): continue
      case .templateStop: readyAt = first.readyAt
      }
      let entry = LaneEntry(readyAt: readyAt, message: first.message)
      if best.map({ entry < $0 }) ?? true { best = entry }
    }
    return best
  }
}
