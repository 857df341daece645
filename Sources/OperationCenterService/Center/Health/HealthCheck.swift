import Wire

/// From best to worst.
package enum HealthStatus: String, WireEnum, Comparable {
  /// Nothing to do.
  case ok
  /// The service goes on, but somebody should look.
  case degraded
  /// The service does not do its work.
  case failing

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  /// The number that metrics show.
  var rank: Int {
    switch self {
    case .ok: 0
    case .degraded: 1
    case .failing: 2
    }
  }
}

/// What `system.health` looks at, in the order in which it answers.
package enum HealthCheckName: String, WireEnum {
  case storage, journal, snapshot, erasure, clock, work, outcomes, attention, templates, senders
  case readers
}

/// One answer: `{"name": "storage", "status": "failing", "message": "The disk is full: …"}`.
package struct HealthCheck: WireObject {
  package var name = HealthCheckName.storage
  package var status = HealthStatus.ok
  package var message = ""

  package init() {}

  init(_ name: HealthCheckName, _ finding: HealthFinding) {
    (self.name, status, message) = (name, finding.status, finding.message)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "What was looked at.")
    try visit.field(
      "status", &status, "ok; degraded where somebody should look; failing where work stands still."
    )
    try visit.field("message", &message, "What was found, in a sentence.")
  }
}

/// What a check has found.
struct HealthFinding {
  let status: HealthStatus
  let message: String

  static func ok(_ message: String) -> Self { Self(status: .ok, message: message) }
  static func degraded(_ message: String) -> Self { Self(status: .degraded, message: message) }
  static func failing(_ message: String) -> Self { Self(status: .failing, message: message) }
}
