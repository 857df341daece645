/// Finds the newest whole state in a data directory. Every step may be interrupted and repeated. Restoring and
/// replaying only read; `settle` and `cutLastSegment` write.
struct Recovery: ~Copyable {
  private var directory: LockedDirectory
  let watermark: WatermarkSlot
  /// First sequences, in order.
  let segments: [UInt64]
  private(set) var report = RecoveryReport()
  private(set) var position: JournalPosition
  /// Where the content of the last segment ends, and whether anything stands behind it.
  private var end: (offset: Int, isCut: Bool)?
  /// What a crash tore there.
  private var tornTail: Range<Int>?

  var storage: any Storage { directory.storage }
  var layout: DataLayout { directory.layout }
  var storeID: StoreID { directory.format.storeID }

  private init(
    _ directory: consuming LockedDirectory, _ watermark: WatermarkSlot, _ segments: [UInt64]
  ) {
    position = JournalPosition(sequence: 0, chain: directory.format.storeID.firstChain)
    report.isNew = directory.isNew
    report.isSimulated = directory.format.isSimulated
    report.wasClean = watermark.isClean
    self.watermark = watermark
    self.segments = segments
    self.directory = directory
  }

  static func begin(_ directory: consuming LockedDirectory) throws(JournalError) -> Recovery {
    let watermark = try directory.readWatermark()
    let segments = try directory.segments()
    guard (segments.last ?? 0) >= watermark.segment else {
      throw .damaged(
        directory.layout.segment(watermark.segment), offset: 0, sequence: watermark.segment,
        "The newest segment is missing.")
    }
    return Recovery(directory, watermark, segments)
  }

  /// Makes sure that what will be read is on disk, and that it is the disk which is read: after a kill, records
  /// may be readable that are only in the cache, and after a failed sync the cache may show records that are
  /// lost.
  mutating func settle() throws(JournalError) {
    do throws(StorageError) {
      if let last = segments.last {
        let file = try OpenFile(storage, layout.segment(last), .readWrite)
        try file.sync()
        file.dropFromCache()
      }
      for folder in layout.folders + [layout.root] { try storage.syncDirectory(folder) }
      try deleteTemporaryFiles()
    } catch { throw JournalError(error) }
  }

  private mutating func deleteTemporaryFiles() throws(StorageError) {
    var paths = [layout.format, layout.watermark].map { $0 + DataLayout.temporarySuffix }
    for folder in layout.folders {
      for name in try storage.list(folder) where name.hasSuffix(DataLayout.temporarySuffix) {
        paths.append(folder + "/" + name)
      }
    }
    for path in paths where try storage.attributes(path) != nil {
      try storage.unlink(path)
      report.removedTemporaryFiles += 1
    }
  }

  /// Hands out the newest snapshot that is whole.
  mutating func restoreSnapshot(
    _ restore: (inout SnapshotReader) throws -> Void
  ) throws {
    for sequence in try directory.snapshots().reversed() {
      if try restoreSnapshot(sequence, restore) { return }
    }
  }

  /// Goes back to the oldest place from which the segments lead on: before the first event, or a snapshot
  /// that is older than the one that was restored. False where there is none.
  mutating func restoreOldest(
    _ restore: (inout SnapshotReader) throws -> Void
  ) throws -> Bool {
    guard let newest = report.snapshotSequence, let first = segments.first else { return false }
    position = JournalPosition(sequence: 0, chain: storeID.firstChain)
    report = RecoveryReport()
    if first == 1 { return true }
    for sequence in try directory.snapshots() where sequence < newest && first <= sequence + 1 {
      if try restoreSnapshot(sequence, restore) { return true }
    }
    return false
  }

  /// It is read twice, first to check it, so that nothing of a damaged one ever reaches the state. False if it
  /// is damaged.
  private mutating func restoreSnapshot(
    _ sequence: UInt64, _ restore: (inout SnapshotReader) throws -> Void
  ) throws -> Bool {
    do throws(JournalError) {
      var check = try SnapshotReader.open(storage, layout, sequence: sequence, storeID: storeID)
      _ = try check.readToEnd()
    } catch {
      guard error.kind == .snapshotDamaged else { throw error }
      report.damagedSnapshots.append(error)
      return false
    }
    var reader = try SnapshotReader.open(storage, layout, sequence: sequence, storeID: storeID)
    position = JournalPosition(sequence: sequence, chain: reader.chain)
    report.snapshotSequence = sequence
    try restore(&reader)
    return true
  }

  /// Hands out every event after the snapshot, a group at a time, each checked as a whole before.
  mutating func replay(_ body: (StoredEvent) throws -> Void) throws {
    let needed = segments.filter { $0 > position.sequence }
    // A snapshot always comes with the segment that begins after it; without one there must be the first.
    guard let first = needed.first ?? (isUntouched ? position.sequence + 1 : nil),
      first == position.sequence + 1
    else { throw missing(from: position.sequence + 1, before: needed.first) }
    for segment in needed {
      guard segment == position.sequence + 1 else {
        throw missing(from: position.sequence + 1, before: segment)
      }
      try replay(segment: segment, isLast: segment == segments.last, body)
    }
    guard position.sequence >= watermark.sequence else {
      throw JournalError.damaged(
        layout.segment(needed.last ?? 1), offset: end?.offset ?? 0,
        sequence: position.sequence + 1,
        "Durable data is missing: the journal ends at \(position.sequence), the watermark says"
          + " \(watermark.sequence).")
    }
    report.lastSequence = position.sequence
  }

  /// No event was ever written: a new directory, or one whose first start was interrupted.
  private var isUntouched: Bool {
    segments.isEmpty && watermark.sequence == 0 && report.snapshotSequence == nil
      && report.damagedSnapshots.isEmpty
  }

  private mutating func replay(
    segment: UInt64, isLast: Bool, _ body: (StoredEvent) throws -> Void
  ) throws {
    var reader = try SegmentReader.open(storage, layout, firstSequence: segment, storeID: storeID)
    guard reader.position == position else {
      throw JournalError.damaged(
        reader.path, offset: 40, sequence: segment,
        "The segment does not continue the one before it.")
    }
    reading: while true {
      switch try reader.next() {
      case .group(let events):
        for event in events { try body(event) }
        report.replayedEvents += events.count
        report.replayedGroups += 1
      case .end:
        end = (reader.offset, reader.endsEarly)
        break reading
      case .damaged(let reason):
        if let error = try reader.judgeTail(reason, isLast: isLast, watermark) { throw error }
        tornTail = reader.offset..<(try reader.contentEnd())
        end = (reader.offset, true)
        break reading
      }
    }
    report.replayedBytes += reader.offset - SegmentHeader.byteCount
    position = reader.position
  }

  private func missing(from first: UInt64, before next: UInt64?) -> JournalError {
    let range = next.map { "\(first) to \($0 - 1)" } ?? "from \(first) on"
    var message = "The segment with events \(range) is missing."
    if !report.damagedSnapshots.isEmpty {
      message += " It is needed because no newer snapshot is whole: "
      message += report.damagedSnapshots.map(\.description).joined(separator: "; ")
    }
    return .damaged(layout.segment(first), offset: 0, sequence: first, message)
  }

  /// Cuts what stands after the last group: space claimed ahead, or a torn tail, which is kept.
  mutating func cutLastSegment() throws(JournalError) {
    guard let last = segments.last, let end, end.isCut else { return }
    if let tornTail { try keep(tornTail, of: last) }
    do throws(StorageError) {
      let file = try OpenFile(storage, layout.segment(last), .readWrite)
      try file.truncate(to: end.offset)
      try file.sync()
    } catch { throw JournalError(error) }
  }

  /// Copies a torn tail into the quarantine, durably, before anything is cut.
  private mutating func keep(_ tail: Range<Int>, of segment: UInt64) throws(JournalError) {
    do throws(StorageError) {
      var attempt = 1
      var copy = layout.tail(segment, offset: tail.lowerBound, attempt: attempt)
      while try storage.attributes(copy) != nil {
        attempt += 1
        copy = layout.tail(segment, offset: tail.lowerBound, attempt: attempt)
      }
      let source = try OpenFile(storage, layout.segment(segment), .read)
      var target = try OpenFile(storage, copy + DataLayout.temporarySuffix, .createNew)
      var done = 0
      while done < tail.count {
        let bytes = try source.read(
          count: min(Limits.readBytes, tail.count - done), at: tail.lowerBound + done)
        guard !bytes.isEmpty else { break }
        try target.write(bytes[...], at: done)
        done += bytes.count
      }
      try target.sync()
      try target.rename(to: copy)
      try storage.syncDirectory(layout.quarantine)
      report.quarantined.append(
        RecoveryReport.QuarantinedTail(
          file: source.path, offset: tail.lowerBound, byteCount: tail.count, copy: copy))
    } catch { throw JournalError(error) }
  }

  /// Hands the lock over to the journal that goes on from here.
  mutating func takeLock() -> OpenFile? { directory.lock.take() }
}
