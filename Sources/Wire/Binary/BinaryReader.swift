/// Reads the binary form. Every length is checked against what is left before memory is reserved,
/// and every number against its bounds: a damaged record throws, it never traps.
public struct BinaryReader {
  @usableFromInline let bytes: [UInt8]
  @usableFromInline var index = 0
  /// The end of the innermost object.
  @usableFromInline var limit: Int
  @usableFromInline var depth = 0

  @inlinable
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    limit = bytes.count
  }

  @inlinable
  public init(_ bytes: ArraySlice<UInt8>) {
    self.init(Array(bytes))
  }

  /// Begins in the middle, at what is known to begin there.
  @inlinable
  public init(_ bytes: [UInt8], at position: Int) {
    self.init(bytes)
    index = position
  }

  /// How many bytes were read.
  @inlinable
  public var position: Int { index }

  @inlinable
  public var isAtEnd: Bool { index >= limit }

  /// Bytes left in the innermost object, or in all.
  @inlinable
  public var remaining: Int { limit - index }

  @inlinable @inline(__always)
  public mutating func byte() throws(WireError) -> UInt8 {
    guard index < limit else { throw endedEarly() }
    let value = bytes[index]
    index += 1
    return value
  }

  @inlinable @inline(__always)
  public mutating func unsigned() throws(WireError) -> UInt64 {
    let first = try byte()
    return first < 0x80 ? UInt64(first) : try longUnsigned(first)
  }

  @usableFromInline
  mutating func longUnsigned(_ first: UInt8) throws(WireError) -> UInt64 {
    var value = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while true {
      let next = try byte()
      // The tenth byte has one bit to give; and one number has one form.
      guard shift < 63 || next <= 1, next != 0 else {
        throw damaged("expected a number of at most 64 bits in its shortest form")
      }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
  }

  @inlinable @inline(__always)
  public mutating func signed() throws(WireError) -> Int64 {
    let bits = try unsigned()
    return Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
  }

  /// A number of elements or bytes, each of which takes at least one byte.
  @inlinable
  mutating func count() throws(WireError) -> Int {
    let number = try unsigned()
    guard let count = Int(exactly: number), count <= remaining else {
      throw damaged("expected at most \(remaining) more bytes or elements; found \(number)")
    }
    return count
  }

  @inlinable
  public mutating func string() throws(WireError) -> String {
    let length = try count()
    let end = index + length
    // Checked first: `String(decoding:)` would repair what is damaged.
    let text: String? = bytes.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer[index..<end])
      return ScalarCheck.passes(text) ? String(decoding: text, as: UTF8.self) : nil
    }
    guard let text else { throw damaged("expected UTF-8") }
    index = end
    return text
  }

  @inlinable
  public mutating func data() throws(WireError) -> [UInt8] {
    let length = try count()
    let value = Array(bytes[index..<index + length])
    index += length
    return value
  }

  /// Enters an object; gives the limit outside, which `endObject` takes.
  @inlinable
  mutating func beginObject() throws(WireError) -> Int {
    try descend()
    let first = try byte()
    let length = first < 255 ? Int(first) : try longLength()
    guard length <= remaining else {
      throw damaged("expected at most \(remaining) more bytes; found a length of \(length)")
    }
    let outerLimit = limit
    limit = index + length
    return outerLimit
  }

  /// Passes over an object by its length, whatever is in it.
  @inlinable
  public mutating func skipObject() throws(WireError) {
    let outerLimit = try beginObject()
    index = limit
    try endObject(outerLimit)
  }

  @usableFromInline
  mutating func longLength() throws(WireError) -> Int {
    var length: UInt32 = 0
    for shift: UInt32 in [0, 8, 16, 24] { length |= UInt32(try byte()) << shift }
    guard length >= 255 else { throw damaged("expected a long length of at least 255") }
    return Int(length)
  }

  @inlinable
  mutating func endObject(_ outerLimit: Int) throws(WireError) {
    guard isAtEnd else {
      throw damaged("expected the end of the object; found \(remaining) more bytes: newer format?")
    }
    limit = outerLimit
    ascend()
  }

  /// Reading recurses, so a damaged record must not nest for ever.
  @inlinable
  mutating func descend() throws(WireError) {
    guard depth < Limits.binaryDepth else { throw tooDeep() }
    depth += 1
  }

  @inlinable
  mutating func ascend() { depth -= 1 }

  /// The record cannot be what a writer wrote.
  public func damaged(_ message: String) -> WireError {
    WireError(path: "", reason: "damaged", message: message, position: index)
  }

  @usableFromInline
  func endedEarly() -> WireError { damaged("expected more bytes; found the end") }

  @usableFromInline
  func tooDeep() -> WireError {
    WireError(
      path: "", reason: "too_deep", message: "expected at most \(Limits.binaryDepth) levels",
      position: index)
  }
}
