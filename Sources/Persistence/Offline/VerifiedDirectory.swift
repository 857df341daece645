/// A data directory whose bytes were checked. It stays locked, so that no service starts on it before its
/// contents are looked at, too.
package struct VerifiedDirectory: ~Copyable {
  package let findings: [DataDirectory.Finding]
  package let counts: DataDirectory.Counts
  let directory: LockedDirectory

  /// - Throws: what a start would refuse at once.
  package consuming func recovery() throws(JournalError) -> OfflineRecovery {
    OfflineRecovery(try Recovery.begin(directory))
  }
}

/// Hands out what a start would restore, and changes nothing.
package struct OfflineRecovery: ~Copyable {
  private var recovery: Recovery

  init(_ recovery: consuming Recovery) { self.recovery = recovery }

  /// Of the last thing restored.
  package var report: RecoveryReport { recovery.report }

  /// The file in which an event is looked for.
  package func segment(holding sequence: UInt64) -> String? {
    recovery.segments.last { $0 <= sequence }.map { recovery.layout.segment($0) }
  }

  package func snapshot(at sequence: UInt64) -> String { recovery.layout.snapshot(sequence) }

  /// As a start does: the newest snapshot that is whole, then every event after it.
  package mutating func restoreNewest(
    restore: (inout SnapshotReader) throws -> Void, replay: (StoredEvent) throws -> Void
  ) throws {
    try recovery.restoreSnapshot(restore)
    try recovery.replay(replay)
  }

  /// The same from as far back as the journal reaches, to compare: every event there is, after the oldest
  /// snapshot where the first events are gone. False, and nothing handed out, where nothing is older than the
  /// snapshot that `restoreNewest` took.
  package mutating func restoreOldest(
    restore: (inout SnapshotReader) throws -> Void, replay: (StoredEvent) throws -> Void
  ) throws -> Bool {
    guard try recovery.restoreOldest(restore) else { return false }
    try recovery.replay(replay)
    return true
  }
}
