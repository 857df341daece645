import Wire

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
      if Self.holdsLineFeed(body) {
        // A value kept as it was written may bring line feeds along. Between the tokens of a JSON
        // text they are white space, and inside a text they cannot stand.
        for index in start..<output.count where output[index] == ASCII.lineFeed {
          output[index] = ASCII.space
        }
      }
      output.append(ASCII.lineFeed)
    }
  }

  /// Eight bytes at a time, since every answer is looked through and hardly any holds one.
  private static func holdsLineFeed(_ body: [UInt8]) -> Bool {
    body.withUnsafeBytes { bytes in
      var place = 0
      while bytes.count - place >= 8 {
        // A byte that is a line feed becomes zero here, and the zero borrows from its top bit.
        let word =
          bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ 0x0A0A_0A0A_0A0A_0A0A
        if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
        place += 8
      }
      return bytes[place...].contains(ASCII.lineFeed)
    }
  }

  package func frame(_ body: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(body.count + 32)
    append(body, to: &output)
    return output
  }
}
