/// The kept segments, read on any thread while the journal goes on. Whoever reads asks only for
/// events that were durable by then, so a group that is just being written does no harm.
package struct JournalPast: Sendable {
  /// The beginning of a group.
  package struct Place: Sendable {
    let segment: UInt64
    let offset: Int
    let position: JournalPosition
  }

  let storage: any Storage
  let layout: DataLayout
  let storeID: StoreID

  /// Hands out whole groups in order, until the body says no or there are no more.
  ///
  /// - Parameters:
  ///   - place: of the first group; nil for the first one of the segment that holds the event.
  ///   - body: gets the place of each group.
  package func forEachGroup(
    from place: Place?, holding sequence: UInt64,
    _ body: (Place, [StoredEvent]) throws -> Bool
  ) throws {
    let segments = try segments()
    let first = place?.segment ?? segments.last { $0 <= sequence }
    guard let first, let index = segments.firstIndex(of: first) else {
      throw JournalError(
        .storageFailed, sequence: sequence, isFinal: false,
        "The segment with event \(sequence) is no longer there.")
    }
    var end: JournalPosition?
    for segment in segments[index...] {
      var reader = try SegmentReader.open(
        storage, layout, firstSequence: segment, storeID: storeID)
      if let place, segment == place.segment { reader.go(to: place.offset, after: place.position) }
      guard end == nil || end == reader.position else {
        throw JournalError.damaged(
          reader.path, offset: 40, sequence: segment,
          "The segment does not continue the one before it.")
      }
      while true {
        let here = Place(segment: segment, offset: reader.offset, position: reader.position)
        guard case .group(let events) = try reader.next() else { break }
        guard try body(here, events) else { return }
      }
      end = reader.position
    }
  }

  /// The event with which the kept segments begin, and the first block of the snapshot that ends
  /// just before it; no block for the first event of all. Nil where nothing leads on from a
  /// snapshot.
  package func beginning() throws(JournalError) -> (sequence: UInt64, block: [UInt8]?)? {
    guard let first = try segments().first else { return nil }
    if first == 1 { return (1, nil) }
    let snapshots = try reportingStorage { () throws(StorageError) in
      try storage.list(layout.snapshots)
    }.compactMap { DataLayout.sequence(in: $0, suffix: DataLayout.snapshotSuffix) }
    for sequence in snapshots where sequence + 1 >= first {
      do throws(JournalError) {
        var reader = try SnapshotReader.open(storage, layout, sequence: sequence, storeID: storeID)
        if let block = try reader.next() { return (sequence + 1, Array(block.payload)) }
      } catch {
        guard error.kind == .snapshotDamaged else { throw error }
      }
    }
    return nil
  }

  private func segments() throws(JournalError) -> [UInt64] {
    try reportingStorage { () throws(StorageError) in try storage.list(layout.journal) }
      .compactMap { DataLayout.sequence(in: $0, suffix: DataLayout.segmentSuffix) }
  }
}

extension Journal {
  package var past: JournalPast { JournalPast(storage: storage, layout: layout, storeID: storeID) }
}
