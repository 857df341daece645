import CampaignEngine
import JSONRPC
import Wire

/// Who is at the other end of a connection, and what it may do.
package struct Caller: WireObject, Equatable {
  package var name = ""
  package var capabilities: [Capability] = []
  package var methods: [String]?
  /// The only project that it sees and works on.
  package var project: ProjectID?

  package init() {}

  package init(
    name: String, capabilities: [Capability], methods: [String]? = nil,
    project: ProjectID? = nil
  ) {
    (self.name, self.capabilities) = (name, capabilities)
    (self.methods, self.project) = (methods, project)
  }

  /// Who started the service, or whoever comes where no token is asked for.
  package static let local = Caller(name: "local", capabilities: Capability.allCases)

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Of the token; local where none is asked for.")
    try visit.field(
      "capabilities", &capabilities, "What it may do; each method says which of them it needs.")
    try visit.field(
      "methods", &methods, "The only methods it may call; absent where there is no such list.",
      .omittable)
    try visit.field(
      "project_id", &project,
      "The only project that it sees and works on; absent where it is for all.", .omittable)
  }

  /// Nil where it may call the method.
  func refusal(of method: MethodEntry<OperationCenter>) -> RPCError? {
    guard let needed = method.capability else { return nil }
    guard capabilities.contains(needed) else {
      return .forbidden(
        "\(method.name) needs the capability \(needed.rawValue), which the token \(name) lacks.",
        capability: needed)
    }
    guard methods?.contains(method.name) ?? true else {
      return .forbidden(
        "The token \(name) is for other methods than \(method.name).", method: method.name)
    }
    if let project, method.isOfWhole {
      return .forbidden(
        "\(method.name) speaks of all projects; the token \(name) is for \(project.wireText) alone.",
        method: method.name)
    }
    return nil
  }
}
