import CampaignEngine
import Foundation
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

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
}
