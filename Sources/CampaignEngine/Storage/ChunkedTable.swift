/// Rows in blocks of 256, addressed by a counter that starts at 1, or by identifiers of their kind, which
/// is Never for rows that have none. A snapshot copies the list of
/// blocks in microseconds; the first later write to a block copies that block only, where one flat
/// array would be copied whole.
package struct ChunkedTable<Kind, Row: Sendable>: Sendable {
  package private(set) var chunks: [ContiguousArray<Row>] = []
  package private(set) var count: UInt32 = 0

  package init() {}

  package static var rowsPerChunk: Int { 256 }
  private static var shift: UInt32 { 8 }
  private static var mask: UInt32 { 255 }

  /// The counter that the next row will get.
  package var nextCounter: UInt32 { count + 1 }
  package var isFull: Bool { count == UInt32.max }

  package var counters: Range<UInt32> { 1..<nextCounter }

  package func contains(_ counter: UInt32) -> Bool { counter >= 1 && counter <= count }

  package subscript(counter: UInt32) -> Row {
    get {
      let index = counter - 1
      return chunks[Int(index >> Self.shift)][Int(index & Self.mask)]
    }
    _modify {
      let index = counter - 1
      yield &chunks[Int(index >> Self.shift)][Int(index & Self.mask)]
    }
  }

  @discardableResult
  package mutating func append(_ row: Row) -> UInt32 {
    if count & Self.mask == 0 {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Self.rowsPerChunk)
    }
    chunks[chunks.count - 1].append(row)
    count += 1
    return count
  }

  /// All rows in the order of their counters.
  package func forEach(_ body: (UInt32, Row) -> Void) {
    var counter: UInt32 = 0
    for chunk in chunks {
      for row in chunk {
        counter += 1
        body(counter, row)
      }
    }
  }
}

extension ChunkedTable where Kind: IdentifiedKind {
  /// Whether there is a row for an identifier that came from outside.
  package func contains(_ id: ID<Kind>) -> Bool { contains(id.counter) }

  @inline(__always)
  package subscript(id: ID<Kind>) -> Row {
    get { self[id.counter] }
    _modify { yield &self[id.counter] }
  }

  package func ids(in space: UInt32) -> some Sequence<ID<Kind>> {
    counters.lazy.map { ID(space: space, counter: $0) }
  }
}

/// Values in blocks, only ever appended: the members of a campaign in the order of their enrolment.
package struct ChunkedList<Value: Sendable>: Sendable {
  private var chunks: [ContiguousArray<Value>] = []
  package private(set) var count = 0
  private static var capacity: Int { 1024 }

  package init() {}

  package mutating func append(_ value: Value) {
    if count % Self.capacity == 0 { chunks.append([]) }
    chunks[chunks.count - 1].append(value)
    count += 1
  }

  package subscript(index: Int) -> Value { chunks[index / Self.capacity][index % Self.capacity] }
}
