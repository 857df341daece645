import JSONRPC
import Wire

/// No token, or one that is not known.
package struct UnauthenticatedData: RefusalData {
  package enum Kind: String, WireEnum { case unauthenticated }
  package static let code = 1006
  package var kind = Kind.unauthenticated
  package var reason = ""

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("reason", &reason, "no_token or wrong_token.")
  }
}

/// The token is not for this.
package struct ForbiddenData: RefusalData {
  package enum Kind: String, WireEnum { case forbidden }
  package static let code = 1007
  package var kind = Kind.forbidden
  package var capability: String?
  package var method: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("capability", &capability, "What the token would have to be for.", .omittable)
    try visit.field("method", &method, "What was called.", .omittable)
  }
}

/// There is no such method. Who began with the handshake of another protocol is told what this is.
package struct MethodNotFoundData: RefusalData {
  package enum Kind: String, WireEnum { case methodNotFound = "method_not_found" }
  package static let code = RPCError.Code.methodNotFound
  package var kind = Kind.methodNotFound
  package var name: String?
  package var version: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("name", &name, "What answers here.", .omittable)
    try visit.field("version", &version, "Its version.", .omittable)
  }
}
