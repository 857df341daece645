import CampaignEngine
import Foundation
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

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
      #expect(shortfalls(expected, actual, "result").isEmpty, "\(name): \(example.name)")
      #expect(service.state.checkInvariants().isEmpty)
    }
  }

  /// An example may leave out members and say the rest; what it says must be so.
  private func shortfalls(_ expected: JSONValue, _ actual: JSONValue, _ path: String) -> [String] {
    switch (expected, actual) {
    case (.object(let members), .object):
      members.flatMap { key, value in
        actual[key].map { shortfalls(value, $0, "\(path).\(key)") } ?? ["\(path).\(key) is missing"]
      }
    case (.array(let wanted), .array(let found)) where wanted.count == found.count:
      zip(wanted, found).enumerated().flatMap { index, pair in
        shortfalls(pair.0, pair.1, "\(path)[\(index)]")
      }
    default: expected == actual ? [] : ["\(path): \(text(actual)), expected \(text(expected))"]
    }
  }

  private func text(_ value: JSONValue) -> String {
    String(decoding: JSON.encode(value), as: UTF8.self)
  }
}
