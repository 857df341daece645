import CampaignEngine
import Wire

package struct TimelineView: WireObject {
  package var campaign: CampaignID?
  package var project: ProjectID?
  package var interval = TimeSpan.zero
  package var timeZone = ""
  package var from: Timestamp?
  package var to: Timestamp?
  package var buckets: [TimelineBucketView] = []
  package var asOf = AsOf()

  package init() {}
  package static var schemaName: String { "TimelineStats" }

  /// Whole intervals, whatever was asked for, each with what happened in it, zeros too.
  init(_ source: StatsSource, _ grid: TimelineGrid, from: Timestamp?, to: Timestamp?) {
    (campaign, project) = (source.scope.campaign, source.scope.project)
    (interval, timeZone) = (grid.interval, grid.zone.name)
    guard let from, let to else { return }
    let first = grid.number(of: from)
    let last = grid.number(of: to + TimeSpan(milliseconds: -1))
    (self.from, self.to) = (grid.start(of: first), grid.start(of: last + 1))
    buckets = (first...last).map { TimelineBucketView(start: grid.start(of: $0)) }
    let timeline = source.counters.timeline
    for bucket in timeline.buckets {
      let number = grid.number(of: timeline.start(of: bucket))
      if number >= first, number <= last { buckets[Int(number - first)].counts.add(bucket) }
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign, where one was asked for.")
    try visit.field("project_id", &project, "Project, where one was asked for.")
    try visit.field("interval", &interval, "Length of an interval.")
    try visit.field("time_zone", &timeZone, "Zone whose clock the intervals keep to.")
    try visit.field("from", &from, "Beginning of the first interval; null where there is none.")
    try visit.field("to", &to, "End of the last interval.")
    try visit.field("buckets", &buckets, "All intervals in between, in order.")
    try visit.field("as_of", &asOf, "When this was true.")
  }
}

package struct TimelineBucketView: WireObject {
  package var start = Timestamp.zero
  package var counts = TimelineBucket()

  package init() {}
  package static var schemaName: String { "TimelineInterval" }
  init(start: Timestamp) { self.start = start }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("start", &start, "When it begins.")
    try count(
      .enrolled, "enrolled", "Guests who became part of a campaign, the skipped too.", &visit)
    try count(.sent, "sent", "Messages that WhatsApp took.", &visit)
    try count(.delivered, "delivered", "Messages that were delivered.", &visit)
    try count(.read, "read", "Messages that were read.", &visit)
    try count(.replies, "replies", "Messages that guests wrote.", &visit)
    try count(.failed, "failed", "Messages that failed.", &visit)
    try count(.ended, "ended", "Executions that ended, however they did.", &visit)
  }

  private mutating func count(
    _ fact: TimelineFact, _ name: StaticString, _ documentation: StaticString,
    _ visit: inout some FieldVisitor
  ) throws(WireError) {
    var count = counts[fact]
    try visit.field(name, &count, documentation)
    counts[fact] = count
  }
}
