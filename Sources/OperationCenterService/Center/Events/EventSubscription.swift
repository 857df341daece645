import CampaignEngine

/// One reader's wish to be told. It holds a place in the history and no events, so however far
/// behind a reader is costs nothing.
struct EventSubscription: Sendable {
  let id: String
  let connection: UInt64
  let filter: EventFilter
  /// The last event that was looked at for it.
  var place: UInt64
  /// The last event that it is told, once its connection says nothing more.
  var end: UInt64?
  /// It was told that the history no longer has what came next.
  var isLost = false

  var isDone: Bool { isLost || end.map { place >= $0 } ?? false }
}
