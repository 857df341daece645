import Wire

/// Finds where the parts of one JSON text lie, without decoding them: a request is taken apart
/// before its method, and with it the type of its params, is known.
///
/// The text has passed `JSON.validate`; on anything else the answers are useless, but no read
/// leaves the bytes and every loop ends.
struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    skipSpace()
  }

  /// The first byte of the value that stands next; 0 at the end.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  /// Enters the array or object that stands next.
  mutating func enter() {
    position += 1
    skipSpace()
  }

  /// The next element of the array that was entered; nil at its end.
  mutating func nextElement() -> Range<Int>? {
    guard position < bytes.count, current != UInt8(ascii: "]") else { return nil }
    let element = value()
    skipComma()
    return element
  }

  /// The next member of the object that was entered, its name without the quotes; nil at its end.
  mutating func nextMember() -> (name: Range<Int>, value: Range<Int>)? {
    guard position < bytes.count, current != UInt8(ascii: "}") else { return nil }
    let quoted = value()
    skipSpace()
    position += 1  // the colon
    skipSpace()
    let value = value()
    skipComma()
    return (quoted.dropFirst().dropLast(), value)
  }

  /// Passes one value.
  mutating func value() -> Range<Int> {
    let start = position
    switch current {
    case UInt8(ascii: "\""): skipString()
    case UInt8(ascii: "{"), UInt8(ascii: "["): skipContainer()
    default:
      while position < bytes.count, !Self.endsScalar(bytes[position]) { position += 1 }
    }
    return start..<max(position, start)
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    byte <= ASCII.space || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}")
      || byte == UInt8(ascii: "]")
  }

  private mutating func skipContainer() {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        skipString()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      position += 1
      if depth == 0 { return }
    }
  }

  private mutating func skipString() {
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): position = min(position + 2, bytes.count)
      default: position += 1
      }
    }
  }

  private mutating func skipComma() {
    skipSpace()
    if current == UInt8(ascii: ",") { position += 1 }
    skipSpace()
  }

  private mutating func skipSpace() {
    while position < bytes.count, ASCII.isWhitespace(bytes[position]) { position += 1 }
  }
}
