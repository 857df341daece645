import JSONRPC

/// Messages that have been looked at and may not be started yet, in their order.
struct ParkedMessages {
  /// Nil where a message has been taken out.
  private var events: [FrameDecoder.Event?] = []
  private var nextIndex = 0
  /// About what they take in memory.
  private(set) var cost = 0

  /// Of a message beside its bytes.
  private static let overhead = 96

  /// Places that are kept, those of messages that have been taken out among them.
  var retainedCount: Int { events.count }

  mutating func append(_ event: FrameDecoder.Event) {
    var event = event
    // The decoder goes on to use its memory.
    if case .frame(let frame) = event { event = .frame(Array(frame)[...]) }
    events.append(event)
    cost += Self.cost(of: event)
  }

  mutating func popFirst() -> FrameDecoder.Event? {
    guard nextIndex < events.count, let event = events[nextIndex] else { return nil }
    events[nextIndex] = nil
    nextIndex += 1
    cost -= Self.cost(of: event)
    compact()
    return event
  }

  /// A peer that stays held up never empties it. Fewer messages are moved than were taken out since
  /// the last time.
  private mutating func compact() {
    if nextIndex == events.count {
      (events, nextIndex) = ([], 0)
    } else if nextIndex > events.count / 2 {
      events.removeFirst(nextIndex)
      nextIndex = 0
    }
  }

  private static func cost(of event: FrameDecoder.Event) -> Int {
    if case .frame(let frame) = event { frame.count + overhead } else { overhead }
  }
}
