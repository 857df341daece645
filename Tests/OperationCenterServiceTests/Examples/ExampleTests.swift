import CampaignEngine
import Foundation
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// Every example that the schema shows is played, each in the same fresh world.
struct ExampleTests {
  @Test func `every method shows what it does`() {
    #expect(ExampleWorld.methods.filter(\.examples.isEmpty).map(\.name) == [])
  }

  @Test(arguments: ExampleWorld.methods.map(\.name))
  func `an example is answered as it shows`(_ name: String) throws {
    let method = try #require(ExampleWorld.methods.first { $0.name == name })
    for example in method.examples {
      let service = try ExampleWorld.service(for: name)
      let expected = try JSON.decode(JSONValue.self, from: Array(example.result.utf8))
      let actual = try service.call(name, example.params)
      let faults = differences(expected, actual, "result").filter { fault in
        Self.others[name]?.contains { fault.hasPrefix($0) } != true
      }
      #expect(faults.isEmpty, "\(name): \(example.name)")
      try record(actual, of: name, example)
      #expect(service.state.checkInvariants().isEmpty)
    }
  }

  /// What hangs on the program or on the moment, and not on the world.
  private static let others: [String: Set<String>] = [
    "system.info": ["result.version", "result.schema", "result.uptime_seconds"],
    "rpc.discover": ["result.openrpc"],
    // Made with the key of the data directory.
    "campaign.unreached": ["result.items[0].code", "result.items[0].link"],
  ]

  /// Examples are whole: whoever makes a mock of the service answers with them.
  private func differences(
    _ expected: JSONValue, _ actual: JSONValue, _ path: String
  ) -> [String] {
    switch (expected, actual) {
    case (.object(let members), .object(let found)):
      let surplus = found.filter { expected[$0.0] == nil }.map { "\(path).\($0.0) is left out" }
      return surplus
        + members.flatMap { key, value in
          actual[key].map { differences(value, $0, "\(path).\(key)") }
            ?? ["\(path).\(key) is missing"]
        }
    case (.array(let wanted), .array(let found)) where wanted.count == found.count:
      return zip(wanted, found).enumerated().flatMap { index, pair in
        differences(pair.0, pair.1, "\(path)[\(index)]")
      }
    default:
      return expected == actual
        ? [] : ["\(path): \(text(actual)), expected \(text(expected))"]
    }
  }

  private func text(_ value: JSONValue) -> String {
    String(decoding: JSON.encode(value), as: UTF8.self)
  }

  /// `OPCENTER_RECORD=examples` prints what is answered, a line each, for whoever changes an answer.
  private func record(_ actual: JSONValue, of name: String, _ example: MethodExample) throws {
    guard ProcessInfo.processInfo.environment["OPCENTER_RECORD"] == "examples" else { return }
    print(
      "EXAMPLE",
      text(.array([.string(name), .string(example.name), .string(example.result), actual])))
  }
}
