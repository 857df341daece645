/// An ordered set in blocks: smallest first, insertion anywhere. Timers and lanes of messages wait
/// in it. Insertion and removal move at most one block, whatever the size of the whole.
///
/// It is public so that the compiler specialises it in the modules that use it; what is inlinable
/// and only visible in the package is called unspecialised there, at several times the cost.
public struct SortedChunks<Element: Comparable & Sendable>: Sendable {
  @usableFromInline var chunks: [ContiguousArray<Element>] = []
  @usableFromInline var size = 0
  @inlinable public var count: Int { size }
  /// Small, since what is first goes first: the rest of its block moves up each time.
  @usableFromInline static var capacity: Int { 128 }

  @inlinable public init() {}

  @inlinable public var first: Element? { chunks.first?.first }
  @inlinable public var isEmpty: Bool { size == 0 }

  /// Returns false where the element was there already.
  @discardableResult
  @inlinable
  public mutating func insert(_ element: Element) -> Bool {
    guard !chunks.isEmpty else {
      chunks.append([element])
      size = 1
      return true
    }
    let chunk = chunkIndex(for: element)
    let position = Self.position(of: element, in: chunks[chunk])
    if position < chunks[chunk].count, chunks[chunk][position] == element { return false }
    chunks[chunk].insert(element, at: position)
    size += 1
    if chunks[chunk].count > Self.capacity { split(chunk) }
    return true
  }

  @discardableResult
  @inlinable
  public mutating func remove(_ element: Element) -> Bool {
    guard !chunks.isEmpty else { return false }
    let chunk = chunkIndex(for: element)
    let position = Self.position(of: element, in: chunks[chunk])
    guard position < chunks[chunk].count, chunks[chunk][position] == element else { return false }
    chunks[chunk].remove(at: position)
    if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
    size -= 1
    return true
  }

  @inlinable
  public func contains(_ element: Element) -> Bool {
    guard !chunks.isEmpty else { return false }
    let chunk = chunks[chunkIndex(for: element)]
    let position = Self.position(of: element, in: chunk)
    return position < chunk.count && chunk[position] == element
  }

  @inlinable
  public mutating func popFirst() -> Element? {
    guard let first else { return nil }
    remove(first)
    return first
  }

  /// How many elements come before this one.
  @inlinable
  public func rank(of element: Element) -> Int {
    guard !chunks.isEmpty else { return 0 }
    let chunk = chunkIndex(for: element)
    return chunks[..<chunk].reduce(0) { $0 + $1.count }
      + Self.position(of: element, in: chunks[chunk])
  }

  /// At most `limit` elements, from the first that does not come before `element`.
  package func elements(from element: Element, limit: Int) -> [Element] {
    guard !chunks.isEmpty else { return [] }
    var found: [Element] = []
    var index = chunkIndex(for: element)
    var position = Self.position(of: element, in: chunks[index])
    while index < chunks.count, found.count < limit {
      found += chunks[index][position...].prefix(limit - found.count)
      (index, position) = (index + 1, 0)
    }
    return found
  }

  /// The element that has `rank` others before it.
  @inlinable
  public func element(atRank rank: Int) -> Element? {
    var rest = rank
    for chunk in chunks {
      if rest < chunk.count { return rest < 0 ? nil : chunk[rest] }
      rest -= chunk.count
    }
    return nil
  }

  @usableFromInline
  mutating func split(_ index: Int) {
    // Appending in order is the common case: leave the full block nearly full then.
    let isLast = index == chunks.count - 1
    let at = isLast ? Self.capacity : Self.capacity / 2
    let upper = ContiguousArray(chunks[index][at...])
    chunks[index].removeSubrange(at...)
    chunks.insert(upper, at: index + 1)
  }

  /// The last block whose first element is not after `element`.
  @inlinable
  func chunkIndex(for element: Element) -> Int {
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle][0] <= element { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  @inlinable
  static func position(of element: Element, in chunk: ContiguousArray<Element>) -> Int {
    var low = 0
    var high = chunk.count
    while low < high {
      let middle = (low + high) / 2
      if chunk[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
