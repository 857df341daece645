import Wire

/// What went wrong for an execution, whether or not the flow has a way out for it.
struct ExecutionFailureNoted: Event {
  static let kind = EventKind.executionFailureNoted
  var execution = ExecutionID.none
  var error = LastError()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("error", &error, "The failure.")
  }

  func apply(to state: inout State) {
    state.modify(execution) { $0.lastError = error }
  }
}

extension ExecutionFailureNoted {
  static var publicData: (any PublicData.Type)? { ExecutionFailureData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionFailureData()
    (data.errorClass, data.gatewayCode) = (error.errorClass, error.gatewayCode)
    data.node = state.nodeID(error.node, of: execution)
    data.attempts = error.attempts
    return PublicEvent(data, execution: execution, message: error.messageID, in: state)
  }
}

package struct ExecutionFailureData: PublicData {
  package static let kind = PublicKind("execution_failure_noted")
  package static let summary = "Something went wrong for an execution; its flow may have a way out."
  package var errorClass = ErrorClass.transient
  package var gatewayCode: Int64?
  package var node: String?
  package var attempts: Int64 = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("class", &errorClass, "Kind of failure.")
    try visit.field("gateway_code", &gatewayCode, "WhatsApp's own code.")
    try visit.field("node_id", &node, "Node that failed.")
    try visit.field("attempts", &attempts, "Attempts made.")
  }
}
