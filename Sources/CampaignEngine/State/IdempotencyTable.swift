import Wire

/// The result of a command that carried an idempotency key.
package struct RememberedResult: WireObject, Equatable {
  package var method = ""
  package var key = ""
  /// Of the params in the order of their field list, so that spelling does not matter.
  package var digest: UInt64 = 0
  package var at = Timestamp.zero
  package var result = RawJSON.null

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("method", &method, "Method.")
    try visit.field("key", &key, "The caller's key.")
    try visit.field("digest", &digest, "Hash of the params.")
    try visit.field("at", &at, "When.")
    try visit.field("result", &result, "What was answered.")
  }
}

/// Remembered results, oldest first. Those older than a day are dropped as new ones come.
package struct IdempotencyTable: Sendable {
  private var entries = ShardedIndex<UInt64, RememberedResult>()
  private var index = ShardedIndex<String, UInt64>()
  private var oldest: UInt64 = 0
  private var next: UInt64 = 0

  package init() {}

  package var count: Int { Int(next - oldest) }

  package func find(method: String, key: String, at time: Timestamp) -> RememberedResult? {
    guard let number = index["\(method) \(key)"], let entry = entries[number],
      entry.at + Limits.idempotencyLifetime > time
    else { return nil }
    return entry
  }

  mutating func add(_ entry: RememberedResult) {
    while oldest < next, let first = entries[oldest],
      first.at + Limits.idempotencyLifetime <= entry.at
    {
      let name = "\(first.method) \(first.key)"
      if index[name] == oldest { index[name] = nil }
      entries[oldest] = nil
      oldest += 1
    }
    entries[next] = entry
    index["\(entry.method) \(entry.key)"] = next
    next += 1
  }

  package var all: [RememberedResult] { (oldest..<next).compactMap { entries[$0] } }
}
