extension JSONReader {
  /// Passes one value without looking at what it means. No recursion.
  mutating func skipValue() {
    switch current {
    case ASCII.quote: skipString()
    case ASCII.openBrace, ASCII.openBracket: skipContainer()
    default:
      while index < bytes.count, !Self.endsScalar(bytes[index]) { index += 1 }
    }
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    byte <= ASCII.space || byte == ASCII.comma || byte == ASCII.closeBrace
      || byte == ASCII.closeBracket
  }

  private mutating func skipContainer() {
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case ASCII.quote:
        skipString()
        continue
      case ASCII.openBrace, ASCII.openBracket: depth += 1
      case ASCII.closeBrace, ASCII.closeBracket: depth -= 1
      default: break
      }
      index += 1
      if depth == 0 { return }
    }
  }

  /// Passes a text, from its opening quote; true if it holds an escape.
  @discardableResult
  mutating func skipString() -> Bool {
    var place = endOfPlainText(from: index + 1)
    var hasEscape = false
    while byte(at: place) == ASCII.backslash {
      hasEscape = true
      place = endOfPlainText(from: min(place + 2, bytes.count))
    }
    index = min(place + 1, bytes.count)
    return hasEscape
  }

  /// Takes one value as it is written, save for white space between tokens: kept and written
  /// again, it may stand on a line of its own, so no line feed may be among it.
  mutating func takeRaw() -> RawJSON {
    let start = index
    skipValue()
    let value = bytes[start..<index]
    guard Self.mayHoldSpace(value) else { return RawJSON(validated: Array(value)) }
    var compact: [UInt8] = []
    compact.reserveCapacity(value.count)
    var isInString = false
    var place = start
    while place < index {
      let byte = bytes[place]
      if isInString && byte == ASCII.backslash && place + 1 < index {
        compact.append(byte)
        place += 1
      } else if byte == ASCII.quote {
        isInString.toggle()
      }
      if isInString || !ASCII.isWhitespace(byte) { compact.append(bytes[place]) }
      place += 1
    }
    return RawJSON(validated: compact)
  }

  /// Only containers have white space between tokens.
  private static func mayHoldSpace(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard value.first == ASCII.openBrace || value.first == ASCII.openBracket else { return false }
    return value.contains { ASCII.isWhitespace($0) }
  }
}
