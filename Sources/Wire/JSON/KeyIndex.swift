/// Where each key of one object stands: for objects whose keys come in another order than the
/// field list, and for those with keys that the list does not have.
@usableFromInline
struct KeyIndex {
  struct Entry {
    /// The first eight bytes of the key as it reads; most keys differ here.
    let prefix: UInt64
    /// Of the key as it reads, in bytes.
    let length: Int
    /// Behind the opening quote.
    let nameStart: Int
    /// Negative once the value is taken.
    var valueStart: Int
    /// Which of `unescapedNames` the key is; negative where it is written without escapes.
    let unescapedName: Int

    var isTaken: Bool { valueStart < 0 }
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var entries: [Entry] = []
  private var unescapedNames: [[UInt8]] = []
  /// Behind the closing brace.
  private(set) var end: Int
  private var untakenCount = 0
  /// Keys mostly come in some order close to the list's, so a search goes on where the last ended.
  private var next = 0

  /// - Parameter untakenFrom: keys before this place have been taken already.
  init(_ reader: JSONReader, objectStart: Int, untakenFrom: Int) throws(WireError) {
    bytes = reader.bytes
    end = objectStart
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
      add(name, reader, hasEscape: hasEscape, valueStart: isTaken ? -1 : reader.index)
      if !isTaken { untakenCount += 1 }
      reader.skipValue()
    } while reader.takeComma()
    end = min(reader.index + 1, bytes.count)
    if let second = repeatedEntry() {
      throw reader.duplicateKey(text(of: second), at: second.nameStart - 1)
    }
  }

  private mutating func add(
    _ name: Range<Int>, _ reader: JSONReader, hasEscape: Bool, valueStart: Int
  ) {
    if hasEscape {
      let text = reader.unescaped(name)
      entries.append(
        Entry(
          prefix: text.withUnsafeBufferPointer(Self.prefix), length: text.count,
          nameStart: name.lowerBound, valueStart: valueStart, unescapedName: unescapedNames.count))
      unescapedNames.append(text)
    } else {
      entries.append(
        Entry(
          prefix: Self.prefix(of: name, in: bytes), length: name.count,
          nameStart: name.lowerBound, valueStart: valueStart, unescapedName: -1))
    }
  }

  /// Takes the key of this name; gives the place of its value, or nil if the object has none.
  mutating func take(_ name: StaticString) -> Int? {
    let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    let prefix = Self.prefix(of: name)
    guard let place = firstPlace(of: name, prefix) else { return nil }
    let valueStart = entries[place].valueStart
    entries[place].valueStart = -1
    untakenCount -= 1
    next = place + 1
    return valueStart
  }

  var isExhausted: Bool { untakenCount == 0 }

  /// The first key that is left, and the place of its quote.
  var firstUntakenKey: (name: String, position: Int)? {
    entries.first { !$0.isTaken }.map { (text(of: $0), $0.nameStart - 1) }
  }

  /// Takes all keys that are left, in their order.
  mutating func takeRest(_ reader: JSONReader) -> WireExtras {
    var extras = WireExtras()
    var reader = reader
    for place in entries.indices where !entries[place].isTaken {
      reader.index = entries[place].valueStart
      extras.entries.append((text(of: entries[place]), reader.takeRaw()))
      entries[place].valueStart = -1
    }
    untakenCount = 0
    return extras
  }

  private func text(of entry: Entry) -> String {
    String(decoding: name(of: entry), as: UTF8.self)
  }

  private func name(of entry: Entry) -> [UInt8] {
    guard entry.unescapedName < 0 else { return unescapedNames[entry.unescapedName] }
    return Array(bytes[entry.nameStart..<entry.nameStart + entry.length])
  }
}

/// Comparing keys.
extension KeyIndex {
  /// From `next` on, and then from the start.
  private func firstPlace(of name: UnsafeBufferPointer<UInt8>, _ prefix: UInt64) -> Int? {
    entries.withUnsafeBufferPointer { entries in
      var place = next
      for _ in 0..<entries.count {
        if place >= entries.count { place = 0 }
        if entries[place].prefix == prefix && isName(of: entries[place], name) { return place }
        place += 1
      }
      return nil
    }
  }

  /// For an entry with the prefix of the name that is not taken.
  private func isName(of entry: Entry, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard entry.length == name.count, !entry.isTaken else { return false }
    guard entry.length > 8 else { return true }
    if entry.unescapedName >= 0 { return unescapedNames[entry.unescapedName].elementsEqual(name) }
    var offset = 8
    while offset < name.count {
      if bytes[entry.nameStart + offset] != name[offset] { return false }
      offset += 1
    }
    return true
  }

  private func isSameName(_ one: Entry, _ other: Entry) -> Bool {
    guard one.prefix == other.prefix, one.length == other.length else { return false }
    return one.length <= 8 || name(of: one) == name(of: other)
  }

  /// The first key in the text that equals one before it.
  private func repeatedEntry() -> Entry? {
    guard entries.count <= 16 else { return repeatedEntryOfMany() }
    // One bit for each key: only keys that share a bit need to be compared.
    var seen: UInt64 = 0
    for (place, entry) in entries.enumerated() {
      let bit = 1 << ((entry.prefix &* 0x9E37_79B9_7F4A_7C15) &>> 58) as UInt64
      if seen & bit != 0, entries[..<place].contains(where: { isSameName($0, entry) }) {
        return entry
      }
      seen |= bit
    }
    return nil
  }

  /// Sorted, so that a caller's thousand keys do not cost a million comparisons. Equal keys become
  /// neighbours, the earlier in the text first.
  private func repeatedEntryOfMany() -> Entry? {
    let sorted = entries.sorted { one, other in
      if one.length != other.length { return one.length < other.length }
      if one.prefix != other.prefix { return one.prefix < other.prefix }
      if one.length > 8 {
        let (name, otherName) = (self.name(of: one), self.name(of: other))
        if name != otherName { return name.lexicographicallyPrecedes(otherName) }
      }
      return one.nameStart < other.nameStart
    }
    return zip(sorted, sorted.dropFirst()).filter { isSameName($0, $1) }.map(\.1)
      .min { $0.nameStart < $1.nameStart }
  }

  private static func prefix(of name: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = bytes.baseAddress, bytes.count - name.lowerBound >= 8 else {
      return prefix(of: UnsafeBufferPointer(rebasing: bytes[name]))
    }
    // A load of eight may reach beyond the name but not beyond the text; what is beyond is masked.
    let bits = EightBytes(at: base + name.lowerBound).bits
    return name.count >= 8 ? bits : bits & ((1 << UInt64(name.count * 8)) - 1)
  }

  private static func prefix(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = name.baseAddress else { return 0 }
    if name.count >= 8 { return EightBytes(at: base).bits }
    if name.count >= 4 {
      // Two loads of four, which overlap.
      let start = UnsafeRawPointer(base)
      let low = UInt32(littleEndian: start.loadUnaligned(as: UInt32.self))
      let high = UInt32(
        littleEndian: start.loadUnaligned(fromByteOffset: name.count - 4, as: UInt32.self))
      return UInt64(low) | UInt64(high) << UInt64((name.count - 4) * 8)
    }
    var bits: UInt64 = 0
    for offset in 0..<name.count { bits |= UInt64(name[offset]) << UInt64(offset * 8) }
    return bits
  }
}
