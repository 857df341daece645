import CampaignEngine

/// One reader's wish to be told. It holds a place in the history and no events, so a slow reader
/// costs nothing.
struct EventSubscription: Sendable {
  let id: String
  let connection: UInt64
  let filter: EventFilter
  /// The last event that was looked at for it.
  var place: UInt64
  /// It has come up to the present. Until then it takes the past at its reader's own pace; from
  /// then on a reader who does not keep up is told so.
  var isLive: Bool
  /// An event could not be sent; `place` is the last before it.
  var isLagging = false
}
