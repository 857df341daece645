/// Keys of the caller's own choosing, in their order: texts by language, custom fields.
///
/// Keys are equal when their bytes are. Look-ups walk the entries, since maps on the wire are short.
public struct WireMap<Value: WireValue>: WireValue {
  public var entries: [(key: String, value: Value)]

  @inlinable
  public init() {
    entries = []
  }

  @inlinable
  public var isEmpty: Bool { entries.isEmpty }

  @inlinable
  public var count: Int { entries.count }

  @inlinable
  public var keys: [String] { entries.map(\.key) }

  @inlinable
  public subscript(key: String) -> Value? {
    get {
      entries.first { isSameText($0.key, key) }?.value
    }
    set {
      let place = entries.firstIndex { isSameText($0.key, key) }
      switch (place, newValue) {
      case (let place?, let value?): entries[place].value = value
      case (let place?, nil): entries.remove(at: place)
      case (nil, let value?): entries.append((key, value))
      case (nil, nil): break
      }
    }
  }

  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    let start = reader.index
    let maximum = rule.allowedLength?.upperBound ?? Int.max
    let valueRule = rule.forElements
    var map = Self()
    var names = DistinctNames()
    guard try reader.beginObject() else {
      try reader.check(count: 0, of: "entries", rule, at: start)
      return map
    }
    map.entries.reserveCapacity(4)
    repeat {
      guard map.entries.count < maximum else {
        throw reader.tooMany(maximum: maximum, unit: "entries", at: start)
      }
      let keyStart = reader.index
      let key = try reader.text()
      guard names.insert(key, after: map.entries) else {
        throw reader.duplicateKey(key, at: keyStart)
      }
      reader.skipColon()
      map.entries.append((key, try Value.read(&reader, valueRule)))
    } while reader.takeComma()
    reader.index += 1
    try reader.check(count: map.count, of: "entries", rule, at: start)
    return map
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    writer.beginObject()
    for (key, value) in entries {
      writer.key(key)
      value.write(&writer)
    }
    writer.endObject()
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    let count = try reader.count()
    try reader.descend()
    var map = Self()
    var names = DistinctNames()
    for _ in 0..<count {
      let key = try reader.string()
      guard names.insert(key, after: map.entries) else {
        throw reader.damaged("expected keys that differ")
      }
      map.entries.append((key, try Value.readBinary(&reader)))
    }
    reader.ascend()
    return map
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    writer.unsigned(UInt64(count))
    for (key, value) in entries {
      writer.string(key)
      value.writeBinary(&writer)
    }
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .map(Value.describe(&recorder))
  }
}

extension WireMap: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, Value)...) {
    self.init()
    for (key, value) in elements { self[key] = value }
  }
}

/// The order is kept on a round trip, so it counts here too.
extension WireMap: Equatable where Value: Equatable {
  public static func == (left: Self, right: Self) -> Bool {
    left.entries.elementsEqual(right.entries) {
      isSameText($0.key, $1.key) && $0.value == $1.value
    }
  }
}
