import Wire

/// The `error` of an answer (JSON-RPC 2.0 section 5.1), and what a method throws to refuse.
///
///     {"code": -32602, "message": "params.limit: expected 1 to 500; found 0",
///      "data": {"kind": "invalid_params", "path": "params.limit", "reason": "out_of_range"}}
package struct RPCError: Error, Equatable, Sendable, CustomStringConvertible {
  package var code: Int
  /// One short sentence: what was wrong, where, and what would be right.
  package var message: String
  /// An object whose `kind` is a word for programs.
  package var data: RawJSON?

  package init(code: Int, message: String, data: RawJSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }
}

extension RPCError {
  /// For people; programs have `code` and `data`.
  package var description: String { message }
}

/// An error of another module that knows how it looks to a caller.
package protocol RPCErrorConvertible: Error {
  var rpcError: RPCError { get }
}

extension RPCError: RPCErrorConvertible {
  package var rpcError: RPCError { self }
}

extension WireError: RPCErrorConvertible {
  package var rpcError: RPCError { .invalidParams(self) }
}

extension RPCError {
  package enum Code {
    package static let parseError = -32700
    package static let invalidRequest = -32600
    package static let methodNotFound = -32601
    package static let invalidParams = -32602
    package static let internalFault = -32603
    // JSON-RPC reserves -32768 to -32000, and LSP and MCP own parts of that: ours are positive.
    /// LSP's own, for its own notification.
    package static let requestCancelled = -32800
    package static let limitExceeded = 1004
    package static let overloaded = 1008
  }

  package static func parseError(_ message: String) -> RPCError {
    RPCError(code: Code.parseError, message: message)
  }

  package static func invalidRequest(_ message: String) -> RPCError {
    RPCError(code: Code.invalidRequest, message: message)
  }

  /// The name is the caller's own text: it is cut, so that the answer is not longer than the call.
  package static func methodNotFound(_ name: String) -> RPCError {
    let beginning = String(name.unicodeScalars.prefix(64))
    let shown = beginning.utf8.count < name.utf8.count ? "\(beginning)…" : name
    return RPCError(
      code: Code.methodNotFound, message: "no method \"\(shown)\"; rpc.discover lists them all")
  }

  package static func invalidParams(_ error: WireError) -> RPCError {
    RPCError(error.description, WrongParamsData(path: error.path, reason: error.reason))
  }

  /// Our own fault. The caller learns nothing of it, the log everything.
  package static let internalFault = RPCError(
    code: Code.internalFault, message: "internal fault; it is in the log of the service")

  package static func limitExceeded(_ message: String, limit: Int) -> RPCError {
    RPCError(message, LimitExceededData(limit: limit))
  }

  package static func overloaded(_ message: String) -> RPCError {
    RPCError(message, OverloadedData())
  }
}
