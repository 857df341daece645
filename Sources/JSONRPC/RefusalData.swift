import Wire

/// What stands in `data` of an error: an object whose `kind` is a word for programs. One code, one kind
/// and one type belong together.
package protocol RefusalData: WireObject {
  /// Of one word.
  associatedtype Kind: WireEnum
  static var code: Int { get }
  var kind: Kind { get set }
}

extension RefusalData {
  /// `not_found` and the like.
  package static var word: String { Self().kind.rawValue }
}

extension RPCError {
  package init(_ message: String, _ data: some RefusalData) {
    self.init(
      code: type(of: data).code, message: message, data: RawJSON(validated: JSON.encode(data)))
  }
}

extension ErrorDescription {
  package init(_ data: any RefusalData.Type) {
    self.init(code: data.code, message: data.word, data: data)
  }
}

/// Of a bound on what one caller or one frame may ask for.
package struct LimitExceededData: RefusalData {
  package enum Kind: String, WireEnum { case limitExceeded = "limit_exceeded" }
  package static let code = RPCError.Code.limitExceeded
  package var kind = Kind.limitExceeded
  package var reason: String?
  package var limit: Int?

  package init() {}
  package init(reason: String? = nil, limit: Int? = nil) {
    (self.reason, self.limit) = (reason, limit)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("reason", &reason, "Which bound, in a word for programs.", .omittable)
    try visit.field("limit", &limit, "The bound itself.", .omittable)
  }
}

/// Too much waits already; the same call may do later.
package struct OverloadedData: RefusalData {
  package enum Kind: String, WireEnum { case overloaded }
  package static let code = RPCError.Code.overloaded
  package var kind = Kind.overloaded

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
  }
}

/// Of a request that its caller has given up.
package struct RequestCancelledData: RefusalData {
  package enum Kind: String, WireEnum { case requestCancelled = "request_cancelled" }
  package static let code = RPCError.Code.requestCancelled
  package var kind = Kind.requestCancelled

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
  }
}

/// Of params that are no such params. A service may say more of those that it refuses itself, under the
/// same kind.
struct WrongParamsData: RefusalData {
  enum Kind: String, WireEnum { case invalidParams = "invalid_params" }
  static let code = RPCError.Code.invalidParams
  var kind = Kind.invalidParams
  var path = ""
  var reason = ""

  init() {}
  init(path: String, reason: String) { (self.path, self.reason) = (path, reason) }

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("path", &path, "The place.")
    try visit.field("reason", &reason, "What is wrong there.")
  }
}
