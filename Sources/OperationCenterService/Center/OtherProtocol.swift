import JSONRPC

extension RPCError {
  /// Editors and AI tools begin with a handshake of their own. They are told what they have found,
  /// since a result would make them go on.
  static func noMethod(_ name: String, version: String) -> RPCError {
    guard name == "initialize" || name == "server/discover" else { return .methodNotFound(name) }
    var data = MethodNotFoundData()
    (data.name, data.version) = ("Operation Center", version)
    return RPCError(
      """
      This is Operation Center \(version), a JSON-RPC 2.0 service with methods of its own, and \
      neither a language server nor an MCP server; rpc.discover lists its methods.
      """, data)
  }
}
