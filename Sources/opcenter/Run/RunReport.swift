import CampaignEngine
import OperationCenterService
import Wire

/// What a run came to, as tables for people and as JSON for machines.
struct RunReport {
  let run: CampaignRun
  let seed: Int64

  /// Nothing in it depends on the machine: the same seed gives the same bytes.
  func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("seed")
    writer.integer(seed)
    writer.key("started_at")
    run.startedAt.write(&writer)
    writer.key("ended_at")
    if run.endedAt == .zero { writer.null() } else { run.endedAt.write(&writer) }
    writer.key("import")
    run.importCounts.write(&writer)
    writer.key("refused_rows")
    run.guests.refused.write(&writer)
    writer.key("warnings")
    run.guests.warnings.write(&writer)
    writer.key("statistics")
    run.statistics.write(&writer)
    writer.key("functions")
    run.functions.write(&writer)
    writer.key("answers")
    run.dishes.write(&writer)
    writer.key("ledger")
    writer.beginObject()
    writer.key("reconciles")
    writer.bool(run.faults.isEmpty)
    writer.key("faults")
    run.faults.write(&writer)
    writer.endObject()
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  func text(style: TerminalStyle) throws -> String {
    let statistics = try JSON.decode(
      CampaignStatsView.self, from: JSON.encode(run.statistics))
    let columns = style.isTerminal ? style.columns : nil
    func render(_ table: Table) -> String { table.rendered(maximumCells: columns) }
    var text = guestList(style, columns)
    text += "\nExecutions\n" + render(counts(statistics.executions, "status", style))
    if !statistics.outcomes.isEmpty {
      text += "\nOutcomes\n" + render(counts(statistics.outcomes, "outcome", style))
    }
    if !statistics.skipped.isEmpty {
      text += "\nSkipped\n" + render(counts(statistics.skipped, "reason", style))
    }
    text += "\nAnswers\n" + render(counts(statistics.rsvp.guests, "rsvp", style))
    text +=
      "\(statistics.rsvp.heads.attending) of \(statistics.rsvp.heads.invited) invited people come.\n"
    let functions = try JSON.decode(RSVPStatsView.self, from: JSON.encode(run.functions))
    if functions.events.count > 1 {
      text += "\nPeople by function\n" + render(people(functions.events, style))
    }
    for answers in run.dishes {
      let counts = try JSON.decode(AnswerStatsView.self, from: JSON.encode(answers))
      guard counts.events.contains(where: { $0.heads > 0 }) else { continue }
      text += "\nPeople by \(counts.question)\n" + render(dishes(counts.events, style))
    }
    text += "\nMessages\n" + render(counts(statistics.messages, "status", style))
    text +=
      "\(statistics.inbound.total) came in, \(statistics.inbound.byDisposition["needs_attention"] ?? 0) of them belong to no question.\n"
    text += "\nFunnel\n" + render(funnel(statistics.funnel, style))
    text += "\nCost\n" + render(cost(statistics.cost, style))
    return text + "\n" + ending()
  }

  private func guestList(_ style: TerminalStyle, _ columns: Int?) -> String {
    let counts = run.importCounts
    var text =
      "Guest list\n\(counts.rows) rows: \(counts.created) created, \(counts.updated) updated, "
    text += "\(counts.unchanged) unchanged, \(counts.refused) refused\n"
    let refused = run.guests.refused.map { [String($0.line), $0.reason, $0.message] }
    let warned = run.guests.warnings.map { [String($0.line), $0.code, $0.message] }
    for (title, rows) in [("", refused), ("Taken, with a warning\n", warned)] where !rows.isEmpty {
      var table = Table(
        [.init("line"), .init("reason"), .init("why")], usesUnicode: style.usesUnicode)
      for row in rows { table.append(row) }
      text += title + table.rendered(maximumCells: columns)
    }
    return text
  }

  /// States without a count say nothing to people.
  private func counts(_ map: WireMap<Int>, _ title: String, _ style: TerminalStyle) -> Table {
    var table = Table([.init(title), .init("count")], usesUnicode: style.usesUnicode)
    for (name, count) in map.entries where count > 0 { table.append([name, String(count)]) }
    return table
  }

  private func funnel(_ nodes: [FunnelView], _ style: TerminalStyle) -> Table {
    var table = Table(
      [
        .init("node"), .init("type"), .init("entered", .trailing), .init("passed", .trailing),
        .init("failed", .trailing), .init("stopped", .trailing), .init("median stay", .trailing),
      ], usesUnicode: style.usesUnicode)
    for node in nodes {
      table.append([
        node.node, node.type.rawValue, String(node.entered), String(node.passed),
        String(node.failed), String(node.stopped), stay(node.dwellMedianMilliseconds),
      ])
    }
    return table
  }

  private func people(_ events: [EventAnswersView], _ style: TerminalStyle) -> Table {
    let hasChildren = events.contains { $0.rsvp.heads.children != nil }
    var columns: [Table.Column] = [
      .init("function"), .init("invited", .trailing), .init("attending", .trailing),
      .init("declined", .trailing), .init("maybe", .trailing), .init("pending", .trailing),
    ]
    if hasChildren { columns.append(.init("children who come", .trailing)) }
    var table = Table(columns, usesUnicode: style.usesUnicode)
    for event in events {
      let heads = event.rsvp.heads
      let counts = [heads.invited, heads.attending, heads.declined, heads.maybe, heads.pending]
      let children = hasChildren ? [heads.children?.attending ?? 0] : []
      table.append([event.name ?? ""] + (counts + children).map { String($0) })
    }
    return table
  }

  /// What a caterer orders from: a column for each answer.
  private func dishes(_ events: [EventAnswerCountsView], _ style: TerminalStyle) -> Table {
    var names: [String] = []
    for name in events.flatMap(\.answers.keys) where !names.contains(name) { names.append(name) }
    let hasOther = events.contains { $0.other != nil }
    let columns =
      [Table.Column("function")]
      + (names + (hasOther ? ["other"] : []) + ["unanswered", "all"]).map { .init($0, .trailing) }
    var table = Table(columns, usesUnicode: style.usesUnicode)
    for event in events where event.heads > 0 {
      let counts = names.map { event.answers[$0] ?? 0 } + (hasOther ? [event.other ?? 0] : [])
      table.append(
        [event.name ?? ""] + (counts + [event.unanswered, event.heads]).map { String($0) })
    }
    return table
  }

  /// Histogram bounds are powers of two, so one digit says all there is.
  private func stay(_ milliseconds: Int64?) -> String {
    guard let milliseconds else { return "" }
    switch milliseconds {
    case ...1: return "0"
    case ..<60_000: return "<\((milliseconds + 999) / 1000)s"
    case ..<3_600_000: return "<\((milliseconds + 59_999) / 60_000)m"
    default: return "<\((milliseconds + 3_599_999) / 3_600_000)h"
    }
  }

  private func cost(_ cost: CostSums, _ style: TerminalStyle) -> Table {
    var table = Table(
      [.init("sum"), .init(cost.currency, .trailing)], usesUnicode: style.usesUnicode)
    table.append(["billed", MoneyText.text(micros: cost.billedMicros)])
    table.append(["saved by free text", MoneyText.text(micros: cost.savedMicros)])
    if cost.unpricedMessages > 0 {
      table.append(["messages without a price", String(cost.unpricedMessages)])
    }
    return table
  }

  private func ending() -> String {
    var text = "From \(run.startedAt.wireText)"
    if run.endedAt > .zero {
      text += " to \(run.endedAt.wireText), \(days(run.endedAt - run.startedAt))"
    }
    text += ", seed \(seed).\n"
    if run.faults.isEmpty { return text + "The ledger reconciles.\n" }
    return text + "The ledger does NOT reconcile:\n" + run.faults.map { "  \($0)\n" }.joined()
  }

  private func days(_ span: TimeSpan) -> String {
    let hours = span.milliseconds / 3_600_000
    return "\(hours / 24) days \(hours % 24) hours"
  }
}
