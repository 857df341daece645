import Testing

@testable import CampaignEngine

struct TimelineTests {
  private let start = time("2026-11-23T02:15:00.000Z")

  private func sum(_ fact: TimelineFact, in timeline: Timeline) -> Int {
    timeline.buckets.reduce(0) { $0 + $1[fact] }
  }

  @Test func `what happens within a quarter of an hour stands in one bucket`() {
    var timeline = Timeline()
    timeline.count(.sent, at: start, 1)
    timeline.count(.sent, at: start + TimeSpan(milliseconds: 899_999), 2)
    timeline.count(.read, at: start + .minutes(15), 1)
    #expect(timeline.buckets.map { $0[.sent] } == [3, 0])
    #expect(timeline.buckets.map { timeline.start(of: $0) } == [start, start + .minutes(15)])
  }

  @Test func `what came late stands where it belongs, and what is taken back leaves no bucket`() {
    var timeline = Timeline()
    timeline.count(.delivered, at: start + .hours(5), 1)
    timeline.count(.delivered, at: start, 1)
    #expect(timeline.buckets.map(\.number) == timeline.buckets.map(\.number).sorted())
    timeline.move(.delivered, from: start, to: .zero)
    #expect(timeline.buckets.map { timeline.start(of: $0) } == [start + .hours(5)])
    timeline.move(.delivered, from: start + .hours(5), to: start)
    #expect(timeline.buckets.map { timeline.start(of: $0) } == [start])
  }

  @Test func `a time of zero is none`() {
    var timeline = Timeline()
    for fact in TimelineFact.allCases { timeline.count(fact, at: .zero, 1) }
    #expect(timeline == Timeline())
  }

  @Test func `too many buckets become wider and lose nothing`() {
    var timeline = Timeline()
    let count = Limits.timelineBuckets + 1
    for number in 0..<count {
      timeline.count(.replies, at: start + .minutes(15 * Int64(number)), 1)
    }
    #expect(timeline.width == .hours(1))
    #expect(timeline.buckets.count == count / 4 + 1)
    #expect(sum(.replies, in: timeline) == count)
    // What was counted in a narrow bucket is found again in the wide one.
    timeline.move(.replies, from: start, to: .zero)
    #expect(sum(.replies, in: timeline) == count - 1)
  }

  /// Reports carry times of WhatsApp's clock, which may be anything.
  @Test func `no times make more buckets than there may be`() {
    var timeline = Timeline()
    var counted = 0
    var moment = Timestamp(milliseconds: 1)
    while moment < .distantFuture {
      timeline.count(.delivered, at: moment, 1)
      counted += 1
      moment = moment + .days(200)
    }
    #expect(counted > Limits.timelineBuckets)
    #expect(timeline.buckets.count <= Limits.timelineBuckets)
    #expect(sum(.delivered, in: timeline) == counted)
    #expect(Timestamp.distantFuture.milliseconds / Timeline.widths[7].milliseconds < 2880)
  }

  @Test func `each width divides the next`() {
    for (narrow, wide) in zip(Timeline.widths, Timeline.widths.dropFirst()) {
      #expect(wide.milliseconds % narrow.milliseconds == 0)
    }
  }
}
