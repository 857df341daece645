/// The durable log of events.
///
/// One owner, one thread. Events are appended to an open group in memory; `commit` writes the group and makes
/// it durable; only then may anything that depends on it leave the process.
///
/// ```swift
/// guard journal.ensureReserve() else { … refuse the command: storage_full … }
/// for event in events { journal.append(type: event.type, version: 1, payload: event.bytes) }
/// journal.endCommand()                       // … more commands …
/// try journal.commit()                       // one write, one sync
/// // Now replies up to `journal.releasableSequence` may go.
/// ```
///
/// A storage error is final, with one exception: a disk that is full at a write, before anything was synced.
/// Then the group is kept and `commit` may be called again. After any other error the journal refuses
/// everything, and what was not yet durable has an unknown outcome: the process must end and start again.
/// A failed sync is never repeated, since Linux reports a lost write once and then says yes.
package struct Journal: ~Copyable, Sendable {
  let storage: any Storage
  let layout: DataLayout
  let options: JournalOptions
  let storeID: StoreID
  /// Nil once closed.
  var lock: OpenFile?
  var segment: ActiveSegment
  var watermark: WatermarkFile
  var groups: OpenGroups

  /// The last event written, and the checksum of its group.
  var written: JournalPosition
  /// The last event known durable: what may be acknowledged.
  package internal(set) var durableSequence: UInt64
  /// Why nothing works any more; nil while all is well.
  package internal(set) var failure: JournalError?
  /// What the start found.
  package let recovery: RecoveryReport

  /// Snapshots known to be whole, oldest first.
  var snapshots: [UInt64]
  var snapshotInProgress: SnapshotTicket?
  /// Bytes of groups that this journal replayed or wrote, and how many of them the newest snapshot covers.
  var groupBytes: Int
  var groupBytesInSnapshot = 0

  /// The last event appended.
  package var lastSequence: UInt64 { groups.lastSequence }

  /// The last event whose consequences may leave the process: durable, or only written where the owner chose
  /// to sync at an interval.
  package var releasableSequence: UInt64 {
    guard failure == nil else { return durableSequence }
    return options.syncPolicy == .always ? durableSequence : written.sequence
  }

  /// What a start would have to replay.
  package var bytesSinceSnapshot: Int { groupBytes - groupBytesInSnapshot + groups.bytes.count }

  /// What the next commit would write.
  package var openBytes: Int { groups.bytes.count }

  /// Whether the space claimed ahead suffices for one more command; claims more where it does not.
  ///
  /// Asked before each command, so that a full disk refuses a command before it changes anything. Costs a
  /// comparison while there is enough, and comes back by itself when there is space again.
  package mutating func ensureReserve() -> Bool {
    guard failure == nil, makeSegment() else { return false }
    let end = segment.position + groups.bytes.count
    if segment.reservedEnd - end >= options.reserveBytes { return true }
    for claim in [max(options.preallocationBytes, options.reserveBytes), options.reserveBytes] {
      // A failure to claim space loses nothing; the answer is no.
      if (try? segment.preallocate(to: end + claim)) != nil { return true }
    }
    return false
  }

  /// A start on a full disk has no segment to write to: it is made once there is room.
  private mutating func makeSegment() -> Bool {
    if segment.isMade { return true }
    do throws(StorageError) { try segment.make(preallocating: options.reserveBytes) } catch {
      if !error.isFullBeforeSync { failure = JournalError(error, sequence: durableSequence) }
      return false
    }
    return true
  }

  /// Adds one event to the open group and returns its sequence. Memory only.
  @discardableResult
  package mutating func append(type: UInt16, version: UInt16, payload: [UInt8]) -> UInt64 {
    groups.append(type: type, version: version, payload: payload)
  }

  /// Marks the end of a command: a group never ends inside one.
  package mutating func endCommand() {
    groups.endCommand(durableThrough: durableSequence)
  }

  /// Writes the open group and, unless the owner syncs at an interval, makes it durable. Nothing happens if it
  /// is empty.
  package mutating func commit() throws(JournalError) {
    precondition(!groups.isInsideCommand, "The journal was committed inside a command.")
    if let failure { throw failure }
    guard !groups.isEmpty else { return }
    groups.seal(durableThrough: durableSequence)
    guard !groups.isOversized else {
      throw fail(
        JournalError(
          .limitExceeded, sequence: groups.lastSequence,
          "One command wrote more than \(options.groupBytes) bytes of events."))
    }
    try rollIfFull()
    do throws(StorageError) { try segment.write(groups.bytes) } catch {
      throw error.isFullBeforeSync
        ? JournalError(error, isFinal: false, sequence: lastSequence) : fail(error)
    }
    groupBytes += groups.bytes.count
    groups.clear()
    written = JournalPosition(sequence: groups.lastSequence, chain: groups.chain)
    if options.syncPolicy == .always { try sync() }
  }

  /// Makes everything written durable.
  package mutating func sync() throws(JournalError) {
    if let failure { throw failure }
    guard durableSequence < written.sequence else { return }
    do throws(StorageError) { try segment.sync() } catch { throw fail(error) }
    durableSequence = written.sequence
  }

  /// Notes how far the journal is durable, if that has moved. To be called about once a second: it is what
  /// tells damage of the last acknowledged group from a torn write.
  package mutating func writeWatermark() throws(JournalError) {
    if let failure { throw failure }
    guard watermark.slot.sequence != durableSequence else { return }
    try writeWatermark(isClean: false)
  }

  /// Ends the journal. `clean` commits and notes that nothing follows; otherwise it stops as a kill would.
  package mutating func close(clean: Bool) throws(JournalError) {
    if clean {
      try commit()
      try sync()
      do throws(StorageError) { try segment.finish() } catch { throw fail(error) }
      try writeWatermark(isClean: true)
    }
    if failure == nil { failure = JournalError(.closed, "The journal is closed.") }
    lock = nil
  }

  mutating func writeWatermark(isClean: Bool) throws(JournalError) {
    // It may name only a segment that is there.
    let newest = segment.isMade ? segment.firstSequence : watermark.slot.segment
    do throws(StorageError) {
      try watermark.write(sequence: durableSequence, segment: newest, isClean: isClean)
    } catch {
      throw error.isFullBeforeSync ? JournalError(error, isFinal: false) : fail(error)
    }
  }

  mutating func fail(_ error: StorageError) -> JournalError {
    fail(JournalError(error, sequence: durableSequence))
  }

  mutating func fail(_ error: JournalError) -> JournalError {
    failure = error
    return error
  }
}

/// A place between two groups.
struct JournalPosition: Sendable, Equatable {
  var sequence: UInt64
  /// The checksum of the group that ends here.
  var chain: UInt32
}
