import CampaignEngine
import JSONRPC
import Wire

struct StatsTimeline: ServiceQuery {
  static let name = "stats.timeline"
  static let summary = "Gives what happened when in a campaign or a project, in equal intervals."
  static let details =
    "Intervals are multiples of 15m, or of what is still kept after a month of traffic without a gap. Those of whole days begin at midnight in the project's zone and those of whole weeks on Mondays; all others are aligned in UTC. sent is when WhatsApp took a message, by our clock; delivered and read are by WhatsApp's."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "an hour of a campaign",
      params:
        #"{"campaign_id":"cmp_1","interval":"15m","from":"2026-11-22T09:30:00.000Z","to":"2026-11-22T10:00:00.000Z"}"#,
      result:
        #"{"campaign_id":"cmp_1","project_id":null,"interval":"15m","time_zone":"UTC","from":"2026-11-22T09:30:00.000Z","to":"2026-11-22T10:00:00.000Z","buckets":[{"start":"2026-11-22T09:30:00.000Z","enrolled":5,"sent":2,"delivered":2,"read":0,"replies":0,"failed":1,"ended":2},{"start":"2026-11-22T09:45:00.000Z","enrolled":0,"sent":0,"delivered":0,"read":0,"replies":1,"failed":0,"ended":0}],"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]

  /// More points than a chart has pixels.
  private static let mostBuckets = 1000
  private static let usualBuckets = 200

  struct Params: WireObject {
    var scope = StatsScope()
    var interval: TimeSpan?
    var from: Timestamp?
    var to: Timestamp?
    static var schemaName: String { "TimelineParams" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try scope.fields(&visit)
      try visit.field(
        "interval", &interval,
        "Such as 15m, 1h or 1d; if absent, the shortest that gives at most 200 buckets.")
      try visit.field("from", &from, "First moment; where anything happened first, if absent.")
      try visit.field(
        "to", &to, "First moment after it; the newest happening until now, if absent.")
    }
  }

  typealias Output = TimelineView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> TimelineView {
    let source = try params.scope.resolved(in: center)
    let timeline = source.counters.timeline
    let zone = center.engine.state.zone(named: source.project.row.timeZone) ?? .utc
    if let from = params.from, let to = params.to, to <= from {
      throw Rejection.invalidParams(
        field: "to", reason: "out_of_range", "expected a time after from")
    }
    if let interval = params.interval { try check(interval, timeline) }
    let span = self.span(params, timeline, now: center.now)
    let grid = try self.grid(params.interval, for: span, timeline, zone)
    var view = TimelineView(source, grid, from: span?.from, to: span?.to)
    view.asOf = center.asOf
    return view
  }

  private static func check(_ interval: TimeSpan, _ timeline: Timeline) throws {
    let width = timeline.width
    if interval < width || interval.milliseconds % width.milliseconds != 0 {
      throw Rejection.invalidParams(
        field: "interval", reason: "not_a_multiple",
        "expected a multiple of \(width.wireText); found \(interval.wireText)")
    }
  }

  /// What is asked for; nil where nothing has happened.
  private static func span(
    _ params: Params, _ timeline: Timeline, now: Timestamp
  ) -> (from: Timestamp, to: Timestamp)? {
    // Times of WhatsApp's clock may be ahead of ours, or wrong.
    let known = timeline.buckets.filter { timeline.start(of: $0) <= now }
    let first = params.from ?? known.first.map { timeline.start(of: $0) }
    let last = params.to ?? known.last.map { timeline.start(of: $0) + timeline.width }
    guard let from = first ?? last, let to = last ?? first, from < to else { return nil }
    return (from, to)
  }

  private static func grid(
    _ interval: TimeSpan?, for span: (from: Timestamp, to: Timestamp)?, _ timeline: Timeline,
    _ zone: ZoneRules
  ) throws -> TimelineGrid {
    let usable = Timeline.widths.filter { $0 >= timeline.width }
    let grids = usable.map { TimelineGrid(interval: $0, zone: zone) }
    guard let interval else {
      let fitting = grids.first { grid in
        span.map { grid.count(from: $0.from, to: $0.to) <= usualBuckets } ?? true
      }
      return fitting ?? grids[grids.count - 1]
    }
    let grid = TimelineGrid(interval: interval, zone: zone)
    if let span, grid.count(from: span.from, to: span.to) > mostBuckets {
      let fitting = grids.first { $0.count(from: span.from, to: span.to) <= mostBuckets }
      let hint = fitting.map { " or an interval such as \($0.interval.wireText)" } ?? ""
      throw Rejection.invalidParams(
        field: "interval", reason: "too_many_buckets",
        "expected at most \(mostBuckets) intervals between from and to; choose a shorter time\(hint)"
      )
    }
    return grid
  }
}

/// Intervals of one length. Days are those of a zone's calendar, so they may have 23 or 25 hours.
struct TimelineGrid {
  let interval: TimeSpan
  let zone: ZoneRules
  /// Zero unless the interval is of whole days.
  private let days: Int64

  init(interval: TimeSpan, zone: ZoneRules) {
    self.interval = interval
    let isOfDays = interval.milliseconds % TimeSpan.days(1).milliseconds == 0
    days = isOfDays ? interval.milliseconds / TimeSpan.days(1).milliseconds : 0
    self.zone = isOfDays ? zone : .utc
  }

  /// The number of the interval in which a time lies.
  func number(of time: Timestamp) -> Int64 {
    guard days > 0 else { return floored(time.milliseconds, interval.milliseconds) }
    return floored(zone.local(time).date.daysSinceEpoch - firstDay, days)
  }

  func start(of number: Int64) -> Timestamp {
    guard days > 0 else { return Timestamp(milliseconds: number * interval.milliseconds) }
    let date = CivilDate(daysSinceEpoch: number * days + firstDay)
    return max(.zero, zone.instant(of: date, millisecondOfDay: 0))
  }

  /// Intervals that a time reaches into.
  func count(from: Timestamp, to: Timestamp) -> Int64 {
    number(of: to + TimeSpan(milliseconds: -1)) - number(of: from) + 1
  }

  /// 1970-01-05 was a Monday.
  private var firstDay: Int64 { days % 7 == 0 ? 4 : 0 }

  private func floored(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
  }
}
