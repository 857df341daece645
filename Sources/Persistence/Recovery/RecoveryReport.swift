/// What a start found and did. Whatever is not nil or empty here deserves a line in the log.
package struct RecoveryReport: Sendable {
  /// A tail that a crash tore off a write that nobody was told of: cut from the segment and kept.
  package struct QuarantinedTail: Sendable, Equatable {
    package var file: String
    package var offset: Int
    package var byteCount: Int
    /// Where it is kept now.
    package var copy: String
  }

  /// The directory was made by this start.
  package var isNew = false
  /// The directory was made on a simulated clock.
  package var isSimulated = false
  /// The last run ended with a clean stop.
  package var wasClean = false
  package var snapshotSequence: UInt64?
  package var lastSequence: UInt64 = 0
  package var replayedEvents = 0
  package var replayedGroups = 0
  package var replayedBytes = 0
  package var quarantined: [QuarantinedTail] = []
  /// Snapshots newer than the one used, and what is wrong with each.
  package var damagedSnapshots: [JournalError] = []
  package var removedTemporaryFiles = 0

  /// Loud news: the start succeeded, but the newest snapshot is broken.
  package var usedOlderSnapshot: Bool { !damagedSnapshots.isEmpty }
}
