import CampaignEngine
import JSONRPC
import Wire

/// Which part of what is held a method speaks of: whose token is for one project may call it for that
/// part only.
package enum ProjectReach: Sendable {
  /// The params name it: something of the project, and nothing of another.
  case named
  /// It shows each caller what is theirs, whether or not they name it.
  case own
}

/// A method of this service.
package protocol ServiceMethod: MethodDeclaration where Context == OperationCenter {
  static var reach: ProjectReach { get }
}

extension ServiceMethod {
  package static var reach: ProjectReach { .named }

  package static func admit(
    _ params: Params, in center: isolated OperationCenter
  ) throws {
    if center.call.project != nil { try center.admit(params, to: name, reach) }
  }
}

extension OperationCenter {
  /// What belongs to another project is answered like what is not there: its being there is nothing that
  /// the caller may know.
  fileprivate func admit(
    _ params: any WireObject, to method: String, _ reach: ProjectReach
  ) throws {
    guard let project = call.project else { return }
    let named = NamedIdentifiers(in: params).found
    for identifier in named where !identifier.belongs(to: project) {
      guard identifier.isOfSender else { throw identifier.notFound }
      if reach == .named { throw RPCError.onlyOne(project, method: method) }
    }
    if reach == .named, named.isEmpty { throw RPCError.onlyOne(project, method: method) }
  }
}

extension RPCError {
  fileprivate static func onlyOne(_ project: ProjectID, method: String) -> RPCError {
    .forbidden(
      "The token is for \(project.wireText) alone: name it, or something of it, and no number that others use too.",
      method: method)
  }
}
