import Wire

/// The result of a command that carried an idempotency key.
package struct RememberedResult: WireObject, Equatable {
  package var method = ""
  package var key = ""
  /// Of the params in the order of their field list, so that spelling does not matter.
  package var digest: UInt64 = 0
  package var at = Timestamp.zero
  package var result = RawJSON.null
  /// Name of the caller's token; empty where none was asked for.
  package var caller = ""

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("method", &method, "Method.")
    try visit.field("key", &key, "The caller's key.")
    try visit.field("digest", &digest, "Hash of the params.")
    try visit.field("at", &at, "When.")
    try visit.field("result", &result, "What was answered.")
    try visit.field("caller", &caller, "Whose key it is.")
  }
}

/// Remembered results, oldest first. Those older than a day are dropped as new ones come.
package struct IdempotencyTable: Sendable {
  private var entries = ShardedIndex<UInt64, RememberedResult>()
  private var index = ShardedIndex<String, UInt64>()
  /// Entries that speak of a guest, so that an erasure finds them.
  private var numbersByGuest = ShardedIndex<GuestID, [UInt64]>()
  private var oldest: UInt64 = 0
  private var next: UInt64 = 0
  /// Of callers, methods, keys and results.
  package private(set) var byteCount = 0

  package init() {}

  package var count: Int { Int(next - oldest) }

  /// Whether a new entry has to wait until the oldest has lived its day.
  package func isFull(
    at time: Timestamp, entries most: Int = Limits.idempotencyEntries,
    bytes mostBytes: Int = Limits.idempotencyBytes
  ) -> Bool {
    guard count >= most || byteCount >= mostBytes, let first = entries[oldest] else { return false }
    return first.at + Limits.idempotencyLifetime > time
  }

  package func find(
    caller: String, method: String, key: String, at time: Timestamp
  ) -> RememberedResult? {
    let name = RememberedResult.name(caller: caller, method: method, key: key)
    guard let number = index[name], let entry = entries[number],
      entry.at + Limits.idempotencyLifetime > time
    else { return nil }
    return entry
  }

  mutating func add(_ entry: RememberedResult) {
    while oldest < next, let first = entries[oldest],
      first.at + Limits.idempotencyLifetime <= entry.at
    {
      drop(first)
    }
    entries[next] = entry
    byteCount += entry.byteCount
    index[entry.name] = next
    for guest in entry.guests { numbersByGuest[guest, default: []].append(next) }
    next += 1
  }

  private mutating func drop(_ first: RememberedResult) {
    if index[first.name] == oldest { index[first.name] = nil }
    for guest in first.guests {
      let rest = numbersByGuest[guest]?.filter { $0 != oldest } ?? []
      numbersByGuest[guest] = rest.isEmpty ? nil : rest
    }
    entries[oldest] = nil
    byteCount -= first.byteCount
    oldest += 1
  }

  /// Empties the results that speak of a guest. Their keys stay taken: a repeat must not do again
  /// what was done.
  mutating func erase(_ guest: GuestID) {
    for number in numbersByGuest[guest] ?? [] {
      guard var entry = entries[number] else { continue }
      byteCount -= entry.byteCount
      entry.result = .null
      byteCount += entry.byteCount
      entries[number] = entry
    }
    numbersByGuest[guest] = nil
  }

  package var all: [RememberedResult] { (oldest..<next).compactMap { entries[$0] } }
}

extension RememberedResult {
  /// Each caller has keys of its own, for each method. Only keys may have spaces.
  fileprivate static func name(caller: String, method: String, key: String) -> String {
    "\(caller) \(method) \(key)"
  }

  fileprivate var name: String { Self.name(caller: caller, method: method, key: key) }

  fileprivate var byteCount: Int {
    caller.utf8.count + method.utf8.count + key.utf8.count + result.bytes.count
  }

  /// The guests whose identifiers stand in the result, each once.
  fileprivate var guests: [GuestID] {
    var found: [GuestID] = []
    var seen = Set<GuestID>()
    let (bytes, prefix) = (result.bytes, Array(GuestKind.prefix.utf8))
    var index = 0
    while index + prefix.count < bytes.count {
      guard bytes[index] == prefix[0], bytes[index...].starts(with: prefix) else {
        index += 1
        continue
      }
      let end =
        bytes[(index + prefix.count)...].firstIndex { !Self.isDigit($0) } ?? bytes.count
      let text = String(decoding: bytes[index..<end], as: UTF8.self)
      if let guest = GuestID(wireText: text), seen.insert(guest).inserted { found.append(guest) }
      index = end
    }
    return found
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
