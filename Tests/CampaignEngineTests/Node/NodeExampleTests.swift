import Testing
import Wire

import CampaignEngine

struct NodeExampleTests {
  /// What the page for people shows of each kind can be sent as it stands, and says all that it shows.
  @Test(arguments: NodeType.allCases)
  func `the example of a node is read whole`(type: NodeType) throws {
    let content = type.content
    let data = try JSON.decode(JSONValue.self, from: Array(content.example.utf8))
    let node = JSONValue.object([
      ("id", .string("n")), ("type", .string(type.rawValue)), ("data", data),
    ])
    let read = try JSON.decode(ChatflowNode.self, from: JSON.encode(node))
    #expect(read.data.tag == type)
    let written = try JSON.decode(JSONValue.self, from: JSON.encode(read))
    guard case .object(let shown) = data else {
      Issue.record("no object")
      return
    }
    for (key, _) in shown { #expect(written["data"]?[key] != nil, "\(key)") }
    #expect(content.summary.hasSuffix("."))
  }
}
