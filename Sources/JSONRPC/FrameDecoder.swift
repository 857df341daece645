import Wire

/// Cuts messages out of a stream of bytes that arrives in pieces of any size.
///
/// The outcome depends on the bytes alone, never on how they were cut: each limit counts from the
/// first byte of a message. Nothing here reads or writes, and nothing here knows JSON.
package struct FrameDecoder: Sendable {
  package enum Event: Equatable, Sendable {
    /// One message, as it was sent. The slice shares memory with the decoder: let it go before
    /// more bytes are appended.
    case frame(ArraySlice<UInt8>)
    /// To be answered without an id. The message is skipped and the stream goes on.
    case fault(RPCError)
    /// To be answered without an id. Where the next message begins is unknown, so none follows.
    case lastFault(RPCError)
    /// The peer speaks something else, or too much. It gets no answer.
    case close(String)
  }

  private enum State {
    case choosing
    case line
    case discardingLine(discarded: Int)
    case header
    case body(Int)
    case discardingBody(left: Int)
    case ended
  }

  package var limits: Limits
  /// What the first byte chose.
  package private(set) var framing: Framing?

  private var state = State.choosing
  private var buffer: [UInt8] = []
  /// The first byte that has not been used up.
  private var start = 0
  /// Bytes before it have been searched for an end already, so no byte is searched twice.
  private var searched = 0
  private var isFirstByte = true
  /// Grows with every message that began. Says whether two moments saw the same one.
  package private(set) var frameOrdinal = 0

  package init(limits: Limits = .standard) {
    self.limits = limits
  }

  /// Bytes that wait to be decoded.
  package var bufferedBytes: Int { buffer.count - start }

  /// Meaningful once `next()` has returned nil: part of a message is here, and its end is not.
  package var isInsideFrame: Bool {
    switch state {
    case .choosing, .ended: false
    case .line, .header: bufferedBytes > 0
    case .discardingLine, .body, .discardingBody: true
    }
  }

  package mutating func append(_ chunk: UnsafeBufferPointer<UInt8>) {
    if case .ended = state { return }
    if start == buffer.count {
      // A connection that once sent something large gives the memory back.
      buffer.removeAll(keepingCapacity: buffer.capacity <= Self.keptBytes)
      searched = 0
      start = 0
    } else if start > buffer.count / 2 {
      buffer.removeSubrange(..<start)
      searched = max(searched - start, 0)
      start = 0
    }
    buffer.append(contentsOf: chunk)
  }

  package mutating func append(_ chunk: some Sequence<UInt8>) {
    Array(chunk).withUnsafeBufferPointer { append($0) }
  }

  private static let keptBytes = 16 << 10

  /// The next message or fault; nil when more bytes are needed.
  package mutating func next() -> Event? {
    while true {
      let before = state
      let event: Event?
      switch state {
      case .choosing: event = chooseFraming()
      case .line: event = nextLine()
      case .discardingLine(let discarded): event = discardLine(discarded)
      case .header: event = nextHeader()
      case .body(let length): event = nextBody(length)
      case .discardingBody(let left): event = discardBody(left)
      case .ended: return nil
      }
      if let event { return event }
      if !hasMoved(from: before) { return nil }
    }
  }

  /// The input has ended: a last line without a line feed is still a message. To be called once
  /// `next()` has returned nil.
  package mutating func finish() -> Event? {
    defer { end() }
    guard case .line = state, bufferedBytes > 0 else { return nil }
    return .frame(buffer[start...])
  }

  /// Steps that only change the state leave something for the next step to do.
  private func hasMoved(from before: State) -> Bool {
    switch (before, state) {
    case (.choosing, .choosing), (.line, .line), (.header, .header), (.body, .body),
      (.discardingLine, .discardingLine), (.discardingBody, .discardingBody):
      false
    default:
      true
    }
  }

  private mutating func end() {
    state = .ended
    start = buffer.count
  }

  private mutating func skipSpace() {
    while start < buffer.count, ASCII.isWhitespace(buffer[start]) { start += 1 }
    searched = max(searched, start)
  }
}

// MARK: - The first byte

extension FrameDecoder {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private mutating func chooseFraming() -> Event? {
    if isFirstByte, bufferedBytes > 0 {
      let found = buffer[start...].prefix(3)
      if found.elementsEqual(Self.byteOrderMark) {
        start += 3
      } else if Self.byteOrderMark.starts(with: found) {
        return nil
      }
      isFirstByte = false
    }
    skipSpace()
    guard start < buffer.count else { return nil }
    switch buffer[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      framing = .newline
      state = .line
    case UInt8(ascii: "C"), UInt8(ascii: "c"):
      framing = .header
      state = .header
    case let byte:
      // A web page can make a browser post to a loopback port. Whoever skips the lines that are
      // not understood executes those of the body.
      end()
      return .close(Self.describe(foreign: byte))
    }
    return nil
  }

  private static func describe(foreign byte: UInt8) -> String {
    switch byte {
    case 0x16: "a TLS hello; this port speaks JSON-RPC without TLS"
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): "HTTP or another protocol of words"
    default: "a first byte of \(byte), where a message begins with {, [ or Content-Length"
    }
  }
}

// MARK: - One message on a line

extension FrameDecoder {
  private mutating func nextLine() -> Event? {
    skipSpace()
    guard start < buffer.count else { return nil }
    let lineFeed = buffer[searched...].firstIndex(of: ASCII.lineFeed)
    searched = lineFeed ?? buffer.count
    guard searched - start <= limits.frameBytes else {
      state = .discardingLine(discarded: 0)
      searched = start
      return .fault(
        .limitExceeded(
          "a message may have \(limits.frameBytes) bytes", limit: limits.frameBytes))
    }
    guard let lineFeed else { return nil }
    let frame = buffer[start..<lineFeed]
    start = lineFeed + 1
    searched = start
    frameOrdinal += 1
    return .frame(frame)
  }

  private mutating func discardLine(_ discarded: Int) -> Event? {
    let lineFeed = buffer[start...].firstIndex(of: ASCII.lineFeed)
    let total = discarded + (lineFeed ?? buffer.count) - start
    guard total <= limits.discardedBytes else {
      end()
      return .close("a line of more than \(limits.discardedBytes) bytes")
    }
    if let lineFeed {
      start = lineFeed + 1
      frameOrdinal += 1
      state = .line
    } else {
      start = buffer.count
      state = .discardingLine(discarded: total)
    }
    searched = start
    return nil
  }
}

// MARK: - A header and a body

extension FrameDecoder {
  private mutating func nextHeader() -> Event? {
    skipSpace()
    guard start < buffer.count else { return nil }
    guard let end = headerEnd() else {
      guard bufferedBytes >= limits.headerBytes else { return nil }
      return lastFault(
        .limitExceeded(
          "header lines may have \(limits.headerBytes) bytes", limit: limits.headerBytes))
    }
    do throws(RPCError) {
      let block = try HeaderBlock(buffer[start..<end])
      start = end
      return accept(block)
    } catch {
      return lastFault(error)
    }
  }

  /// A length over the limit is refused when it is known, not when that much has been read.
  private mutating func accept(_ block: HeaderBlock) -> Event? {
    let length = block.contentLength
    if length > limits.frameBytes {
      let error = RPCError.limitExceeded(
        "a message may have \(limits.frameBytes) bytes", limit: limits.frameBytes)
      if length > limits.discardedBytes { return lastFault(error) }
      state = .discardingBody(left: length)
      return .fault(error)
    }
    if let charset = block.foreignCharset {
      state = .discardingBody(left: length)
      return .fault(.parseError("expected charset utf-8; found \"\(charset.prefix(32))\""))
    }
    state = .body(length)
    return nil
  }

  /// The offset behind the empty line.
  private mutating func headerEnd() -> Int? {
    let end = min(buffer.count, start + limits.headerBytes)
    var index = max(searched, start)
    while index < end, let lineFeed = buffer[index..<end].firstIndex(of: ASCII.lineFeed) {
      index = lineFeed + 1
      if index < end, buffer[index] == ASCII.lineFeed { return index + 1 }
      if index + 1 < end, buffer[index] == ASCII.carriageReturn,
        buffer[index + 1] == ASCII.lineFeed
      {
        return index + 2
      }
    }
    // The last two bytes may be the beginning of the end.
    searched = max(start, end - 2)
    return nil
  }

  private mutating func nextBody(_ length: Int) -> Event? {
    guard bufferedBytes >= length else { return nil }
    let frame = buffer[start..<(start + length)]
    start += length
    searched = start
    frameOrdinal += 1
    state = .header
    return .frame(frame)
  }

  private mutating func discardBody(_ left: Int) -> Event? {
    let discarded = min(left, bufferedBytes)
    start += discarded
    searched = start
    if discarded == left {
      frameOrdinal += 1
      state = .header
    } else {
      state = .discardingBody(left: left - discarded)
    }
    return nil
  }

  private mutating func lastFault(_ error: RPCError) -> Event {
    end()
    return .lastFault(error)
  }
}
