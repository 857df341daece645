import CampaignEngine
import JSONRPC

/// Rows that a caller names.
extension OperationCenter {
  func project(_ id: ProjectID) throws -> ProjectState {
    guard let found = engine.state.find(id) else {
      throw Rejection.notFound(id.wireText, "Project")
    }
    return found
  }

  func chatflow(_ id: ChatflowID) throws -> Chatflow {
    guard let found = engine.state.find(id) else {
      throw Rejection.notFound(id.wireText, "Chatflow")
    }
    return found
  }

  func campaign(_ id: CampaignID) throws -> Campaign {
    guard let found = engine.state.find(id) else {
      throw Rejection.notFound(id.wireText, "Campaign")
    }
    return found
  }

  func execution(_ id: ExecutionID) throws -> Execution {
    guard let found = engine.state.find(id) else {
      throw Rejection.notFound(id.wireText, "Execution")
    }
    return found
  }
}
