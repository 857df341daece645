import CampaignEngine
import Foundation
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// The contract of requests and answers, by example: one story, told on a clock that stands still,
/// so that every field of every answer is determined, its name, its place, its type and its value.
struct ContractTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Stories/supper.jsonl")

  @Test func `every answer is as the contract shows it`() throws {
    let service = try InProcessService(at: time("2026-11-20T08:00:00.000Z"))
    var expectation = Expectation()
    var answers = 0
    var body: [UInt8]?
    for line in try JSONLines.read(Self.file) {
      if let given = line["given"], case .string(let method)? = given["method"] {
        try service.call(method, given["params"])
      } else if case .string(let until)? = line["until"] {
        try service.run(until: time(until))
      } else if let call = line["call"] {
        body = try service.exchange(JSON.encode(call))
      } else if let answer = line["answer"] {
        let actual = try JSON.decode(JSONValue.self, from: try #require(body))
        #expect(expectation.differences(answer, actual).isEmpty, "\(answer["id"] ?? .null)")
        answers += 1
      }
      #expect(service.state.checkInvariants().isEmpty)
    }
    #expect(answers == 12)
  }

  /// Sums that hold in every answer, whatever the numbers are.
  @Test func `the sums of the contract hold`() throws {
    var checked = 0
    for line in try JSONLines.read(Self.file) {
      guard let result = line["answer"]?["result"] else { continue }
      if let matched = result["matched"] {
        #expect(number(matched) == number(result["eligible"]) + sum(of: result["left_out"]))
        checked += 1
      }
      if let counts = result["counts"], counts["rows"] != nil {
        #expect(2 * number(counts["rows"]) == sum(of: counts))
        checked += 1
      }
      if let audience = result["audience"] {
        #expect(number(audience) == sum(of: result["executions"]))
        #expect(number(result["executions"]?["waiting"]) == sum(of: result["waiting_for"]))
        #expect(number(result["executions"]?["completed"]) == sum(of: result["outcomes"]))
        #expect(number(result["executions"]?["skipped"]) == sum(of: result["skipped"]))
        #expect(number(result["phases"]?["completion"]) == sum(of: result["outcomes"]))
        #expect(2 * number(result["messages"]?["total"]) == sum(of: result["messages"]))
        #expect(2 * number(result["inbound"]?["total"]) == sum(of: result["inbound"]))
        #expect(
          number(result["inbound"]?["total"]) == sum(of: result["inbound"]?["by_disposition"]))
        #expect(number(audience) == sum(of: result["rsvp"]?["guests"]))
        checked += 1
      }
    }
    #expect(checked == 3)
  }

  private func number(_ value: JSONValue?) -> Int {
    guard case .number(let text)? = value else { return -1 }
    return Int(text) ?? -1
  }

  private func sum(of value: JSONValue?) -> Int {
    guard case .object(let members)? = value else { return -1 }
    // What is told apart in another way is a member that is an object.
    return members.reduce(0) { sum, member in
      if case .object = member.1 { sum } else { sum + number(member.1) }
    }
  }
}
