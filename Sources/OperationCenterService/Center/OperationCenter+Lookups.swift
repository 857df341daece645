import CampaignEngine
import JSONRPC

/// Rows that a caller names. One function for all kinds would copy a row once more on the way of every
/// request.
extension OperationCenter {
  /// Whether whoever calls may see a number: all of them, or the one of their project.
  func isOfCaller(_ sender: SenderID) -> Bool {
    guard let project = call.project else { return true }
    return engine.state.find(project)?.row.sender == sender
  }

  func project(_ id: ProjectID) throws -> ProjectState {
    guard let found = engine.state.find(id) else { throw Rejection.notFound(id) }
    return found
  }

  func chatflow(_ id: ChatflowID) throws -> Chatflow {
    guard let found = engine.state.find(id) else { throw Rejection.notFound(id) }
    return found
  }

  func campaign(_ id: CampaignID) throws -> Campaign {
    guard let found = engine.state.find(id) else { throw Rejection.notFound(id) }
    return found
  }

  func execution(_ id: ExecutionID) throws -> Execution {
    guard let found = engine.state.find(id) else { throw Rejection.notFound(id) }
    return found
  }
}
