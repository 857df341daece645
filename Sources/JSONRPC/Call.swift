import Wire

/// The client's side: one request to be sent.
package struct Call: Sendable {
  package var id: Int64
  package var method: String
  package var params: RawJSON?

  package init(id: Int64, method: String, params: RawJSON? = nil) {
    self.id = id
    self.method = method
    self.params = params
  }

  package func encoded() -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("jsonrpc")
    writer.raw("\"2.0\"")
    writer.key("id")
    writer.integer(id)
    writer.key("method")
    writer.string(method)
    if let params {
      writer.key("params")
      params.write(&writer)
    }
    writer.endObject()
    return writer.bytes
  }
}

/// The client's side: one message from the server.
package enum ServerMessage: Equatable, Sendable {
  case result(RawJSON, id: RawJSON)
  case error(RPCError, id: RawJSON)
  case notification(method: String, params: RawJSON?)
  /// Several at once; only who sends batches gets them.
  case batch([ServerMessage])

  package init(_ frame: [UInt8]) throws(WireError) {
    if frame.first(where: { !ASCII.isWhitespace($0) }) == UInt8(ascii: "[") {
      var messages: [ServerMessage] = []
      for element in try JSON.decode([RawJSON].self, from: frame) {
        messages.append(try ServerMessage(single: element.bytes))
      }
      self = .batch(messages)
    } else {
      self = try ServerMessage(single: frame)
    }
  }

  private init(single message: [UInt8]) throws(WireError) {
    let members = try JSON.decode(WireMap<RawJSON>.self, from: message)
    if let method = members["method"] {
      self = .notification(
        method: try JSON.decode(String.self, from: method.bytes, root: "method"),
        params: members["params"])
      return
    }
    switch (members["id"], members["result"], members["error"]) {
    case (let id?, let result?, nil):
      self = .result(result, id: id)
    case (let id?, nil, let error?):
      self = .error(try Self.error(error), id: id)
    default:
      throw WireError(
        path: "", reason: "bad_format",
        message: "expected an answer with an id and either a result or an error")
    }
  }

  private static func error(_ value: RawJSON) throws(WireError) -> RPCError {
    let members = try JSON.decode(WireMap<RawJSON>.self, from: value.bytes, root: "error")
    guard let code = members["code"], let message = members["message"] else {
      throw WireError(
        path: "error", reason: "required", message: "expected an error with code and message")
    }
    return RPCError(
      code: try JSON.decode(Int.self, from: code.bytes, root: "error.code"),
      message: try JSON.decode(String.self, from: message.bytes, root: "error.message"),
      data: members["data"])
  }
}
