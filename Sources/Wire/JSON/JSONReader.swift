/// Stands somewhere in a text that `JSON.validate` has passed.
///
/// It borrows the bytes, so it is only ever made by an entry point of `JSON`, for the time of the
/// call. What it relies on is the grammar; no read goes beyond the bytes even without it.
public struct JSONReader {
  @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
  @usableFromInline var index: Int

  @inlinable
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    index = 0
    skipWhitespace()
  }

  /// What the value that stands next is.
  public enum Kind: Sendable {
    case null, boolean, number, text, array, object
  }

  public var kind: Kind {
    switch current {
    case ASCII.openBrace: .object
    case ASCII.openBracket: .array
    case ASCII.quote: .text
    case ASCII.letterN: .null
    case ASCII.letterT, ASCII.letterF: .boolean
    default: .number
    }
  }

  /// Byte offset in the text.
  public var position: Int { index }

  @inlinable
  func byte(at place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  @inlinable
  var current: UInt8 { byte(at: index) }

  @inlinable
  mutating func skipWhitespace() {
    while index < bytes.count, bytes[index] <= ASCII.space { index += 1 }
  }

  /// After a value: true, and at the next value or key, when a comma follows.
  @inlinable
  mutating func takeComma() -> Bool {
    skipWhitespace()
    guard current == ASCII.comma else { return false }
    index += 1
    skipWhitespace()
    return true
  }

  /// Takes a null if one stands here.
  @inlinable
  public mutating func takeNull() -> Bool {
    guard current == ASCII.letterN else { return false }
    index = min(index + 4, bytes.count)
    return true
  }

  @inlinable
  mutating func boolean() throws(WireError) -> Bool {
    switch current {
    case ASCII.letterT:
      index = min(index + 4, bytes.count)
      return true
    case ASCII.letterF:
      index = min(index + 5, bytes.count)
      return false
    default: throw wrongType(expected: "true or false")
    }
  }

  /// Enters an object and stands at its first key; false, and behind it, if it has none.
  @usableFromInline
  mutating func beginObject() throws(WireError) -> Bool {
    guard current == ASCII.openBrace else { throw wrongType(expected: "an object") }
    index += 1
    skipWhitespace()
    guard current == ASCII.closeBrace else { return true }
    index += 1
    return false
  }

  /// Takes a number as it is written.
  public mutating func numberText() -> String {
    let start = index
    skipValue()
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  @inlinable
  mutating func skipColon() {
    skipWhitespace()
    index = min(index + 1, bytes.count)
    skipWhitespace()
  }
}
