import Wire

/// The two forms of an answer (JSON-RPC 2.0 section 5), as bytes without framing.
package enum Response {
  package static func success(
    _ result: some WireValue, id: ArraySlice<UInt8>
  ) -> [UInt8] {
    var writer = begin(id)
    writer.key("result")
    result.write(&writer)
    writer.endObject()
    return writer.bytes
  }

  package static func failure(_ error: RPCError, id: ArraySlice<UInt8>) -> [UInt8] {
    var writer = begin(id)
    writer.key("error")
    writer.beginObject()
    writer.key("code")
    writer.integer(Int64(error.code))
    writer.key("message")
    writer.string(error.message)
    if let data = error.data {
      writer.key("data")
      data.write(&writer)
    }
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  /// The answer to what had no readable id.
  package static func failure(_ error: RPCError) -> [UInt8] {
    failure(error, id: RequestID.null.bytes[...])
  }

  private static func begin(_ id: ArraySlice<UInt8>) -> JSONWriter {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("jsonrpc")
    writer.raw("\"2.0\"")
    writer.key("id")
    writer.raw(Array(id))
    return writer
  }
}
