import Testing
import Wire

@testable import CampaignEngine

private func row(
  _ name: String, _ language: String, _ body: String, _ status: TemplateStatus = .approved
) -> TemplateRow {
  var variant = TemplateVariant()
  variant.status = .approved
  (variant.language, variant.body, variant.status) = (language, body, status)
  return TemplateRow(
    name: name, language: language,
    content: .success(.init(category: .marketing, variant: variant)))
}

/// Codes such as `aab_XX`, each another.
private func language(_ number: Int) -> String {
  let letters = Array("abcdefghijklmnopqrstuvwxyz")
  let code = [number / 676 % 26, number / 26 % 26, number % 26].map { letters[$0] }
  return String(code) + "_XX"
}

/// As long as WhatsApp allows, four bytes a character.
private func long(_ word: String) -> String {
  word + String(repeating: "𝄞", count: 1024 - word.count)
}

extension EngineHarness {
  /// Kinds and bytes of the events of one call.
  fileprivate func events(
    of rows: [TemplateRow]
  ) throws -> (items: [SyncTemplates.Item], kinds: [EventKind], bytes: Int) {
    keepsRecords = true
    let before = records.count
    let items = try perform(
      SyncTemplates(project: project, rows: rows, isComplete: false, isDryRun: false))
    let new = records[before...]
    return (items, new.map(\.kind), new.reduce(0) { $0 + $1.payload.count })
  }
}

struct SyncTemplatesSizeTests {
  @Test func `a template in many languages is one event, and a state one a language`() throws {
    let harness = try EngineHarness.wedding()
    func rows(_ body: String, _ status: TemplateStatus) -> [TemplateRow] {
      (0..<60).map { row("gift", language($0), body, $0 == 7 ? status : .approved) }
    }
    let first = try harness.events(of: rows("Hello.", .paused))
    #expect(first.items.allSatisfy { $0.result == .created })
    #expect(first.kinds.filter { $0 == .templateCreated }.count == 1)
    #expect(first.kinds.filter { $0 == .templateUpdated }.isEmpty)
    #expect(first.kinds.filter { $0 == .templateStatusReported }.count == 1)
    let second = try harness.events(of: rows("Good day.", .approved))
    #expect(second.items.allSatisfy { $0.result == .updated })
    #expect(second.items[7].changed == ["body", "status"])
    #expect(second.kinds.filter { $0 == .templateUpdated }.count == 1)
    #expect(second.kinds.filter { $0 == .templateStatusReported }.count == 1)
    let third = try harness.events(of: rows("Good day.", .approved))
    #expect(third.kinds.isEmpty)
  }

  @Test func `what a large call writes grows with what it says`() throws {
    let harness = try EngineHarness.wedding()
    let said = 500 * long("").utf8.count
    let first = try harness.events(of: (0..<500).map { row("gift", language($0), long("A")) })
    #expect((said..<said * 5 / 4).contains(first.bytes))
    let second = try harness.events(of: (0..<500).map { row("gift", language($0), long("B")) })
    #expect((said * 2..<said * 5 / 2).contains(second.bytes))
    let same = try harness.events(of: (0..<500).map { row("gift", "en", long("\($0)")) })
    #expect(same.items.count { $0.fault?.reason == "duplicate_row" } == 499)
    #expect(same.bytes < said * 3)
  }

  @Test func `past its bound a call refuses whole templates, and the next takes them over`() throws
  {
    let harness = try EngineHarness.wedding()
    var rows = (0..<10).map { row("gift_\($0)", "en", long("A")) }
    rows += (0..<10).map { row("gift_\($0)", "id", long("B")) }
    var items: [SyncTemplates.Item] = []
    for expected in [[4, 0, 6], [4, 4, 2], [2, 8, 0]] {
      var command = SyncTemplates(
        project: harness.project, rows: rows, isComplete: true, isDryRun: false)
      command.eventBytes = 4 * 2 * (long("").utf8.count + 64)
      items = try harness.perform(command)
      func count(_ result: SyncTemplates.RowResult) -> Int {
        items.count { $0.result == result && $0.name.hasPrefix("gift") } / 2
      }
      #expect([count(.created), count(.unchanged), count(.refused)] == expected)
      #expect(items.allSatisfy { $0.fault == nil || $0.fault?.reason == "call_too_large" })
      #expect(!items.contains { $0.result == .missing && $0.name.hasPrefix("gift") })
    }
  }

  @Test func `a row that cannot be held is refused alone, a template with all its rows`() throws {
    let harness = try EngineHarness.wedding()
    var header = TemplateVariant()
    (header.language, header.body, header.header) = ("id", "Halo.", TemplateHeader())
    let bad = TemplateRow(
      name: "gift", language: "id",
      content: .success(.init(category: .marketing, variant: header)))
    let items = try harness.events(of: [row("gift", "en", "Hello."), bad]).items
    #expect(items.map(\.result) == [.created, .refused])
    #expect((items[1].fault?.field, items[1].fault?.reason) == ("components", "header"))
    let many = (0...Limits.variantsEver).map { row("gift", language($0), "Hello.") }
    let refused = try harness.events(of: many + [row("other", "en", "Hello.")])
    #expect(refused.items.dropLast().allSatisfy { $0.fault?.reason == "variants" })
    #expect(refused.items.last?.result == .created)
    #expect(try harness.events(of: many.map { row("new", $0.language, "Hello.") }).kinds.isEmpty)
  }
}
