extension Journal {
  /// Opens a data directory, or makes one: lock, format, recovery, a new segment.
  ///
  /// - Parameters:
  ///   - directory: its path; everything inside is this module's.
  ///   - restore: gets the newest whole snapshot, if there is one, before any event.
  ///   - replay: gets every later event, in order. A group is handed out only if all of it is whole.
  /// - Throws: a `JournalError`, or whatever the two closures throw, which ends the start.
  package static func open(
    storage: any Storage, directory: String, options: JournalOptions = JournalOptions(),
    restore: (inout SnapshotReader) throws -> Void, replay: (StoredEvent) throws -> Void
  ) throws -> Journal {
    var recovery = try Recovery.begin(
      try LockedDirectory.openOrCreate(storage, directory, options))
    try recovery.settle()
    try recovery.restoreSnapshot(restore)
    try recovery.replay(replay)
    try recovery.cutLastSegment()
    return try start(&recovery, options)
  }

  /// Always starts a new segment, so that nothing is ever appended behind what a crash left.
  private static func start(
    _ recovery: inout Recovery, _ options: JournalOptions
  ) throws(JournalError) -> Journal {
    do throws(StorageError) {
      let segment = try firstSegment(recovery, options)
      var watermark = WatermarkFile(
        try OpenFile(recovery.storage, recovery.layout.watermark, .readWrite),
        slot: recovery.watermark)
      if segment.isMade {
        try watermark.write(
          sequence: recovery.position.sequence, segment: segment.firstSequence, isClean: false)
      }
      return Journal(&recovery, options, segment, watermark)
    } catch { throw JournalError(error) }
  }

  private init(
    _ recovery: inout Recovery, _ options: JournalOptions, _ segment: consuming ActiveSegment,
    _ watermark: consuming WatermarkFile
  ) {
    storage = recovery.storage
    layout = recovery.layout
    storeID = recovery.storeID
    self.options = options
    self.recovery = recovery.report
    self.segment = segment
    self.watermark = watermark
    lock = recovery.takeLock()
    written = recovery.position
    durableSequence = recovery.position.sequence
    groupBytes = recovery.report.replayedBytes
    snapshots = recovery.report.snapshotSequence.map { [$0] } ?? []
    groups = OpenGroups(
      storeID: recovery.storeID, maximumBytes: options.groupBytes, after: recovery.position)
  }

  /// On a full disk nothing can be claimed ahead, or not even a file be made; queries shall be answered all the
  /// same.
  private static func firstSegment(
    _ recovery: borrowing Recovery, _ options: JournalOptions
  ) throws(StorageError) -> ActiveSegment {
    let header = SegmentHeader(
      storeID: recovery.storeID, firstSequence: recovery.position.sequence + 1,
      chain: recovery.position.chain)
    var segment = ActiveSegment(recovery.storage, recovery.layout, header)
    for bytes in [options.preallocationBytes, 0] where !segment.isMade {
      do throws(StorageError) { try segment.make(preallocating: bytes) } catch {
        guard error.isFullBeforeSync else { throw error }
      }
    }
    return segment
  }
}
