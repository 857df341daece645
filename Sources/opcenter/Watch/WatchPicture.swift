import CampaignEngine
import OperationCenterService
import Wire

/// How a campaign stands, as lines for people.
struct WatchPicture {
  private let campaign: CampaignID
  private let name: String
  private let statistics: CampaignStatsView
  private let style: TerminalStyle
  /// Of the screen; nil where there is no bottom.
  private let rows: Int?

  init(_ feed: borrowing CampaignFeed, _ style: TerminalStyle, rows: Int?) {
    self.init(feed.campaign, feed.name, feed.statistics, style, rows: rows)
  }

  init(
    _ campaign: CampaignID, _ name: String, _ statistics: CampaignStatsView,
    _ style: TerminalStyle, rows: Int?
  ) {
    (self.campaign, self.name, self.statistics) = (campaign, name, statistics)
    (self.style, self.rows) = (style, rows)
  }

  private var ended: Int {
    ["completed", "failed", "cancelled", "skipped"]
      .reduce(0) { $0 + (statistics.executions[$1] ?? 0) }
  }

  private var columns: Int? { style.isTerminal ? style.columns - 1 : nil }

  /// One line, for a log.
  var summary: String {
    let percent = statistics.audience > 0 ? ended * 100 / statistics.audience : 0
    return
      "\(minute(statistics.asOf.at))  \(statistics.status.rawValue)  \(percent)%  "
      + "\(ended)/\(statistics.audience) ended  \(statistics.messages["total"] ?? 0) messages  "
      + "\(statistics.messages["failed"] ?? 0) failed  \(statistics.inbound.total) received  "
      + ending
  }

  private var ending: String {
    statistics.rate.expectedEndAt.map { "ends about \(minute($0))" } ?? ""
  }

  var lines: [String] {
    let title =
      "\(TerminalText.printable(name))  \(campaign.wireText)  \(statistics.status.rawValue)  "
      + minute(statistics.asOf.at)
    var progress = "Nobody is enrolled yet."
    if statistics.audience > 0 {
      progress = ProgressBar(label: "ended", style: style).line(
        done: UInt64(max(ended, 0)), total: UInt64(statistics.audience), note: ending)
    }
    var lines = [title, progress, ""] + split(counts.rendered(maximumCells: columns))
    guard !statistics.funnel.isEmpty else { return lines }
    var room = Int.max
    if let rows { room = rows - lines.count - 4 }
    guard room > 0 else { return lines }
    lines.append("")
    lines += split(funnel(Array(statistics.funnel.prefix(room))).rendered(maximumCells: columns))
    if statistics.funnel.count > room {
      lines[lines.count - 1] = "and \(statistics.funnel.count - room + 1) more nodes"
    }
    return lines
  }

  private var counts: Table {
    var table = Table(
      [.init("what", .leading), .init("count", .trailing), .init("of which", .leading)],
      usesUnicode: style.usesUnicode)
    table.append(["executions", String(statistics.audience), list(statistics.executions)])
    let waiting = statistics.executions["waiting"] ?? 0
    table.append(["waiting for", String(waiting), list(statistics.waitingFor)])
    if !statistics.outcomes.isEmpty {
      let completed = statistics.executions["completed"] ?? 0
      table.append(["outcomes", String(completed), list(statistics.outcomes)])
    }
    var messages = statistics.messages
    messages["total"] = nil
    table.append(["messages", String(statistics.messages["total"] ?? 0), list(messages)])
    table.append([
      "sent", String(statistics.rate.sentLastMinute), "in the last minute",
    ])
    table.append([
      "received", String(statistics.inbound.total),
      "\(statistics.inbound.byDisposition["needs_attention"] ?? 0) belong to no question",
    ])
    table.append(["answers", String(statistics.audience), list(statistics.rsvp.guests)])
    table.append([
      "people who come", String(statistics.rsvp.heads.attending),
      "\(statistics.rsvp.heads.invited) are invited",
    ])
    let cost = statistics.cost
    table.append([
      "cost", MoneyText.text(micros: cost.billedMicros),
      "\(cost.currency), \(MoneyText.text(micros: cost.savedMicros)) saved by free text",
    ])
    return table
  }

  private func funnel(_ nodes: [FunnelView]) -> Table {
    let numbers = ["entered", "inside", "passed", "failed", "stopped"]
    var table = Table(
      [.init("node", .leading)] + numbers.map { .init($0, .trailing) },
      usesUnicode: style.usesUnicode)
    for node in nodes {
      table.append(
        [node.node]
          + [node.entered, node.inside, node.passed, node.failed, node.stopped].map(String.init))
    }
    return table
  }

  /// States without a count say nothing to people.
  private func list(_ counts: WireMap<Int>) -> String {
    counts.entries.filter { $0.value > 0 }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  private func split(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }

  /// `2026-11-28 11:00`, in UTC as everywhere.
  private func minute(_ time: Timestamp) -> String {
    let text = time.wireText
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }
}

enum MoneyText {
  /// With two decimals, rounded.
  static func text(micros: Int64) -> String {
    let hundredths = (micros + 5000) / 10_000
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
