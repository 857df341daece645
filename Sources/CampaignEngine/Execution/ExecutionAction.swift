import Wire

/// What can be done to an execution; the words of the answers' `allowed`.
package enum ExecutionAction: String, WireEnum {
  case retry, pause, resume, cancel, reset
}

extension ExecutionStatus {
  /// Retry goes on at the failed node; reset chooses the node, so it also undoes a cancel.
  package var allowed: [ExecutionAction] {
    switch self {
    case .pending, .active: [.pause, .cancel]
    case .waiting: [.pause, .cancel, .reset]
    case .paused: [.resume, .cancel, .reset]
    case .failed, .skipped: [.retry, .reset]
    case .completed, .cancelled: [.reset]
    }
  }
}
