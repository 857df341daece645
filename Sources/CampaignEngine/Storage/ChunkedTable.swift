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
/// A block that nothing has changed for a day or two may be kept packed, as snapshots have it, in a tenth
/// of the room. Nobody can tell: one of its rows is read where it lies, and the first change unpacks it.
package struct ChunkedTable<Kind, Row: TableRow>: Sendable {
  /// Empty where a block is packed. Apart from what is kept of packed ones: reading a row must be no more
  /// than a look into two arrays.
  private var blocks: [ContiguousArray<Row>] = []
  private var resting: [RestingBlock] = []
  package private(set) var count: UInt32 = 0
  /// Day of what changes now; see `packResting`.
  private var day: UInt32 = 0

  private struct RestingBlock: Sendable {
    var packed: PackedRows<Row>?
    var changedOn: UInt32 = 0
  }

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
        rows = PackedRows.alone(resting[Int(index >> Self.shift)].packed, place)
        place = 0
      }
      return rows[place]
    }
    _modify {
      let index = counter - 1
      let block = Int(index >> Self.shift)
      if blocks[block].isEmpty { unpack(block) }
      resting[block].changedOn = day
      yield &blocks[block][Int(index & Self.mask)]
    }
  }

  /// Looks at a row where it lies, and copies nothing of it.
  @inline(__always)
  package func look<Told>(at counter: UInt32, _ body: (borrowing Row) -> Told) -> Told {
    let index = counter - 1
    let place = Int(index & Self.mask)
    let rows = blocks[Int(index >> Self.shift)]
    if place < rows.count { return body(rows[place]) }
    return body(PackedRows.alone(resting[Int(index >> Self.shift)].packed, place)[0])
  }

  /// Changes a row where it lies, with a look at it before and after: found once, and not copied.
  @inline(__always)
  package mutating func change<Told>(_ counter: UInt32, _ body: (inout Row) -> Told) -> Told {
    let index = counter - 1
    let block = Int(index >> Self.shift)
    if blocks[block].isEmpty { unpack(block) }
    resting[block].changedOn = day
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
      return PackedRows.links(resting[block].packed, place)
    }
    set {
      let index = counter - 1
      let (block, place) = (Int(index >> Self.shift), Int(index & Self.mask))
      if blocks[block].isEmpty {
        resting[block].packed?.links[place] = newValue
      } else {
        blocks[block][place].links = newValue
      }
    }
  }

  @discardableResult
  package mutating func append(_ row: Row) -> UInt32 {
    if count & Self.mask == 0 {
      blocks.append([])
      resting.append(RestingBlock())
      blocks[blocks.count - 1].reserveCapacity(Self.rowsPerBlock)
    }
    blocks[blocks.count - 1].append(row)
    resting[blocks.count - 1].changedOn = day
    count += 1
    return count
  }

  /// All rows in the order of their counters.
  /// - Parameter time: blocks are passed over that rest since before the day of that time.
  package func forEach(changedSince time: Timestamp? = nil, _ body: (UInt32, Row) -> Void) {
    let day = time?.day ?? 0
    var counter: UInt32 = 0
    for (rows, block) in zip(blocks, resting) {
      if let packed = block.packed, block.changedOn < day {
        counter += UInt32(packed.count)
        continue
      }
      block.packed?.forEach { row in
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

  /// As `restored`, by identifier.
  package mutating func restored(
    ofBlock block: Int, in space: UInt32
  ) throws(WireError) -> some Sequence<(id: ID<Kind>, row: Row)> {
    try restored(ofBlock: block).map { (id: ID(space: space, counter: $0.counter), row: $0.row) }
  }
}

// MARK: Packed blocks

extension ChunkedTable {
  /// Out of line: whoever changes what is not packed passes by in a few instructions.
  @inline(never)
  private mutating func unpack(_ block: Int) {
    guard let packed = resting[block].packed else { return }
    resting[block].packed = nil
    blocks[block].reserveCapacity(Self.rowsPerBlock)
    packed.forEach { blocks[block].append($0) }
  }

  /// Blocks that are packed now.
  package var packedCount: Int { resting.count { $0.packed != nil } }

  /// Changes from now on are of this day.
  package mutating func begin(day: UInt32) { self.day = day }

  /// Packs full blocks that nothing has changed on this day or the one before.
  /// - Parameters:
  ///   - block: where to go on; nil once all were looked at.
  ///   - limit: how many blocks may still be packed.
  package mutating func packResting(from block: inout Int?, limit: inout Int) {
    while let next = block, limit > 0 {
      guard Row.isPackedAtRest, next < blocks.count else { return block = nil }
      block = next + 1
      guard blocks[next].count == Self.rowsPerBlock, resting[next].changedOn &+ 1 < day
      else { continue }
      resting[next].packed = PackedRows(blocks[next])
      blocks[next] = []
      limit -= 1
    }
  }

  // MARK: Snapshots

  package var rowBlocks: some Sequence<[Row]> { blocks.indices.lazy.map { rows(ofBlock: $0) } }

  /// Rows with their counters, of one block that came from a snapshot: what is damaged is found here.
  package mutating func restored(
    ofBlock block: Int
  ) throws(WireError) -> some Sequence<(counter: UInt32, row: Row)> {
    let rows = try resting[block].packed?.readAll() ?? Array(blocks[block])
    if resting[block].packed != nil {
      resting[block].changedOn = rows.lazy.map(\.changedAt.day).max() ?? 0
    }
    return counted(rows, ofBlock: block)
  }

  private func rows(ofBlock block: Int) -> [Row] {
    var rows = Array(blocks[block])
    resting[block].packed?.forEach { rows.append($0) }
    return rows
  }

  /// Rows with their counters, of one block. Whoever changes the table while going through all of it goes
  /// block by block: each is read once, and none is held while it is written to.
  package func counted(ofBlock block: Int) -> some Sequence<(counter: UInt32, row: Row)> {
    counted(rows(ofBlock: block), ofBlock: block)
  }

  private func counted(
    _ rows: [Row], ofBlock block: Int
  ) -> some Sequence<(counter: UInt32, row: Row)> {
    zip((UInt32(block) << Self.shift + 1)..., rows).lazy.map { (counter: $0, row: $1) }
  }

  package var blockIndices: Range<Int> { blocks.indices }

  /// The blocks as a snapshot has them.
  package func forEachStoredBlock(_ body: ([UInt8]) throws -> Void) rethrows {
    for (rows, block) in zip(blocks, resting) {
      try body(block.packed?.bytes ?? Binary.encode(Array(rows)))
    }
  }

  /// Takes a block of a snapshot in, as it is where it is full. Whoever restores the table then reads all
  /// blocks once, with `restored(ofBlock:)`.
  package mutating func append(storedBlock bytes: [UInt8]) throws(WireError) {
    let packed = try PackedRows<Row>(stored: bytes)
    if Row.isPackedAtRest, packed.count == Self.rowsPerBlock, count & Self.mask == 0 {
      blocks.append([])
      resting.append(RestingBlock(packed: packed, changedOn: day))
      count += UInt32(packed.count)
    } else {
      for row in try packed.readAll() { append(row) }
    }
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
