import Wire

/// A command that is refused: what was wrong, where, and what would be right. Nothing was changed.
package struct Rejection: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Code: Sendable, Equatable {
    case notFound, invalidState, conflict, limitExceeded, notReady, invalidParams, storageFailed
  }

  package var code: Code
  package var message: String
  /// Further members of `data`: texts, and lists of texts.
  package var id: String?
  package var action: String?
  package var status: String?
  package var allowed: [String]?
  /// Of what is wrong, from the command on: `variants[0].body`. Where it stands in a request, whoever
  /// read that says.
  package var field: String?
  package var reason: String?
  /// Number of the character that a text is wrong at, from 1.
  package var position: Int?
  package var issues: [ChatflowIssue] = []

  package var description: String { field.map { "\($0): \(message)" } ?? message }

  private init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

  package static func notFound<Kind>(_ id: ID<Kind>) -> Self {
    notFound(id.wireText, Kind.word.prefix(1).uppercased() + Kind.word.dropFirst())
  }

  package static func notFound(_ id: String, _ what: String) -> Self {
    var rejection = Rejection(.notFound, "\(what) \(id) does not exist.")
    rejection.id = id
    return rejection
  }

  package static func invalidState(
    id: String, action: String, done: String, status: String, allowed: [String]
  ) -> Self {
    let possible =
      switch allowed.count {
      case 0: "nothing more is possible"
      case 1: "\(allowed[0]) is possible"
      default:
        "\(allowed.dropLast().joined(separator: ", ")) or \(allowed[allowed.count - 1]) are possible"
      }
    var rejection = Rejection(
      .invalidState, "\(id) is \(status) and cannot be \(done); \(possible).")
    (rejection.id, rejection.action, rejection.status) = (id, action, status)
    rejection.allowed = allowed
    return rejection
  }

  package static func invalidState(
    id: String, action: String, status: String, allowed: [String], _ message: String
  ) -> Self {
    var rejection = Rejection(.invalidState, message)
    (rejection.id, rejection.action, rejection.status) = (id, action, status)
    rejection.allowed = allowed
    return rejection
  }

  package static func conflict(_ message: String, id: String? = nil, reason: String) -> Self {
    var rejection = Rejection(.conflict, message)
    (rejection.id, rejection.reason) = (id, reason)
    return rejection
  }

  package static func limitExceeded(_ message: String, reason: String) -> Self {
    var rejection = Rejection(.limitExceeded, message)
    rejection.reason = reason
    return rejection
  }

  package static func notReady(_ message: String, reason: String) -> Self {
    var rejection = Rejection(.notReady, message)
    rejection.reason = reason
    return rejection
  }

  package static func invalidParams(
    field: String, reason: String, _ message: String, issues: [ChatflowIssue] = []
  ) -> Self {
    var rejection = Rejection(.invalidParams, message)
    (rejection.field, rejection.reason, rejection.issues) = (field, reason, issues)
    return rejection
  }
}
