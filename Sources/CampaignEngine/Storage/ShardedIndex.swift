/// A look-up table spread over small dictionaries, so that growing one never moves a million
/// entries at once. It is never walked: the order of a hash table must not reach any result.
package struct ShardedIndex<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var shards: [[Key: Value]] = []
  package private(set) var count = 0
  private static var shardCount: Int { 256 }

  package init() {}

  /// Only equality of shards matters, so the seed of Swift's hasher does no harm to determinism.
  private func shard(of key: Key) -> Int { key.hashValue & (Self.shardCount - 1) }

  package subscript(key: Key, default value: @autoclosure () -> Value) -> Value {
    get { self[key] ?? value() }
    set { self[key] = newValue }
  }

  package subscript(key: Key) -> Value? {
    get { shards.isEmpty ? nil : shards[shard(of: key)][key] }
    set {
      if shards.isEmpty { shards = Array(repeating: [:], count: Self.shardCount) }
      let index = shard(of: key)
      let before = shards[index].count
      shards[index][key] = newValue
      count += shards[index].count - before
    }
  }

  /// What is there, or else the value, which is put there: one search for both.
  package mutating func value(of key: Key, orInsert value: Value) -> Value {
    if shards.isEmpty { shards = Array(repeating: [:], count: Self.shardCount) }
    let index = shard(of: key)
    let before = shards[index].count
    let found = Self.value(at: &shards[index][key, default: value])
    count += shards[index].count - before
    return found
  }

  private static func value(at place: inout Value) -> Value { place }
}
