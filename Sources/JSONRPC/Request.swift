import Wire

/// The id of a request as its bytes: whatever its spelling, the answer repeats it.
package struct RequestID: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// Stands in answers to what had no readable id.
  package static let null = RequestID("null".utf8)
}

/// One call or notification (JSON-RPC 2.0 section 4). It shares memory with its frame and does not
/// outlive it.
package struct Request {
  package let method: String
  /// Nil makes it a notification, which is never answered.
  package let id: ArraySlice<UInt8>?
  package let params: Params

  /// What one message turned out to be.
  package enum Parsed {
    case request(Request)
    case invalid(RPCError, id: RequestID)
    /// An answer, though we ask nothing. Never answered in turn: two such peers would not stop.
    case answer
  }

  /// - Parameter message: one value of a text that `JSON.validate` has passed.
  package static func parse(_ message: ArraySlice<UInt8>) -> Parsed {
    message.withUnsafeBufferPointer { bytes in
      guard let envelope = Envelope(bytes) else {
        return .invalid(.invalidRequest("expected a request as an object"), id: .null)
      }
      if envelope.isAnswer { return .answer }
      do throws(RPCError) {
        return .request(try Request(envelope, message))
      } catch {
        return .invalid(error, id: envelope.readableID.map { RequestID(bytes[$0]) } ?? .null)
      }
    }
  }

  private init(_ envelope: Envelope, _ message: ArraySlice<UInt8>) throws(RPCError) {
    if envelope.hasTooManyMembers {
      throw .invalidRequest("a request has at most \(Limits.otherMembers) members of other names")
    }
    if let repeated = envelope.repeatedName {
      throw .invalidRequest("the member \"\(repeated)\" is given twice")
    }
    guard envelope.text(envelope.jsonrpc) == "2.0" else {
      throw .invalidRequest("expected \"jsonrpc\": \"2.0\"")
    }
    guard let method = envelope.text(envelope.method) else {
      throw .invalidRequest("expected \"method\" with the name of a method as text")
    }
    guard envelope.id == nil || envelope.readableID != nil else {
      throw .invalidRequest("expected \"id\" as text, a number or null")
    }
    self.method = method
    id = envelope.readableID.map { message[offset: $0] }
    params = try Params(envelope.params.map { message[offset: $0] })
  }
}

extension ArraySlice {
  /// The part that a range counted from the slice's own beginning covers.
  subscript(offset range: Range<Int>) -> ArraySlice {
    self[(startIndex + range.lowerBound)..<(startIndex + range.upperBound)]
  }
}
