extension Journal {
  /// Commits what is open and starts a new segment, so that a snapshot of the state as it is now, at
  /// `lastSequence`, can be written beside. The ticket goes to another thread and comes back through
  /// `snapshotFinished` or `snapshotFailed`. Nil while another snapshot is being written, or where nothing
  /// has happened since the newest.
  package mutating func beginSnapshot() throws(JournalError) -> SnapshotTicket? {
    try commit()
    try sync()
    guard snapshotInProgress == nil, written.sequence > (snapshots.last ?? 0) else { return nil }
    // A snapshot always comes with the segment that begins after it.
    do throws(StorageError) { try segment.make(preallocating: 0) } catch {
      throw error.isFullBeforeSync ? JournalError(error, isFinal: false) : fail(error)
    }
    if !segment.isEmpty { try roll() }
    let ticket = SnapshotTicket(
      storage: storage, layout: layout, groupBytes: groupBytes,
      header: SnapshotHeader(
        storeID: storeID, sequence: written.sequence, chain: written.chain))
    snapshotInProgress = ticket
    return ticket
  }

  /// Gives the snapshot up. Old files are as they were.
  package mutating func snapshotFailed() { snapshotInProgress = nil }

  /// Counts the snapshot, then deletes what is no longer needed, oldest first: all but the newest two whole
  /// snapshots, and the segments before the older of them.
  ///
  /// - Parameters:
  ///   - generations: 1 to keep nothing older than this snapshot, which an erasure needs. Cut tails go too.
  ///   - oldestEvent: events from here on stay, though no snapshot needs them.
  /// - Throws: an error that is not final if something could not be deleted; the next snapshot tries again.
  package mutating func snapshotFinished(
    _ snapshot: VerifiedSnapshot, keeping generations: Int = 2,
    eventsFrom oldestEvent: UInt64 = .max
  ) throws(JournalError) {
    if let ticket = snapshotInProgress, ticket.sequence == snapshot.sequence {
      groupBytesInSnapshot = ticket.groupBytes
    }
    snapshotInProgress = nil
    snapshots.removeAll { $0 >= snapshot.sequence }
    snapshots.append(snapshot.sequence)
    guard snapshots.count >= generations, let oldest = snapshots.suffix(max(1, generations)).first
    else { return }
    snapshots.removeAll { $0 < oldest }
    try deleteOld(before: min(oldest + 1, oldestEvent), withQuarantine: generations == 1)
  }

  func deleteOld(before sequence: UInt64, withQuarantine: Bool) throws(JournalError) {
    do throws(StorageError) {
      try deleteSnapshots()
      try deleteSegments(before: sequence)
      if withQuarantine { try deleteAll(in: layout.quarantine) }
    } catch {
      throw JournalError(error, isFinal: false)
    }
  }

  /// Deletes every snapshot that is not one of the whole ones, a damaged one included.
  private func deleteSnapshots() throws(StorageError) {
    var hasChanged = false
    for name in try storage.list(layout.snapshots) {
      guard let sequence = DataLayout.sequence(in: name, suffix: DataLayout.snapshotSuffix),
        !snapshots.contains(sequence)
      else { continue }
      try storage.unlink(layout.snapshot(sequence))
      hasChanged = true
    }
    if hasChanged { try storage.syncDirectory(layout.snapshots) }
  }

  /// Deletes the segments whose events all come before a sequence.
  private func deleteSegments(before sequence: UInt64) throws(StorageError) {
    let segments = try storage.list(layout.journal)
      .compactMap { DataLayout.sequence(in: $0, suffix: DataLayout.segmentSuffix) }
    var hasChanged = false
    for (first, next) in zip(segments, segments.dropFirst()) where next <= sequence {
      try storage.unlink(layout.segment(first))
      hasChanged = true
    }
    if hasChanged { try storage.syncDirectory(layout.journal) }
  }

  private func deleteAll(in folder: String) throws(StorageError) {
    let names = try storage.list(folder)
    for name in names { try storage.unlink(folder + "/" + name) }
    if !names.isEmpty { try storage.syncDirectory(folder) }
  }
}
