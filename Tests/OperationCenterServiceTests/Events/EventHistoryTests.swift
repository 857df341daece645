import CampaignEngine
import Testing
import Wire

@testable import OperationCenterService

struct EventHistoryTests {
  private func limits(events: Int = 1 << 20, bytes: Int = 1 << 20) -> EventLimits {
    var limits = EventLimits()
    (limits.keptEvents, limits.keptBytes) = (events, bytes)
    return limits
  }

  private func time(_ number: UInt64) -> Timestamp { Timestamp(milliseconds: Int64(number)) }

  /// Records of one kind, numbered in their payload.
  private func fill(_ history: inout EventHistory, _ range: ClosedRange<UInt64>, size: Int = 8) {
    for number in range {
      var payload = [UInt8](repeating: 0, count: size)
      payload[0] = UInt8(truncatingIfNeeded: number)
      history.append(
        kind: EventKind.guestUpdated.rawValue, payload: payload, at: time(number),
        by: Cause(number % 3 == 0 ? .clock : .operator, name: number % 3 == 0 ? nil : "Ana"))
    }
  }

  @Test func `every record comes back as it was, across chunks`() {
    var history = EventHistory(limits())
    fill(&history, 1...10_000)
    for number in 1...10_000 as ClosedRange<UInt64> {
      let record = history[number]
      #expect(record?.payload.first == UInt8(truncatingIfNeeded: number))
      #expect(record?.payload.count == 8 && record?.at == time(number))
      #expect(record?.by.kind == (number % 3 == 0 ? .clock : .operator))
    }
    #expect(history[0] == nil && history[10_001] == nil)
    #expect(history.oldest == 1)
  }

  @Test(arguments: [(20_000, 1 << 30), (1 << 30, 1 << 20)])
  func `the oldest go first, and memory stays in its bounds`(_ events: Int, _ bytes: Int) {
    var history = EventHistory(limits(events: events, bytes: bytes))
    var most = 0
    for step in 0..<100 as Range<UInt64> {
      fill(&history, (step * 1000 + 1)...(step * 1000 + 1000), size: 40)
      most = max(most, Int((step + 1) * 1000 - history.oldest + 1))
      #expect(history[history.oldest] != nil)
      #expect(history[history.oldest - 1] == nil)
      #expect(history[(step + 1) * 1000] != nil)
    }
    #expect(history.oldest > 50_000)
    // A chunk more than the limit, since they are dropped whole.
    #expect(most <= min(events, bytes / 64) + 2 * 4096)
  }

  @Test func `one that starts behind a snapshot knows nothing before it`() {
    var history = EventHistory(limits())
    fill(&history, 1...5)
    history.start(after: 41)
    #expect(history.oldest == 42 && history[41] == nil)
    fill(&history, 42...43)
    #expect(history[42]?.payload.first == 42 && history.oldest == 42)
  }

  @Test func `what stays inside is counted and takes no room`() {
    var history = EventHistory(limits())
    history.append(
      kind: EventKind.zoneRecorded.rawValue, payload: [1, 2, 3], at: .zero, by: Cause())
    fill(&history, 2...2)
    #expect(history.kind(of: 1) == nil && history[1]?.payload == [])
    #expect(history.kind(of: 2)?.rawValue == "guest_updated")
  }

  @Test func `what came before an erasure cannot be asked for, and goes once it is told`() {
    var history = EventHistory(limits())
    fill(&history, 1...5000)
    history.append(kind: EventKind.guestErased.rawValue, payload: [9], at: time(5001), by: Cause())
    fill(&history, 5002...5003)
    #expect(history.oldest == 5001 && history.oldestHeld == 1)
    history.forgetErased()
    #expect(history.oldest == 5001 && history.oldestHeld == 5001)
    #expect(history[5000] == nil && history[5001]?.payload == [9] && history[5003] != nil)
  }

  @Test func `what is dropped from memory can still be asked for where a journal keeps it`() {
    var history = EventHistory(limits(events: 5000), isStored: true)
    fill(&history, 1...20_000)
    #expect(history.oldest == 1 && history.oldestHeld > 1)
    let mark = history.mark(after: 5000)
    #expect(mark?.sequence == 4097 && mark?.context.at == time(4097))
    history.forgetStored(before: 4000)
    #expect(history.oldest == 4097 && history.mark(after: 4000) == nil)
    history.forgetStored(before: nil)
    #expect(history.oldest == history.oldestHeld)
  }

  @Test func `where a segment begins, the past begins once older ones are deleted`() {
    var history = EventHistory(limits(events: 5000), isStored: true)
    fill(&history, 1...100)
    history.beginSegment(at: time(100), by: Cause())
    fill(&history, 101...20_000)
    #expect(history.oldest == 1)
    history.forgetStored(before: 101)
    #expect(history.oldest == 101 && history.mark(after: 100)?.sequence == 101)
  }

  @Test func `an erasure ends what the journal still has`() {
    var history = EventHistory(limits(events: 5000), isStored: true)
    fill(&history, 1...20_000)
    history.append(
      kind: EventKind.guestErased.rawValue, payload: [9], at: time(20_001), by: Cause())
    #expect(history.oldest == 20_001)
    history.forgetErased()
    #expect(history.oldest == 20_001 && history.mark(after: 10_000) == nil)
  }
}
