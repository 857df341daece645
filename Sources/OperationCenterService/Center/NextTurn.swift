import CampaignEngine

/// What comes next in a world of one engine and one gateway. Everything takes place in the order of
/// its own time, and at one instant class by class: first what the gateway says, then the clock. The
/// service and its rehearsals ask the same, so that they cannot differ.
enum NextTurn {
  case reports(dueBy: Timestamp)
  case engine(dueAt: Timestamp)

  /// Nil where nothing is due by then.
  init?(engine: Timestamp?, gateway: Timestamp?, by now: Timestamp) {
    if let gateway, gateway <= now, gateway <= engine ?? gateway {
      self = .reports(dueBy: gateway)
    } else if let engine, engine <= now {
      self = .engine(dueAt: engine)
    } else {
      return nil
    }
  }

  /// Reports taken in one turn.
  static let reportsPerTurn = 64
}
