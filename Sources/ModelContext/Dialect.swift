import JSONRPC
import Wire

/// The two ways to speak of the Model Context Protocol. A client shows with each request which it
/// means, so one stream may carry both.
enum Dialect: Sendable {
  /// Revisions up to 2025-11-25: `initialize` opens a session.
  case session
  /// Since 2026-07-28: every request says its revision, and nothing is remembered.
  case stateless

  static let statelessVersions = ["2026-07-28"]
  /// The newest first.
  static let sessionVersions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]

  /// What MCP's own errors are numbered.
  static let unsupportedVersion = -32022

  private static let prefix = "io.modelcontextprotocol/"

  /// - Parameter meta: `params._meta` of a request.
  init(meta: JSONValue?) throws(RPCError) {
    guard let version = meta?["\(Self.prefix)protocolVersion"] else {
      self = .session
      return
    }
    guard case .string(let version) = version else {
      throw .invalidParams(
        "_meta.\(Self.prefix)protocolVersion: expected a text such as 2026-07-28")
    }
    guard Self.statelessVersions.contains(version) else {
      let data = JSONValue.object([
        ("supported", .array(Self.statelessVersions.map { .string($0) })),
        ("requested", .string(version)),
      ])
      throw RPCError(
        code: Self.unsupportedVersion,
        message: "unsupported protocol version; supported: "
          + Self.statelessVersions.joined(separator: ", "),
        data: RawJSON(validated: JSON.encode(data)))
    }
    guard case .object? = meta?["\(Self.prefix)clientCapabilities"] else {
      throw .invalidParams("_meta.\(Self.prefix)clientCapabilities: expected an object")
    }
    self = .stateless
  }

  /// What a result has beyond its own members.
  func completed(
    _ members: [(String, JSONValue)], mayBeKept: Bool, by server: ServerIdentity
  ) -> JSONValue {
    guard self == .stateless else { return .object(members) }
    let meta = JSONValue.object([("\(Self.prefix)serverInfo", server.json)])
    var all: [(String, JSONValue)] = [("resultType", .string("complete"))] + members
    if mayBeKept {
      // The same for as long as this process lives, and another may be started with other tools.
      all += [("ttlMs", .number("60000")), ("cacheScope", .string("private"))]
    }
    return .object(all + [("_meta", meta)])
  }
}

/// How a server names itself.
package struct ServerIdentity: Sendable {
  package let name: String
  package let title: String
  package let version: String

  package init(name: String, title: String, version: String) {
    (self.name, self.title, self.version) = (name, title, version)
  }

  var json: JSONValue {
    .object([("name", .string(name)), ("title", .string(title)), ("version", .string(version))])
  }
}

extension RPCError {
  static func invalidParams(_ message: String) -> RPCError {
    RPCError(code: Code.invalidParams, message: message)
  }
}
