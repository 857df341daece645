/// Writes JSON text without white space, and its commas by itself.
///
/// The storage is longer than the text, so that most writes are one check of room and plain stores.
public struct JSONWriter {
  @usableFromInline var storage: [UInt8]
  @usableFromInline var count = 0
  @usableFromInline var needsComma = false

  @inlinable
  public init() {
    storage = []
  }

  /// What is written so far.
  public var bytes: [UInt8] {
    get { Array(storage.prefix(count)) }
    set {
      storage = newValue
      count = newValue.count
    }
  }

  /// Hands over what is written, without a copy, and starts anew.
  @usableFromInline
  mutating func finished() -> [UInt8] {
    var text: [UInt8] = []
    swap(&text, &storage)
    text.removeLast(text.count - count)
    self = JSONWriter()
    return text
  }

  @inlinable
  mutating func makeRoom(_ size: Int) {
    if storage.count - count < size { grow(by: size) }
  }

  @usableFromInline
  mutating func grow(by size: Int) {
    let target = max(256, size + count, storage.count * 2)
    storage.reserveCapacity(target)
    storage.append(contentsOf: repeatElement(0, count: target - storage.count))
  }

  /// Hands out room for a value or key and for the comma before it, where one is due. `write` gets
  /// the room and its place in it, and gives the place behind what it wrote.
  @inlinable @inline(__always)
  mutating func put(
    _ size: Int, _ write: (_ room: UnsafeMutableRawBufferPointer, _ place: Int) -> Int
  ) {
    makeRoom(size + 1)
    let (start, comma) = (count, needsComma)
    count = storage.withUnsafeMutableBytes { room in
      if comma { room[start] = ASCII.comma }
      return write(room, comma ? start + 1 : start)
    }
    needsComma = true
  }

  @inlinable
  mutating func begin(_ bracket: UInt8) {
    put(1) { room, place in
      room[place] = bracket
      return place + 1
    }
    needsComma = false
  }

  @inlinable
  mutating func end(_ bracket: UInt8) {
    makeRoom(1)
    storage[count] = bracket
    count += 1
    needsComma = true
  }

  @inlinable
  public mutating func beginObject() { begin(ASCII.openBrace) }
  @inlinable
  public mutating func endObject() { end(ASCII.closeBrace) }
  @inlinable
  public mutating func beginArray() { begin(ASCII.openBracket) }
  @inlinable
  public mutating func endArray() { end(ASCII.closeBracket) }

  @inlinable
  mutating func put(_ text: UnsafeRawBufferPointer) {
    put(text.count) { room, place in
      UnsafeMutableRawBufferPointer(rebasing: room[place..<place + text.count])
        .copyMemory(from: text)
      return place + text.count
    }
  }

  /// One value that is JSON already.
  @inlinable
  public mutating func raw(_ value: [UInt8]) {
    value.withUnsafeBytes { put($0) }
  }

  /// One value that is JSON already.
  @inlinable
  public mutating func raw(_ value: StaticString) {
    put(UnsafeRawBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
  }

  @inlinable
  public mutating func null() { raw("null") }

  @inlinable
  public mutating func bool(_ value: Bool) {
    if value { raw("true") } else { raw("false") }
  }

  /// A key of ours, which needs no escape.
  @inlinable
  public mutating func key(_ name: StaticString) {
    let size = name.utf8CodeUnitCount
    put(size + 3) { room, place in
      room[place] = ASCII.quote
      UnsafeMutableRawBufferPointer(rebasing: room[place + 1..<place + 1 + size])
        .copyMemory(from: UnsafeRawBufferPointer(start: name.utf8Start, count: size))
      room[place + size + 1] = ASCII.quote
      room[place + size + 2] = ASCII.colon
      return place + size + 3
    }
    needsComma = false
  }

  /// A key of the caller's.
  public mutating func key(_ name: String) {
    string(name)
    makeRoom(1)
    storage[count] = ASCII.colon
    count += 1
    needsComma = false
  }
}
