import JSONRPC

/// What is to be written to one peer, in order. While a reply is awaited, what comes after it
/// waits as well; everything else is bytes in one buffer.
struct ReplyQueue {
  private enum Entry {
    case body([UInt8])
    case awaited(UInt64)
  }

  private var output: [UInt8] = []
  private var writtenCount = 0
  private var behind: [Entry] = []
  private var behindBytes = 0

  /// Bytes that the peer has yet to take.
  var pendingBytes: Int { output.count - writtenCount + behindBytes }
  var hasOutput: Bool { writtenCount < output.count }
  var isEmpty: Bool { !hasOutput && behind.isEmpty }
  /// How much stands behind a reply that is awaited, that reply included.
  var behindCount: Int { behind.count }

  mutating func append(_ body: [UInt8], _ framing: Framing) {
    if behind.isEmpty {
      makeRoom()
      framing.append(body, to: &output)
    } else {
      behind.append(.body(body))
      behindBytes += body.count
    }
  }

  mutating func await(_ slot: UInt64) {
    behind.append(.awaited(slot))
  }

  /// Fills a place, or frees it when nothing is to be said.
  mutating func fill(_ slot: UInt64, with body: [UInt8]?, _ framing: Framing) {
    let place = behind.firstIndex { entry in
      if case .awaited(slot) = entry { true } else { false }
    }
    guard let place else { return }
    if let body {
      behind[place] = .body(body)
      behindBytes += body.count
    } else {
      behind.remove(at: place)
    }
    moveUp(framing)
  }

  /// What is to be written next, in one piece.
  func withOutput<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    output.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[writtenCount...])) }
  }

  /// So much of it is written.
  mutating func wrote(_ count: Int) {
    writtenCount += count
    if !hasOutput { makeRoom() }
  }

  private mutating func moveUp(_ framing: Framing) {
    var moved = 0
    for entry in behind {
      guard case .body(let body) = entry else { break }
      framing.append(body, to: &output)
      behindBytes -= body.count
      moved += 1
    }
    behind.removeFirst(moved)
  }

  private static let keptBytes = 64 << 10

  /// Drops what is written, at a cost that stays in proportion to what is left.
  private mutating func makeRoom() {
    if writtenCount == output.count {
      output.removeAll(keepingCapacity: output.capacity <= Self.keptBytes)
      writtenCount = 0
    } else if writtenCount > output.count / 2 {
      output.removeSubrange(..<writtenCount)
      writtenCount = 0
    }
  }
}
