/// The contents of one file in memory, and how to get back to what was last synced.
struct MemoryFile: Sendable {
  /// What an un-synced change replaced.
  private struct Change {
    var offset: Int
    var replaced: [UInt8]
    var sizeBefore: Int
  }

  /// May be shorter than `size`: the rest reads as zeros and costs no memory, like a hole.
  private var bytes: [UInt8] = []
  private(set) var size = 0
  private var changes: [Change] = []
  var mode: UInt32 = 0o600
  var owner: UInt32
  var lockedBy: Int32?

  init(owner: UInt32) { self.owner = owner }

  func read(count: Int, at offset: Int) -> [UInt8] {
    let end = min(size, offset + count)
    guard offset < end else { return [] }
    var result = Array(bytes[min(offset, bytes.count)..<min(end, bytes.count)])
    result.append(contentsOf: repeatElement(0, count: end - offset - result.count))
    return result
  }

  mutating func write(_ new: ArraySlice<UInt8>, at offset: Int) {
    guard !new.isEmpty else { return }
    let end = offset + new.count
    changes.append(
      Change(offset: offset, replaced: stored(from: offset, to: end), sizeBefore: size))
    put(new, at: offset)
    size = max(size, end)
  }

  mutating func resize(to newSize: Int) {
    // Past `bytes` is a hole, which comes back by itself when the size does.
    let cut = stored(from: newSize, to: min(size, bytes.count))
    changes.append(Change(offset: newSize, replaced: cut, sizeBefore: size))
    if newSize < bytes.count { bytes.removeSubrange(newSize...) }
    size = newSize
  }

  mutating func sync() { changes.removeAll(keepingCapacity: true) }

  /// Undoes what was not synced, the newest change first.
  mutating func crash() {
    while let change = changes.popLast() {
      size = change.sizeBefore
      put(change.replaced[...], at: change.offset)
      if size < bytes.count { bytes.removeSubrange(size...) }
    }
    lockedBy = nil
  }

  /// The old contents of a range that a change covers, as far as there were any. What lies past them was
  /// zero or absent, so zeros are put back there.
  private func stored(from start: Int, to end: Int) -> [UInt8] {
    guard start < min(size, end) else { return [] }
    return read(count: end - start, at: start)
  }

  private mutating func put(_ new: ArraySlice<UInt8>, at offset: Int) {
    guard !new.isEmpty else { return }
    if bytes.count < offset {
      bytes.append(contentsOf: repeatElement(0, count: offset - bytes.count))
    }
    let overlap = min(new.count, bytes.count - offset)
    bytes.replaceSubrange(offset..<offset + overlap, with: new.prefix(overlap))
    bytes.append(contentsOf: new.dropFirst(overlap))
  }
}
