/// How far back what is on disk reaches: an erasure is done only once nothing older is left.
package struct StoredPast: Sendable, Equatable {
  /// First event of the oldest segment.
  package var oldestEvent: UInt64
  /// Newest event of the oldest snapshot, whole or damaged.
  package var oldestSnapshot: UInt64?
  /// Tails that a start has cut off and kept.
  package var hasQuarantine: Bool
}

extension Journal {
  package func storedPast() throws(JournalError) -> StoredPast {
    do throws(StorageError) {
      let segments = try storage.list(layout.journal)
        .compactMap { DataLayout.sequence(in: $0, suffix: DataLayout.segmentSuffix) }
      let snapshots = try storage.list(layout.snapshots)
        .compactMap { DataLayout.sequence(in: $0, suffix: DataLayout.snapshotSuffix) }
      return StoredPast(
        oldestEvent: segments.min() ?? segment.firstSequence, oldestSnapshot: snapshots.min(),
        hasQuarantine: try !storage.list(layout.quarantine).isEmpty)
    } catch { throw JournalError(error, isFinal: false) }
  }

  /// Deletes all that is older than the newest snapshot. Where a snapshot that was to do this could
  /// not, for a file that did not let itself be deleted, this is the next attempt.
  package mutating func deletePast() throws(JournalError) {
    guard let newest = snapshots.last else { return }
    snapshots = [newest]
    try deleteOld(before: newest + 1, withQuarantine: true)
  }
}
