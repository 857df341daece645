/// How messages are told apart on a stream of bytes. A peer chooses with its first byte and is
/// answered in the same way.
package enum Framing: Sendable {
  /// One message on a line, as MCP has it.
  case newline
  /// `Content-Length: 17`, an empty line, and 17 bytes, as LSP has it.
  case header

  /// Appends one message, header and body together: whoever writes them apart can be interrupted
  /// between the two, and then the stream is beyond repair.
  package func append(_ body: [UInt8], to output: inout [UInt8]) {
    switch self {
    case .header:
      output.append(contentsOf: "Content-Length: \(body.count)\r\n\r\n".utf8)
      output.append(contentsOf: body)
    case .newline:
      let start = output.count
      output.append(contentsOf: body)
      // A value kept as it was written may bring line feeds along. Between the tokens of a JSON
      // text they are white space, and inside a text they cannot stand.
      output.withUnsafeMutableBufferPointer { bytes in
        for index in start..<bytes.count where bytes[index] == ASCII.lineFeed {
          bytes[index] = ASCII.space
        }
      }
      output.append(ASCII.lineFeed)
    }
  }

  package func frame(_ body: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(body.count + 32)
    append(body, to: &output)
    return output
  }
}
