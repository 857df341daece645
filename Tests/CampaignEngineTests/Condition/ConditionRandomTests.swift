import TestRandom
import Testing
import Wire

@testable import CampaignEngine

struct ConditionRandomTests {
  private static let terms = [
    "category", "vip", "fields.menu", "ana maria", "", "\"", "\\", "a\\\"b", "AND", "or", "Not",
    "(x)", "é", "2026-12-12", "-7d", "a=b", "!", "!=", "x\ny", "😀", "o'brien", " ", "~", "+62",
  ]

  private func condition(_ random: inout Random, depth: Int) -> Condition {
    func term(_ random: inout Random) -> ConditionTerm {
      ConditionTerm(random.pick(Self.terms) ?? "")
    }
    func parts(_ random: inout Random) -> [Condition] {
      (0..<2 + random.below(3)).map { _ in condition(&random, depth: depth - 1) }
    }
    switch depth == 0 ? 3 + random.below(2) : random.below(5) {
    case 0: return .all(parts(&random))
    case 1: return .any(parts(&random))
    case 2: return .not(condition(&random, depth: depth - 1))
    case 3: return .search(term(&random))
    default:
      let sign = random.pick(ConditionSign.allCases) ?? .equal
      return .comparison(Condition.Comparison(term(&random), sign, term(&random)))
    }
  }

  @Test func `a condition that is printed is read as the same`() throws {
    for seed in UInt64(1)...2000 {
      var random = Random(seed: seed)
      let condition = condition(&random, depth: random.below(4))
      let printed = condition.description
      let read = try ConditionText(parsing: printed)
      #expect(read.root == condition, "seed \(seed): \(printed)")
    }
  }

  @Test func `no text traps, and each fault is somewhere in it`() throws {
    let world = try ConditionWorld()
    let pieces =
      Self.terms + ["(", ")", "\"", "NOT ", " AND ", " OR ", " ", "=", "~", ">", ">=", "\u{301}"]
      + ConditionField.all.map(\.name)
      + ["rsvp.dinner", "vars.answer", "fields.arrival", "99999999999999999999999", "+9999999d"]
      + ["9999-12-31", "0001-01-01", "-3660d", "rsvp.", ".", "guest.", "message."]
    var readable = 0
    for seed in UInt64(1)...5000 {
      var random = Random(seed: seed)
      var text = ""
      for _ in 0..<1 + random.below(9) {
        text += random.pick(pieces) ?? ""
        if random.chance(2) { text += " " }
      }
      do throws(ConditionFault) {
        let condition = try MessageCondition(text, project: world.project)
        _ = world.messages(matching: condition)
        readable += 1
      } catch {
        let position = error.position ?? 0
        #expect((1...text.unicodeScalars.count + 1).contains(position), "seed \(seed): \(text)")
      }
    }
    #expect(readable > 100)
  }

  @Test func `days at both ends of the calendar are compared`() throws {
    let world = try ConditionWorld()
    for (text, expected) in [
      ("created_at < 9999-12-31", "abcde"), ("created_at <= 0001-01-01", ""),
      ("created_at < +3660d", "abcde"), ("fields.arrival > 0001-01-01", "ab"),
    ] {
      let predicate = try ConditionPredicate(text, for: .guest, project: world.project)
      #expect(world.guests(matching: predicate) == expected, "\(text)")
    }
  }
}

/// The lists of a filter are another spelling of conditions.
struct FilterSpellingTests {
  private static let categories = ["vip", "VIP", "family", "crew", ""]
  private static let tags = ["bride", "Bride", "groom", "sangeet", "unused"]

  private let harness: EngineHarness

  init() throws {
    harness = try EngineHarness.wedding()
    var random = Random(seed: 7)
    var rows: [GuestRow] = []
    for number in 0..<120 {
      var row = GuestRow()
      row.name = "\(random.pick(["Ana", "Ánna", "Budi", "Citra"]) ?? "") \(number)"
      row.phone = "+62811\(1_000_000 + number)"
      row.category = random.pick(Self.categories)
      row.tags = Self.tags.dropLast().filter { _ in random.chance(3) }
      row.rsvp = random.pick(RSVP.allCases)?.rawValue
      rows.append(row)
    }
    try harness.importRows(rows)
  }

  private func matching(_ predicate: GuestPredicate) -> [GuestID] {
    (1...harness.state.project(of: 0).guests.count).map { GuestID(space: 0, counter: $0) }
      .filter { predicate.matches($0, in: harness.state) }
  }

  private func any<Value>(_ field: String, _ values: [Value]?, _ text: (Value) -> String)
    -> String?
  {
    values.map {
      $0.isEmpty ? "id = gst_zzz" : $0.map { "\(field) = \(text($0))" }.joined(separator: " OR ")
    }
    .map { "(\($0))" }
  }

  private func spelled(_ filter: GuestFilter) -> String {
    let quoted: (String) -> String = { "\"\($0)\"" }
    var parts = [
      any("category", filter.categories, quoted), any("rsvp", filter.rsvp) { $0.rawValue },
      any("tags", filter.tagsAny, quoted), any("id", filter.guestIDs) { $0.wireText },
      any("rsvp.dinner", filter.events?["dinner"]) { $0.rawValue },
      filter.search.map(quoted),
    ].compactMap { $0 }
    parts += (filter.tagsAll ?? []).map { "tags = \(quoted($0))" }
    parts += (filter.tagsNone ?? []).map { "NOT tags = \(quoted($0))" }
    return parts.joined(separator: " ")
  }

  @Test func `a filter and its spelling as text match the same guests`() throws {
    var matched = 0
    for seed in UInt64(1)...400 {
      var random = Random(seed: seed)
      func some<Value>(_ values: [Value]) -> [Value]? {
        random.chance(3) ? values.filter { _ in random.chance(2) } : nil
      }
      var filter = GuestFilter()
      filter.categories = some(Self.categories)
      filter.rsvp = some(RSVP.allCases)
      (filter.tagsAny, filter.tagsNone) = (some(Self.tags), some(Self.tags))
      filter.tagsAll = random.chance(4) ? [random.pick(Self.tags) ?? ""] : nil
      filter.guestIDs = some((1...200).map { GuestID(space: 0, counter: $0) })
      filter.search = random.chance(4) ? random.pick(["an", "ANNA", "budi 1", "62811"]) : nil
      if let answers = some(RSVP.allCases) { filter.events = ["dinner": answers] }
      let project = harness.state.project(of: 0)
      let listed = matching(GuestPredicate(filter, project: project))
      let text = spelled(filter)
      guard !text.isEmpty else {
        #expect(listed.count == 120)
        continue
      }
      var query = GuestFilter()
      query.query = text
      let predicate = GuestPredicate(query, project: project)
      #expect(predicate.fault == nil, "seed \(seed): \(text)")
      #expect(matching(predicate) == listed, "seed \(seed): \(text)")
      matched += listed.count
    }
    #expect(matched > 1000)
  }
}
