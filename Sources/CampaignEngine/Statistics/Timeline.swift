import Wire

/// What is counted by the time at which it happened.
package enum TimelineFact: String, WireEnum {
  case enrolled, sent, delivered, read, replies, failed, ended
}

/// What happened when, in buckets of one width, only those in which anything did. The width is a
/// quarter of an hour, to which the clocks of all zones keep; where that makes too many buckets it
/// grows, and never shrinks again.
package struct Timeline: WireObject, Equatable {
  package private(set) var width = Timeline.widths[0]
  /// Ascending by number.
  package private(set) var buckets: [TimelineBucket] = []

  /// Each divides the next. With the last, all times that the wire can spell make fewer buckets
  /// than there may be.
  package static let widths: [TimeSpan] = [
    .minutes(15), .hours(1), .hours(6), .days(1), .days(7), .days(28), .days(364), .days(3640),
  ]

  package init() {}

  /// An empty one whose buckets are as wide as those of another.
  init(asWideAs other: Timeline) { width = other.width }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("width", &width, "Width of a bucket.")
    try visit.field("buckets", &buckets, "Counts.")
  }

  package func start(of bucket: TimelineBucket) -> Timestamp {
    Timestamp(milliseconds: bucket.number * width.milliseconds)
  }

  /// A time of zero is none.
  mutating func count(_ fact: TimelineFact, at time: Timestamp, _ difference: Int) {
    guard time > .zero else { return }
    let number = time.milliseconds / width.milliseconds
    // Nearly everything happens in the newest bucket.
    var place = buckets.count - 1
    if place < 0 || buckets[place].number != number {
      place = buckets.partitionPoint { $0.number < number }
      if place == buckets.count || buckets[place].number != number {
        buckets.insert(TimelineBucket(number: number), at: place)
      }
    }
    buckets[place][fact] += difference
    if buckets[place].isEmpty {
      buckets.remove(at: place)
    } else if buckets.count > Limits.timelineBuckets {
      coarsen()
    }
  }

  /// What happened at one time happened at another.
  mutating func move(_ fact: TimelineFact, from old: Timestamp, to new: Timestamp) {
    guard old != new else { return }
    count(fact, at: old, -1)
    count(fact, at: new, 1)
  }

  private mutating func coarsen() {
    guard let next = Self.widths.first(where: { $0 > width }) else { return }
    let factor = next.milliseconds / width.milliseconds
    var merged: [TimelineBucket] = []
    for bucket in buckets {
      let number = bucket.number / factor
      if merged.last?.number != number { merged.append(TimelineBucket(number: number)) }
      merged[merged.count - 1].add(bucket)
    }
    (width, buckets) = (next, merged)
    if buckets.count > Limits.timelineBuckets { coarsen() }
  }
}

package struct TimelineBucket: WireObject, Equatable {
  /// The time of its start divided by the width.
  package var number: Int64 = 0
  private var enrolled = 0, sent = 0, delivered = 0, read = 0, replies = 0, failed = 0, ended = 0

  package init() {}
  init(number: Int64) { self.number = number }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("number", &number, "Its place in time.")
    try visit.field("enrolled", &enrolled, "Guests who became part of it.")
    try visit.field("sent", &sent, "Messages taken by WhatsApp.")
    try visit.field("delivered", &delivered, "Messages delivered.")
    try visit.field("read", &read, "Messages read.")
    try visit.field("replies", &replies, "Messages received.")
    try visit.field("failed", &failed, "Messages failed.")
    try visit.field("ended", &ended, "Executions ended.")
  }

  package subscript(fact: TimelineFact) -> Int {
    get {
      switch fact {
      case .enrolled: enrolled
      case .sent: sent
      case .delivered: delivered
      case .read: read
      case .replies: replies
      case .failed: failed
      case .ended: ended
      }
    }
    set {
      switch fact {
      case .enrolled: enrolled = newValue
      case .sent: sent = newValue
      case .delivered: delivered = newValue
      case .read: read = newValue
      case .replies: replies = newValue
      case .failed: failed = newValue
      case .ended: ended = newValue
      }
    }
  }

  package mutating func add(_ other: TimelineBucket) {
    enrolled += other.enrolled
    sent += other.sent
    delivered += other.delivered
    read += other.read
    replies += other.replies
    failed += other.failed
    ended += other.ended
  }

  var isEmpty: Bool { self == TimelineBucket(number: number) }
}
