import Testing
import Wire

@testable import CampaignEngine

struct ConditionTests {
  private static let world = Result { try ConditionWorld() }

  private func world() throws -> ConditionWorld { try Self.world.get() }

  @Test(arguments: try ConditionRow.table("guests"))
  func `a condition holds for the guests that it describes`(_ row: ConditionRow) throws {
    let world = try world()
    let predicate = try ConditionPredicate(row.condition, for: .guest, project: world.project)
    let matched = world.guests(matching: predicate)
    #expect((matched.isEmpty ? "-" : matched) == row.expected)
    let negated = try ConditionPredicate(
      "NOT (\(row.condition))", for: .message, project: world.project)
    #expect(world.guests(matching: negated) == "abcde".filter { !matched.contains($0) })
  }

  @Test(arguments: try ConditionRow.table("executions"))
  func `a condition holds for the executions that it describes`(_ row: ConditionRow) throws {
    let world = try world()
    let condition = try ExecutionCondition(row.condition, project: world.project)
    let matched = world.executions(matching: condition)
    #expect((matched.isEmpty ? "-" : matched) == row.expected)
  }

  @Test(arguments: try ConditionRow.table("messages"))
  func `a condition holds for the messages that it describes`(_ row: ConditionRow) throws {
    let world = try world()
    let condition = try MessageCondition(row.condition, project: world.project)
    let matched = world.messages(matching: condition)
    #expect((matched.isEmpty ? "-" : matched) == row.expected)
  }

  @Test(arguments: try ConditionRow.table("faults"))
  func `a fault says where it is and what was expected`(_ row: ConditionRow) throws {
    let world = try world()
    let isOfGuest = row.condition.hasPrefix("guest: ")
    let text = isOfGuest ? String(row.condition.dropFirst(7)) : row.condition
    var found = "1 ok"
    do throws(ConditionFault) {
      _ = try ConditionPredicate(
        text, for: isOfGuest ? .guest : .execution, project: world.project)
    } catch {
      found = "\(error.position ?? 0) \(error.reason.rawValue) \(error.message)"
    }
    #expect(found == row.expected)
  }

  @Test func `every field that does not need the project is in a table`() throws {
    let tables = try ["guests", "executions", "messages"].flatMap(ConditionRow.table)
      .map { $0.condition.lowercased() }
    for field in ConditionField.all {
      #expect(tables.contains { $0.contains(field.name) }, "\(field.name)")
    }
  }

  @Test func `an event without a project to name it is unknown`() {
    let fault = #expect(throws: ConditionFault.self) {
      try ConditionPredicate("rsvp.a = maybe", for: .guest, project: ProjectState(row: Project()))
    }
    #expect(
      fault?.message == "expected a field without an event, since the project has none; found \"a\""
    )
  }

  @Test func `the main answer can be asked for where the project has no event`() throws {
    let world = try world()
    let predicate = try ConditionPredicate(
      "rsvp = attending", for: .guest, project: ProjectState(row: Project()))
    #expect(world.guests(matching: predicate) == "b")
  }
}

struct ConditionLimitTests {
  private func reason(_ text: String) -> ConditionFault.Reason? {
    do throws(ConditionFault) {
      _ = try ConditionText(parsing: text)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func `a condition has a greatest length`() {
    let long = "name ~ " + String(repeating: "é", count: Limits.conditionCharacters - 7)
    #expect(reason(long) == nil)
    #expect(reason(long + "é") == .tooLong)
  }

  @Test func `a text has a greatest number of conditions`() {
    let most = Array(repeating: "a = b", count: Limits.conditionsPerQuery).joined(separator: " OR ")
    #expect(reason(most) == nil)
    #expect(reason(most + " c") == .tooManyConditions)
  }

  @Test(arguments: [("(", ")"), ("NOT ", ""), ("NOT (", ")")])
  func `nesting has a greatest depth, and the deepest is evaluated`(open: String, close: String)
    throws
  {
    func nested(_ depth: Int) -> String {
      String(repeating: open, count: depth) + "ana" + String(repeating: close, count: depth)
    }
    let levels = open.filter { $0 == "N" || $0 == "(" }.count
    let most = Limits.conditionDepth / levels
    #expect(reason(nested(most)) == nil)
    #expect(reason(nested(most + 1)) == .tooDeep)
    #expect(reason(nested(1500)) == .tooDeep)
    let world = try ConditionWorld()
    let predicate = try ConditionPredicate(nested(most), for: .guest, project: world.project)
    let isOdd = open.hasPrefix("NOT") && most % 2 == 1
    #expect(world.guests(matching: predicate) == (isOdd ? "bcde" : "a"))
  }
}
