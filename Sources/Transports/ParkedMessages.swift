import JSONRPC

/// Messages that have been looked at and may not be started yet, in their order.
struct ParkedMessages {
  private var events: [FrameDecoder.Event] = []
  private var nextIndex = 0
  /// About what they take in memory.
  private(set) var cost = 0

  /// Of a message beside its bytes.
  private static let overhead = 96

  mutating func append(_ event: FrameDecoder.Event) {
    var event = event
    // The decoder goes on to use its memory.
    if case .frame(let frame) = event { event = .frame(Array(frame)[...]) }
    events.append(event)
    cost += Self.cost(of: event)
  }

  mutating func popFirst() -> FrameDecoder.Event? {
    guard nextIndex < events.count else { return nil }
    let event = events[nextIndex]
    nextIndex += 1
    cost -= Self.cost(of: event)
    if nextIndex == events.count { (events, nextIndex) = ([], 0) }
    return event
  }

  private static func cost(of event: FrameDecoder.Event) -> Int {
    if case .frame(let frame) = event { frame.count + overhead } else { overhead }
  }
}
