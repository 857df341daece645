import CampaignEngine
import Wire

/// Params of the methods that change an execution's state and need nothing more.
struct ExecutionChangeParams: KeyedParams {
  var execution = ExecutionID.none
  var idempotencyKey: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution_id", &execution, "Execution.")
    try visit.idempotencyKey(&idempotencyKey)
  }
}

extension OperationCenter {
  func control(_ execution: ExecutionID, _ control: ExecutionControl) throws -> ExecutionView {
    try perform(ControlExecution(execution: execution, control: control))
    return ExecutionView(execution, in: self)
  }
}

extension ServiceError {
  /// Of every change of one execution.
  static let ofExecutionChanges = [notFound, invalidState] + ofChanges
}
