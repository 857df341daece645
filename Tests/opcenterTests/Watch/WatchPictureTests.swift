import CampaignEngine
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService
@testable import opcenter

struct WatchPictureTests {
  private let style = TerminalStyle(
    isTerminal: true, columns: 60, usesColor: false, usesUnicode: false)

  private func statistics(nodes: Int = 2) -> CampaignStatsView {
    var view = CampaignStatsView()
    (view.campaign, view.status, view.audience) = (
      CampaignID(space: 0, counter: 1), .running, 4
    )
    view.executions = ["waiting": 1, "completed": 2, "failed": 0, "skipped": 1]
    view.messages = ["total": 5, "read": 5]
    view.rate.expectedEndAt = time("2026-11-28T11:00:00.000Z")
    view.asOf.at = time("2026-11-23T09:00:00.000Z")
    view.cost.currency = "USD"
    view.cost.billedMicros = 1_234_000
    view.funnel = (0..<nodes).map { number in
      var node = FunnelView()
      (node.node, node.entered, node.passed) = ("node_\(number)", 4, 3)
      return node
    }
    return view
  }

  private func lines(_ view: CampaignStatsView, rows: Int? = nil) -> [String] {
    WatchPicture(view.campaign, "Choir\u{1B}", view, style, rows: rows).lines
  }

  @Test func `a picture says how far the campaign is, what came of it and when it ends`() {
    let lines = lines(statistics())
    #expect(lines[0] == "Choir\u{FFFD}  cmp_1  running  2026-11-23 09:00")
    #expect(lines[1].hasPrefix("ended [") && lines[1].contains("75%  3/4"))
    #expect(lines.contains { $0.hasPrefix("executions") && $0.contains("waiting 1, completed 2") })
    #expect(lines.contains { $0.hasPrefix("cost") && $0.contains("1.23  USD") })
    #expect(lines.contains { $0.hasPrefix("node_1") })
    #expect(lines.allSatisfy { TerminalText.width($0) < 60 })
  }

  @Test func `before anybody is enrolled there is no share of anything`() {
    var view = statistics()
    view.audience = 0
    #expect(lines(view)[1] == "Nobody is enrolled yet.")
  }

  @Test(arguments: 5...60)
  func `a picture is never taller than the screen`(_ rows: Int) {
    let lines = lines(statistics(nodes: 40), rows: rows)
    #expect(lines.count < max(rows, 14))
    if lines.contains(where: { $0.hasPrefix("node_0") }) {
      let shown = lines.count { $0.hasPrefix("node_") }
      #expect(shown == 40 || lines.last == "and \(40 - shown) more nodes")
    }
  }

  @Test func `a log gets it all in one line`() {
    let summary = WatchPicture(
      statistics().campaign, "Choir", statistics(), .plain, rows: nil
    ).summary
    #expect(
      summary
        == "2026-11-23 09:00  running  75%  3/4 ended  5 messages  0 failed  0 received  ends about 2026-11-28 11:00"
    )
  }
}
