import JSONRPC
import Wire

extension JSONWriter {
  /// How frames are told apart, and what a caller may say without a request: OpenRPC has no place for
  /// either.
  mutating func transport() {
    let framings = [
      (
        "newline",
        "One JSON text a line. It is chosen by a first byte of { or [."
      ),
      (
        "header",
        "Content-Length: N and an empty line before each JSON text, as language servers have it. It is chosen by a first byte of C."
      ),
    ]
    array("x-framings", framings) { writer, framing in
      writer.beginObject()
      writer.member("name", framing.0)
      writer.member("description", framing.1)
      writer.endObject()
    }
    let cancellations = [
      "Gives up a request of this connection that is not answered yet; it is answered with -32800, or as it would have been."
    ]
    array("x-client-notifications", cancellations) { writer, summary in
      writer.beginObject()
      writer.member("name", "$/cancelRequest")
      writer.member("summary", summary)
      writer.member("paramStructure", "by-name")
      writer.array("params", ["Of the request that is given up."]) { writer, description in
        writer.beginObject()
        writer.member("name", "id")
        writer.member("description", description)
        writer.key("required")
        writer.bool(true)
        writer.key("schema")
        writer.schema(.any)
        writer.endObject()
      }
      writer.endObject()
    }
  }
}
