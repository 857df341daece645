import Testing

import CampaignEngine

/// A flow with one fault, and what is said about it.
struct IssueCase: CustomTestStringConvertible, Sendable {
  let code: String
  let node: String?
  let path: String
  let hint: String
  let nodes: String
  let edges: String
  var testDescription: String { "\(code) at \(path)" }

  init(
    _ code: String, _ node: String?, at path: String, hint: String, _ nodes: String, _ edges: String
  ) {
    (self.code, self.node, self.path) = (code, node, path)
    (self.hint, self.nodes, self.edges) = (hint, nodes, edges)
  }
}

/// A flow for each kind of issue.
enum IssueFlows {
  static let end = #"{"id": "end", "type": "end", "data": {"outcome": "done"}}"#
  static let wait = """
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
      {"handle": "yes", "title": {"*": "Yes"}}]}}
    """
  static let waitEdges = "wait:yes > end, wait:timeout > end, wait:default > end"

  static func update(_ data: String) -> String {
    #"{"id": "node", "type": "update_guest", "data": \#(data)}, \#(end)"#
  }

  static func form(_ question: String, timeout: String = "20h") -> String {
    """
    {"id": "node", "type": "guest_form", "data": {"timeout": "\(timeout)", "questions": [\(question)]}},
    \(end)
    """
  }

  static let formEdges =
    "start > node, node:submitted > end, node:timeout > end, node:invalid > end"
  static func condition(_ first: String, _ second: String) -> String {
    """
    {"id": "node", "type": "condition", "data": {"cases": [
      {"handle": "a", "when": \(first)}, {"handle": "b", "when": \(second)}]}}, \(end)
    """
  }

  static let conditionEdges = "start > node, node:a > end, node:b > end, node:else > end"
  static let through = "start > node, node > end"

  static func send(_ data: String, then rest: String = "") -> String {
    #"{"id": "node", "type": "send_template", "data": \#(data)}, \#(rest)\#(end)"#
  }

  static func text(_ data: String, then rest: String = "") -> String {
    #"{"id": "node", "type": "send_message", "data": \#(data)}, \#(rest)\#(end)"#
  }
}
