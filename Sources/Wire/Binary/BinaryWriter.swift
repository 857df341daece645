/// Writes the binary form.
public struct BinaryWriter {
  public var bytes: [UInt8]

  @inlinable
  public init() {
    bytes = []
  }

  @inlinable
  public mutating func byte(_ value: UInt8) {
    bytes.append(value)
  }

  /// LEB128: seven bits a byte, the lowest first; the high bit says that more follow.
  @inlinable @inline(__always)
  public mutating func unsigned(_ value: UInt64) {
    if value < 0x80 { byte(UInt8(truncatingIfNeeded: value)) } else { longUnsigned(value) }
  }

  @usableFromInline
  mutating func longUnsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Zigzag, so that small negative numbers are short too: 0, -1, 1, -2 become 0, 1, 2, 3.
  @inlinable
  public mutating func signed(_ value: Int64) {
    unsigned(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  @inlinable
  public mutating func string(_ value: String) {
    unsigned(UInt64(value.utf8.count))
    let done: Void? = value.utf8.withContiguousStorageIfAvailable {
      bytes.append(contentsOf: $0)
    }
    if done == nil { bytes.append(contentsOf: value.utf8) }
  }

  @inlinable
  public mutating func data(_ value: [UInt8]) {
    unsigned(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// Keeps a place for the length of an object; `endObject` takes what this gives.
  @inlinable
  mutating func beginObject() -> Int {
    bytes.append(0)
    return bytes.count
  }

  @inlinable
  mutating func endObject(_ start: Int) {
    let length = bytes.count - start
    if length < 255 {
      bytes[start - 1] = UInt8(truncatingIfNeeded: length)
    } else {
      putLongLength(length, start)
    }
  }

  /// 255 and four bytes, little endian. Long objects are rare, so only they move their bytes.
  @usableFromInline
  mutating func putLongLength(_ length: Int, _ start: Int) {
    precondition(length <= UInt32.max, "A record of 4 GiB has no binary form; write it in parts.")
    bytes[start - 1] = 255
    bytes.insert(
      contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }, at: start)
  }
}
