import CampaignEngine
import Persistence
import Wire

/// A data directory looked at while no service runs on it: its bytes, and whether what they say adds up. Nothing in
/// it changes.
package struct DirectoryAudit: Sendable {
  /// What the state holds that a start would find.
  package struct Contents: Sendable, Equatable {
    package var sequence: UInt64
    package var guests: Int
    package var executions: Int
    package var messages: Int
  }

  package private(set) var findings: [DataDirectory.Finding]
  package let counts: DataDirectory.Counts
  /// Nil where no state could be restored; then a finding says why.
  package private(set) var contents: Contents?
  /// What does not hold in the ledger.
  package private(set) var faults: [String] = []
  /// The snapshot from which, or 0 for the first event, a second replay was compared with the newest
  /// snapshot; nil where the journal reaches back no further than that.
  package private(set) var comparedFrom: UInt64?

  package var isDamaged: Bool { findings.contains { $0.severity == .damage } }

  /// Nil where it could not be looked at.
  package var reconciles: Bool? { contents == nil ? nil : faults.isEmpty }

  /// - Throws: where the directory cannot be looked at: in use, not private, of a newer format.
  package init(storage: any Storage, directory: String) throws {
    let verified = try DataDirectory.verify(storage: storage, directory: directory)
    (findings, counts) = (verified.findings, verified.counts)
    do {
      var recovery = try verified.recovery()
      do {
        let blocks = try checkLedger(&recovery)
        try compare(blocks, &recovery)
      } catch let error as UnreadableData {
        record(error, recovery)
      }
    } catch let error as JournalError where error.isDamage {
      record(error)
    }
  }

  /// Returns what the state is made of, so that only one state at a time is in memory.
  private mutating func checkLedger(_ recovery: inout OfflineRecovery) throws -> StateBlocks {
    var state = State()
    try recovery.restoreNewest(
      restore: { state = try State(restoring: &$0) },
      replay: { try state.replay($0, payload: Array($0.payload)) })
    let counts = SystemInfo.Counts(state)
    contents = Contents(
      sequence: recovery.report.lastSequence, guests: counts.guests,
      executions: counts.executions, messages: counts.messages)
    faults = state.checkInvariants()
    return try StateBlocks(state)
  }

  /// A snapshot is the state that its events lead to, so a replay of older events must come to the same.
  private mutating func compare(
    _ blocks: StateBlocks, _ recovery: inout OfflineRecovery
  ) throws {
    let newest = recovery.report.snapshotSequence ?? 0
    var state = State()
    let isOlder = try recovery.restoreOldest(
      restore: { state = try State(restoring: &$0) },
      replay: { try state.replay($0, payload: Array($0.payload)) })
    guard isOlder else { return }
    let oldest = recovery.report.snapshotSequence ?? 0
    comparedFrom = oldest
    guard let difference = try StateBlocks(state).difference(from: blocks) else { return }
    let origin = oldest == 0 ? "event 1" : "the snapshot at event \(oldest)"
    faults.append(
      "the snapshot at event \(newest) leads to another state than the events from \(origin) on: \(difference)"
    )
  }

  /// Most damage has been found already, at the same place.
  private mutating func record(_ error: JournalError) {
    let isKnown = findings.contains {
      $0.error.file == error.file && $0.error.offset == error.offset
    }
    if !isKnown { findings.append(DataDirectory.Finding(severity: .damage, error: error)) }
  }

  private mutating func record(_ error: UnreadableData, _ recovery: borrowing OfflineRecovery) {
    let isEvent = error.part == .event
    record(
      JournalError(
        isEvent ? .journalDamaged : .snapshotDamaged,
        file: isEvent
          ? recovery.segment(holding: error.sequence) : recovery.snapshot(at: error.sequence),
        sequence: error.sequence, error.description))
  }
}

extension JournalError {
  /// Rather than a disk that fails, or a format that is too new.
  fileprivate var isDamage: Bool { kind == .journalDamaged || kind == .snapshotDamaged }
}

/// The blocks of a state's snapshot as digests: enough to compare two states, a hundredth of their size.
private struct StateBlocks {
  private var tags: [SnapshotTag] = []
  private var digests: [[UInt8]] = []

  init(_ state: State) throws {
    try state.encodeSnapshot { tag, payload in
      tags.append(tag)
      digests.append(payload.withUnsafeBytes { Self.digest(of: $0) })
    }
  }

  private static func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// Where the two come apart; nil if they are equal byte for byte.
  func difference(from other: StateBlocks) -> String? {
    for (index, tag) in tags.enumerated() {
      guard index < other.tags.count, other.tags[index] == tag,
        other.digests[index] == digests[index]
      else { return "block \(index), \(tag), differs" }
    }
    return tags.count == other.tags.count ? nil : "block \(tags.count) is missing"
  }
}
