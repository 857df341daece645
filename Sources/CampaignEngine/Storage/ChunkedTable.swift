import Wire

/// A row of which a table may have millions.
package protocol TableRow: WireObject {
  /// What leads from it to other rows. It changes while the row itself rests, stands in no file, and is
  /// rebuilt after a snapshot.
  associatedtype Links: Sendable, Equatable = NoLinks
  var links: Links { get set }
  /// Blocks of it are packed while they rest. Not so where there are few, nor where whoever works on other
  /// rows reads it again and again: unpacking one row takes as long as a hundred reads.
  static var isPackedAtRest: Bool { get }
  /// The newest time that it tells of. Asked only of rows that are packed at rest.
  var changedAt: Timestamp { get }
}

extension TableRow {
  package static var isPackedAtRest: Bool { false }
  package var changedAt: Timestamp { .distantFuture }
}

package struct NoLinks: Sendable, Equatable {}

extension TableRow where Links == NoLinks {
  package var links: NoLinks {
    get { NoLinks() }
    set {}
  }
}

/// Rows in blocks of 256, addressed by a counter that starts at 1, or by identifiers of their kind, which
/// is Never for rows that have none. A snapshot copies the list of blocks in microseconds; the first later
/// write to a block copies that block only, where one flat array would be copied whole.
///
/// A block that nothing has changed for a day may be kept packed, as snapshots have it, in a tenth
/// of the room. Nobody can tell: one of its rows is read where it lies, and the first change unpacks it.
package struct ChunkedTable<Kind, Row: TableRow>: Sendable {
  /// Empty where a block is packed. Apart from what is kept of packed ones: reading a row must be no more
  /// than a look into two arrays.
  private var blocks: [ContiguousArray<Row>] = []
  private var packed: [PackedRows<Row>?] = []
  package private(set) var count: UInt32 = 0

  package init() {}

  package static var rowsPerBlock: Int { 256 }
  private static var shift: UInt32 { 8 }
  private static var mask: UInt32 { 255 }

  /// The counter that the next row will get.
  package var nextCounter: UInt32 { count + 1 }
  package var isFull: Bool { count == UInt32.max }

  package var counters: Range<UInt32> { 1..<nextCounter }

  package func contains(_ counter: UInt32) -> Bool { counter >= 1 && counter <= count }

  @inline(__always)
  package subscript(counter: UInt32) -> Row {
    get {
      let index = counter - 1
      var rows = blocks[Int(index >> Self.shift)]
      var place = Int(index & Self.mask)
      // The two ways join before the row, not behind it: behind it, all of the row would be copied
      // for the one field that is asked for.
      if place >= rows.count {
        rows = PackedRows.alone(packed[Int(index >> Self.shift)], place)
        place = 0
      }
      return rows[place]
    }
    _modify {
      let index = counter - 1
      let block = Int(index >> Self.shift)
      if blocks[block].isEmpty { unpack(block) }
      yield &blocks[block][Int(index & Self.mask)]
    }
  }

  /// Changes a row where it lies, with a look at it before and after: found once, and not copied.
  @inline(__always)
  package mutating func change<Told>(_ counter: UInt32, _ body: (inout Row) -> Told) -> Told {
    let index = counter - 1
    let block = Int(index >> Self.shift)
    if blocks[block].isEmpty { unpack(block) }
    return body(&blocks[block][Int(index & Self.mask)])
  }

  /// What leads to other rows, whether or not the row is packed.
  @inline(__always)
  package subscript(links counter: UInt32) -> Row.Links {
    get {
      let index = counter - 1
      let (block, place) = (Int(index >> Self.shift), Int(index & Self.mask))
      let rows = blocks[block]
      if place < rows.count { return rows[place].links }
      return PackedRows.links(packed[block], place)
    }
    set {
      let index = counter - 1
      let (block, place) = (Int(index >> Self.shift), Int(index & Self.mask))
      if blocks[block].isEmpty {
        packed[block]?.links[place] = newValue
      } else {
        blocks[block][place].links = newValue
      }
    }
  }

  @discardableResult
  package mutating func append(_ row: Row) -> UInt32 {
    if count & Self.mask == 0 {
      blocks.append([])
      packed.append(nil)
      blocks[blocks.count - 1].reserveCapacity(Self.rowsPerBlock)
    }
    blocks[blocks.count - 1].append(row)
    count += 1
    return count
  }

  /// All rows in the order of their counters.
  /// - Parameter time: packed blocks are passed over that tell of nothing since then.
  package func forEach(changedSince time: Timestamp = .zero, _ body: (UInt32, Row) -> Void) {
    var counter: UInt32 = 0
    for (rows, packed) in zip(blocks, packed) {
      if let packed, packed.changedAt < time {
        counter += UInt32(packed.count)
        continue
      }
      packed?.forEach { row in
        counter += 1
        body(counter, row)
      }
      for row in rows {
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

  @inline(__always)
  package subscript(links id: ID<Kind>) -> Row.Links {
    get { self[links: id.counter] }
    set { self[links: id.counter] = newValue }
  }

  package func ids(in space: UInt32) -> some Sequence<ID<Kind>> {
    counters.lazy.map { ID(space: space, counter: $0) }
  }
}

// MARK: Packed blocks

extension ChunkedTable {
  /// Out of line: whoever changes what is not packed passes by in a few instructions.
  @inline(never)
  private mutating func unpack(_ block: Int) {
    guard let rows = packed[block] else { return }
    packed[block] = nil
    blocks[block].reserveCapacity(Self.rowsPerBlock)
    rows.forEach { blocks[block].append($0) }
  }

  /// Blocks that are packed now.
  package var packedCount: Int { packed.count { $0 != nil } }

  /// Packs full blocks that tell of nothing since a time.
  /// - Parameters:
  ///   - block: where to go on; nil once all were looked at.
  ///   - limit: how many blocks may still be looked at that are not packed.
  package mutating func packResting(
    since time: Timestamp, from block: inout Int?, limit: inout Int
  ) {
    while let next = block, limit > 0 {
      guard next < blocks.count else { return block = nil }
      block = next + 1
      guard blocks[next].count == Self.rowsPerBlock else { continue }
      limit -= 1
      let changedAt = Self.newest(of: blocks[next])
      guard changedAt < time else { continue }
      packed[next] = PackedRows(blocks[next], changedAt: changedAt)
      blocks[next] = []
    }
  }

  private static func newest(of rows: some Collection<Row>) -> Timestamp {
    rows.lazy.map(\.changedAt).max() ?? .zero
  }

  // MARK: Snapshots

  /// The rows of one block that came from a snapshot: what is damaged is found here. Whoever changes the
  /// table while going through all of it goes block by block: each is read once, and none is held while
  /// it is written to.
  package mutating func restored(ofBlock block: Int) throws(WireError) -> RestoredRows<Kind, Row> {
    let rows = try packed[block]?.readAll() ?? Array(blocks[block])
    packed[block]?.changedAt = Self.newest(of: rows)
    return RestoredRows(rows: rows, firstCounter: UInt32(block) << Self.shift + 1)
  }

  /// The rows of each block.
  package var rowBlocks: some Sequence<[Row]> {
    zip(blocks, packed).lazy.map { rows, packed in
      var all = Array(rows)
      packed?.forEach { all.append($0) }
      return all
    }
  }

  package var blockIndices: Range<Int> { blocks.indices }

  /// The blocks as a snapshot has them.
  package func forEachStoredBlock(_ body: ([UInt8]) throws -> Void) rethrows {
    for (rows, packed) in zip(blocks, packed) {
      try body(packed?.bytes ?? Binary.encode(Array(rows)))
    }
  }

  /// Takes a block of a snapshot in, as it is where it is full. Whoever restores the table then reads all
  /// blocks once, with `restored(ofBlock:)`.
  package mutating func append(storedBlock bytes: [UInt8]) throws(WireError) {
    let rows = try PackedRows<Row>(stored: bytes)
    if Row.isPackedAtRest, rows.count == Self.rowsPerBlock, count & Self.mask == 0 {
      blocks.append([])
      packed.append(rows)
      count += UInt32(rows.count)
    } else {
      for row in try rows.readAll() { append(row) }
    }
  }
}

/// Rows of one block with their counters. By place, since a row is large and not to be copied on its way.
package struct RestoredRows<Kind, Row: Sendable> {
  package let rows: [Row]
  let firstCounter: UInt32

  var places: Range<Int> { rows.indices }

  func counter(at place: Int) -> UInt32 { firstCounter + UInt32(place) }
}

extension RestoredRows where Kind: IdentifiedKind {
  func id(at place: Int, in space: UInt32) -> ID<Kind> {
    ID(space: space, counter: counter(at: place))
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
