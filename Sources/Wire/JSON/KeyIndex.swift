/// Where each key of one object stands: for objects whose keys come in another order than the
/// field list, and for those with keys that the list does not have.
@usableFromInline
struct KeyIndex {
  struct Entry {
    /// The key between its quotes, as written.
    let name: Range<Int>
    /// Of the key as it reads: its first eight bytes, and how many there are.
    let prefix: UInt64
    let count: Int
    let valueStart: Int
    /// Which of `unescapedNames` holds the key; nil where it is written without escapes.
    let unescapedName: Int?
    var isTaken: Bool
  }

  private(set) var entries: [Entry] = []
  private var unescapedNames: [[UInt8]] = []
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Behind the closing brace.
  let end: Int
  private(set) var takenCount = 0
  /// Keys mostly come in some order close to the list's, so a search goes on where the last ended.
  private var next = 0

  /// - Parameter untakenFrom: keys before this place have been taken already.
  init(_ reader: JSONReader, objectStart: Int, untakenFrom: Int) throws(WireError) {
    bytes = reader.bytes
    var reader = reader
    reader.index = objectStart
    guard try reader.beginObject() else {
      end = reader.index
      return
    }
    entries.reserveCapacity(16)
    repeat {
      let start = reader.index + 1
      let hasEscape = reader.skipString()
      let name = start..<max(start, reader.index - 1)
      reader.skipColon()
      let isTaken = start <= untakenFrom
      entries.append(
        Self.entry(name, hasEscape, reader, isTaken: isTaken, unescaping: &unescapedNames))
      if isTaken { takenCount += 1 }
      reader.skipValue()
    } while reader.takeComma()
    end = min(reader.index + 1, reader.bytes.count)
    if let second = repeatedEntry() {
      let entry = entries[second]
      throw reader.duplicateKey(text(of: entry), at: entry.name.lowerBound - 1)
    }
  }

  private static func entry(
    _ name: Range<Int>, _ hasEscape: Bool, _ reader: JSONReader, isTaken: Bool,
    unescaping unescapedNames: inout [[UInt8]]
  ) -> Entry {
    guard hasEscape else {
      return Entry(
        name: name, prefix: prefix(of: name, in: reader.bytes), count: name.count,
        valueStart: reader.index, unescapedName: nil, isTaken: isTaken)
    }
    let text = reader.unescaped(name)
    unescapedNames.append(text)
    return Entry(
      name: name, prefix: text.withUnsafeBufferPointer(prefix), count: text.count,
      valueStart: reader.index, unescapedName: unescapedNames.count - 1, isTaken: isTaken)
  }

  private static func prefix(
    of name: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> UInt64 {
    guard let base = bytes.baseAddress, bytes.count - name.lowerBound >= 8 else {
      return prefix(of: UnsafeBufferPointer(rebasing: bytes[name]))
    }
    // A load of eight may reach beyond the name but not beyond the text; what is beyond is masked.
    let bits = EightBytes(at: base + name.lowerBound).bits
    return name.count >= 8 ? bits : bits & ((1 << UInt64(name.count * 8)) - 1)
  }

  private static func prefix(of text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if text.count >= 8, let base = text.baseAddress { return EightBytes(at: base).bits }
    var bits: UInt64 = 0
    for offset in 0..<text.count { bits |= UInt64(text[offset]) << UInt64(offset * 8) }
    return bits
  }

  /// Takes the key of this name; gives the place of its value, or nil if the object has none.
  mutating func take(_ name: StaticString) -> Int? {
    let text = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    let prefix = Self.prefix(of: text)
    for offset in 0..<entries.count {
      let sum = next + offset
      let place = sum < entries.count ? sum : sum - entries.count
      let entry = entries[place]
      guard entry.prefix == prefix, entry.count == text.count, !entry.isTaken,
        entry.count <= 8 || isName(of: entry, text)
      else { continue }
      entries[place].isTaken = true
      takenCount += 1
      next = place + 1 < entries.count ? place + 1 : 0
      return entry.valueStart
    }
    return nil
  }

  private func isName(of entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if let place = entry.unescapedName { return unescapedNames[place].elementsEqual(text) }
    var offset = 0
    while offset < text.count {
      if bytes[entry.name.lowerBound + offset] != text[offset] { return false }
      offset += 1
    }
    return true
  }

  /// The key as it reads.
  func text(of entry: Entry) -> String {
    String(decoding: name(of: entry), as: UTF8.self)
  }

  private func name(of entry: Entry) -> [UInt8] {
    if let place = entry.unescapedName { return unescapedNames[place] }
    return Array(bytes[entry.name])
  }

  /// The first key in the text that equals one before it.
  private func repeatedEntry() -> Int? {
    if entries.count <= 16 {
      for second in entries.indices {
        for first in 0..<second where isSameName(first, second) { return second }
      }
      return nil
    }
    // Equal keys become neighbours; of equals, the earlier in the text comes first.
    let order = entries.indices.sorted { left, right in
      let (one, other) = (entries[left], entries[right])
      if one.count != other.count { return one.count < other.count }
      if one.prefix != other.prefix { return one.prefix < other.prefix }
      let (name, otherName) = (self.name(of: one), self.name(of: other))
      return name == otherName ? left < right : name.lexicographicallyPrecedes(otherName)
    }
    return zip(order, order.dropFirst()).filter { isSameName($0, $1) }.map(\.1).min()
  }

  private func isSameName(_ first: Int, _ second: Int) -> Bool {
    let (one, other) = (entries[first], entries[second])
    guard one.prefix == other.prefix, one.count == other.count else { return false }
    return one.count <= 8 || name(of: one) == name(of: other)
  }

  var isExhausted: Bool { takenCount == entries.count }

  /// Takes all keys that are left, in their order.
  mutating func takeRest(_ reader: JSONReader) -> WireExtras {
    var extras = WireExtras()
    var reader = reader
    for place in entries.indices where !entries[place].isTaken {
      entries[place].isTaken = true
      reader.index = entries[place].valueStart
      extras.entries.append((text(of: entries[place]), reader.takeRaw()))
    }
    takenCount = entries.count
    return extras
  }

  var firstUntaken: Entry? { entries.first { !$0.isTaken } }
}
