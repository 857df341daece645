/// Rows of one kind, by identifier: the one place where an identifier becomes a place. Of these kinds an
/// owner has few, so they stand in one array; of what there are many, see `ChunkedTable`.
package struct Table<Kind: IdentifiedKind, Row: Sendable>: Sendable {
  /// In the order of their counters.
  package private(set) var rows: [Row] = []

  package init() {}

  package init(_ rows: [Row]) { self.rows = rows }

  package var count: UInt32 { UInt32(rows.count) }
  /// The counter that the next row will get.
  package var nextCounter: UInt32 { count + 1 }
  package var counters: Range<UInt32> { 1..<nextCounter }

  /// Those of the rows, in a space that their owner knows.
  package func ids(in space: UInt32) -> some Sequence<ID<Kind>> {
    counters.lazy.map { ID(space: space, counter: $0) }
  }

  /// The rows with their identifiers, as they are now.
  package func identified(in space: UInt32) -> some Sequence<(id: ID<Kind>, row: Row)> {
    zip(ids(in: space), rows).lazy.map { (id: $0, row: $1) }
  }

  /// A table of what is told of each row.
  package func derived<Other>(_ tell: (Row) -> Other) -> Table<Kind, Other> {
    Table<Kind, Other>(rows.map(tell))
  }

  package func firstID(in space: UInt32, where isMeant: (Row) -> Bool) -> ID<Kind>? {
    rows.firstIndex(where: isMeant).map { ID(space: space, counter: UInt32($0 + 1)) }
  }

  /// Whether there is a row for an identifier that came from outside.
  package func contains(_ id: ID<Kind>) -> Bool { id.counter >= 1 && id.counter <= count }

  @inline(__always)
  package subscript(id: ID<Kind>) -> Row {
    _read { yield rows[Int(id.counter) - 1] }
    _modify { yield &rows[Int(id.counter) - 1] }
  }

  @inline(__always)
  package subscript(counter counter: UInt32) -> Row {
    _read { yield rows[Int(counter) - 1] }
    _modify { yield &rows[Int(counter) - 1] }
  }

  @discardableResult
  package mutating func append(_ row: Row) -> UInt32 {
    rows.append(row)
    return count
  }

  package mutating func append(contentsOf rows: [Row]) { self.rows += rows }
}

extension Table: Equatable where Row: Equatable {}

extension Table where Kind == SenderKind {
  package var ids: some Sequence<SenderID> { ids(in: 0) }
  package var identified: some Sequence<(id: SenderID, row: Row)> { identified(in: 0) }
}

/// A project owns the space whose number is one less than its own.
extension Table where Kind == ProjectKind {
  package var spaces: Range<UInt32> { 0..<count }

  @inline(__always)
  package subscript(space: UInt32) -> Row {
    _read { yield self[counter: space + 1] }
    _modify { yield &self[counter: space + 1] }
  }

  /// The project that owns a row.
  @inline(__always)
  package subscript<Owned>(of id: ID<Owned>) -> Row {
    _read { yield self[id.space] }
    _modify { yield &self[id.space] }
  }
}
