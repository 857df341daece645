import CampaignEngine
import Foundation
import Persistence
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// What the editor writes comes back as it was, whatever it keeps beside the graph.
struct ReactFlowTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("react-flow-export.json")

  private func export() throws -> JSONValue {
    try JSON.decode(JSONValue.self, from: Array(try Data(contentsOf: Self.file)))
  }

  private func service(on disk: MemoryStorage) throws -> InProcessService {
    let service = try InProcessService(on: disk)
    for exchange in try Transcript(named: "setting").exchanges.prefix(3) {
      guard case .string(let method)? = exchange.call["method"] else { continue }
      try service.call(method, exchange.call["params"])
    }
    return service
  }

  /// The export with the other params of a call.
  private func params(_ more: [(String, JSONValue)]) throws -> JSONValue {
    guard case .object(let members) = try export() else { throw Fault("no object") }
    return .object(more + members)
  }

  /// Where what was given is not found again. What a node leaves out comes back with its default, and
  /// keys of ours come first: an editor minds neither.
  private func lost(_ given: JSONValue, in found: JSONValue?, _ path: String) -> [String] {
    switch (given, found) {
    case (.object(let members), .object?):
      members.flatMap { lost($0.1, in: found?[$0.0], "\(path).\($0.0)") }
    case (.array(let elements), .array(let others)?) where elements.count == others.count:
      zip(elements, others).enumerated().flatMap { lost($1.0, in: $1.1, "\(path)[\($0)]") }
    default: given == found ? [] : [path]
    }
  }

  @Test func `an export is saved, kept over a restart, and given back whole`() throws {
    let disk = MemoryStorage()
    let before = try service(on: disk)
    let created = try before.call(
      "chatflow.create",
      try params([("project_id", .string("prj_1")), ("name", .string("Drawn"))]))
    #expect(created["issues"] == .array([]))
    for hasSnapshot in [false, true] {
      let service = hasSnapshot ? try InProcessService(on: disk) : before
      let found = try service.call("chatflow.get", #"{"chatflow_id": "flw_1"}"#)
      let wanted = try export()
      for part in ["nodes", "edges", "viewport"] {
        #expect(lost(try #require(wanted[part]), in: found[part], part).isEmpty)
      }
      if hasSnapshot { break }
      try service.call("system.snapshot")
      try service.close()
    }
  }

  @Test func `a new version may look at another part, and validate takes an export too`() throws {
    let service = try service(on: MemoryStorage())
    let project = ("project_id", JSONValue.string("prj_1"))
    let valid = try service.call("chatflow.validate", try params([project]))
    #expect(valid["valid"] == .bool(true))
    try service.call("chatflow.create", try params([project, ("name", .string("Drawn"))]))
    guard case .object(let members) = try params([("chatflow_id", .string("flw_1"))]) else {
      return
    }
    try service.call("chatflow.update", .object(members.filter { $0.0 != "viewport" }))
    #expect(
      try service.call("chatflow.get", #"{"chatflow_id": "flw_1"}"#)["viewport"] == .null)
    #expect(
      try service.call("chatflow.get", #"{"chatflow_id": "flw_1", "version": 1}"#)["viewport"]
        == export()["viewport"])
  }
}
