import CampaignEngine
import JSONRPC
import Wire

/// The params say something that cannot be: a wrong type, a wrong place, a flow that cannot be walked.
package struct InvalidParamsData: RefusalData {
  package enum Kind: String, WireEnum { case invalidParams = "invalid_params" }
  package static let code = RPCError.Code.invalidParams
  package var kind = Kind.invalidParams
  package var path = ""
  package var reason = ""
  package var position: Int?
  package var issues: [ChatflowIssue]?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("path", &path, "The place, such as params.rows[3].phone.")
    try visit.field("reason", &reason, "What is wrong there, in a word for programs.")
    try visit.field(
      "position", &position, "Of the wrong character in a text, from 1.", .omittable)
    try visit.field("issues", &issues, "What is wrong with a chatflow.", .omittable)
  }
}

/// Nothing has this identifier.
package struct NotFoundData: RefusalData {
  package enum Kind: String, WireEnum { case notFound = "not_found" }
  package static let code = 1001
  package var kind = Kind.notFound
  package var id: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("id", &id, "What was looked for.", .omittable)
  }
}

/// What was asked for is not possible in the state that it is in.
package struct InvalidStateData: RefusalData {
  package enum Kind: String, WireEnum { case invalidState = "invalid_state" }
  package static let code = 1002
  package var kind = Kind.invalidState
  package var id: String?
  package var action: String?
  package var status: String?
  package var reason: String?
  package var allowed: [String]?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("id", &id, "What it is about.", .omittable)
    try visit.field("action", &action, "What was asked for.", .omittable)
    try visit.field("status", &status, "The state that it is in.", .omittable)
    try visit.field("reason", &reason, "Why, in a word for programs.", .omittable)
    try visit.field("allowed", &allowed, "What is possible now.", .omittable)
  }
}

/// Something else stands in the way: a name in use, a key that was used for another call.
package struct ConflictData: RefusalData {
  package enum Kind: String, WireEnum { case conflict }
  package static let code = 1003
  package var kind = Kind.conflict
  package var id: String?
  package var reason: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("id", &id, "What stands in the way.", .omittable)
    try visit.field("reason", &reason, "Why, in a word for programs.", .omittable)
  }
}

/// Something has to be done or to happen first.
package struct NotReadyData: RefusalData {
  package enum Kind: String, WireEnum { case notReady = "not_ready" }
  package static let code = 1005
  package var kind = Kind.notReady
  package var reason: String?
  package var issues: [ChatflowIssue]?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("reason", &reason, "What is missing, in a word for programs.", .omittable)
    try visit.field("issues", &issues, "What speaks against a start.", .omittable)
  }
}

/// Older than the oldest event that is kept.
package struct GoneData: RefusalData {
  package enum Kind: String, WireEnum { case gone }
  package static let code = 1010
  package var kind = Kind.gone
  package var oldestSequence: UInt64 = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("oldest_sequence", &oldestSequence, "Oldest event that is kept.")
  }
}

/// The disk took no change.
package struct StorageFailedData: RefusalData {
  package enum Kind: String, WireEnum { case storageFailed = "storage_failed" }
  package static let code = 1009
  package var kind = Kind.storageFailed
  package var reason: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Always this word.")
    try visit.field("reason", &reason, "storage_full while queries go on.", .omittable)
  }
}
