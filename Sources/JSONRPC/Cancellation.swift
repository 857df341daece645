import Wire

/// The notification by which a caller gives up a request that is not answered yet, as language
/// servers know it. What it does not find it passes over: the answer may have been on its way.
///
///     {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}}
struct Cancellation {
  static let method = "$/cancelRequest"

  let id: RequestID

  /// Nil for anything else, and where the params name no request. One with an id of its own is a
  /// request, and there is no such method.
  init?(_ request: Request) {
    guard request.method == Self.method, request.id == nil,
      let params = try? request.params.decode(CancellationParams.self)
    else { return nil }
    id = RequestID(params.id.bytes)
  }
}

private struct CancellationParams: WireObject {
  var id = RawJSON.null
  var unknown = WireExtras()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Of the request that is given up.")
    try visit.extras(&unknown)
  }
}

extension RPCError {
  /// The answer to a request that its caller has given up.
  package static let requestCancelled = RPCError("Request cancelled", RequestCancelledData())
}
