/// What travels in a button and comes back with a tap: `exe_5m:answer:no`.
package struct ButtonPayload: Equatable, Sendable {
  package let execution: ExecutionID
  package let node: String
  package let handle: String

  package init(execution: ExecutionID, node: String, handle: String) {
    (self.execution, self.node, self.handle) = (execution, node, handle)
  }

  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let execution = ExecutionID(wireText: String(parts[0])) else {
      return nil
    }
    self.init(execution: execution, node: String(parts[1]), handle: String(parts[2]))
  }

  package var text: String { "\(execution.wireText):\(node):\(handle)" }
}
