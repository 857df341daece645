import JSONRPC

// Methods come in four shapes: what they do is a query or a change, and they answer at once or later. The
// shape says which, and of a change it sees to it that a repeat with the same key changes nothing again.

/// It changes nothing that is kept.
package protocol ServiceQuery: Method, ServiceMethod where Context == OperationCenter {}

extension ServiceQuery {
  package static var isMutating: Bool { false }
}

/// A query whose answer may come later.
package protocol ServiceLongQuery: JobMethod, ServiceMethod
where Context == OperationCenter {}

extension ServiceLongQuery {
  package static var isMutating: Bool { false }
}

/// It changes something, in one turn.
package protocol ServiceChange: Method, ServiceMethod
where Context == OperationCenter, Params: KeyedParams {
  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output
}

extension ServiceChange {
  package static func run(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> Output {
    try center.once(Self.self, params) { try change(params, in: center) }
  }
}

/// A change that may need a look of its own first.
protocol ServiceLongChange: JobMethod, ServiceMethod
where Context == OperationCenter, Params: KeyedParams, Output: Sendable {
  /// What the look finds; the state may be another once the change is made.
  associatedtype Found: Sendable
  /// Refuses what can be refused at once, and says what has to be found out.
  static func plan(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> ChangePlan<Found>
  static func change(
    _ params: Params, _ found: Found, in center: isolated OperationCenter
  ) throws -> Output
}

enum ChangePlan<Found: Sendable> {
  /// All that there is to know is known.
  case now(Found)
  /// To be found in a copy of the state, on another thread.
  case reading(WorkQueue.Kind, @Sendable (WorkQueue.Copy, StopFlag) throws -> Found)
  /// To be worked out on another thread, without the state.
  case working(WorkQueue.Kind, @Sendable () throws -> Found)
  /// Webhooks that came before are worked off first.
  case afterWebhooks(Found)
}

extension ServiceLongChange {
  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    if let known = try center.rememberedResult(of: Self.self, params) { return .now(known) }
    switch try plan(params, in: center) {
    case .now(let found): return .now(try once(params, found, in: center))
    case .reading(let kind, let read):
      return try center.later(kind, reading: read) { found, center in
        try once(params, found, in: center)
      }
    case .working(let kind, let work):
      return try center.later(kind, working: work) { found, center in
        try once(params, found, in: center)
      }
    case .afterWebhooks(let found):
      return try center.afterWebhooks { try once(params, found, in: $0) }
    }
  }

  private static func once(
    _ params: Params, _ found: Found, in center: isolated OperationCenter
  ) throws -> Output {
    try center.once(Self.self, params) { try change(params, found, in: center) }
  }
}
