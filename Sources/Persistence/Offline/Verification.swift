/// One walk through all files of a data directory that goes on after damage, to list all of it.
struct Verification: ~Copyable {
  private let directory: LockedDirectory
  private var findings: [DataDirectory.Finding] = []
  private var counts = DataDirectory.Counts()
  private var watermark: WatermarkSlot?
  /// What the segments say about the places between them, to compare the snapshots with.
  private var chains: [UInt64: UInt32] = [:]

  private var layout: DataLayout { directory.layout }
  private var storage: any Storage { directory.storage }
  private var storeID: StoreID { directory.format.storeID }

  init(_ directory: consuming LockedDirectory) { self.directory = directory }

  mutating func run() throws(JournalError) {
    try checkNames()
    try checkWatermark()
    let segments = try directory.segments()
    counts.segments = segments.count
    try checkSegments(segments)
    try checkSnapshots(segments)
  }

  consuming func finish() -> VerifiedDirectory {
    VerifiedDirectory(findings: findings, counts: counts, directory: directory)
  }

  private mutating func damage(_ error: JournalError) {
    findings.append(DataDirectory.Finding(severity: .damage, error: error))
  }

  private mutating func notice(_ file: String, offset: Int? = nil, _ message: String) {
    findings.append(
      DataDirectory.Finding(
        severity: .notice, error: JournalError(.journalDamaged, file: file, offset: offset, message)
      ))
  }

  private mutating func checkNames() throws(JournalError) {
    let kinds = [
      (layout.journal, DataLayout.segmentSuffix), (layout.snapshots, DataLayout.snapshotSuffix),
    ]
    for (folder, suffix) in kinds {
      let names: [String]
      do throws(StorageError) { names = try storage.list(folder) } catch {
        guard error.isMissing else { throw JournalError(error) }
        notice(folder, "The folder is missing.")
        continue
      }
      for name in names where DataLayout.sequence(in: name, suffix: suffix) == nil {
        notice(folder + "/" + name, "This file is not part of the store; a start ignores it.")
      }
    }
  }

  private mutating func checkWatermark() throws(JournalError) {
    do throws(JournalError) {
      watermark = try directory.readWatermark()
      var window = try FileWindow.open(storage, layout.watermark)
      for offset in [0, WatermarkSlot.byteCount] {
        let slot = WatermarkSlot(try window.read(WatermarkSlot.byteCount, at: offset))
        if slot?.storeID != storeID || slot?.offset != offset {
          notice(layout.watermark, offset: offset, "One of the two slots is damaged or was torn.")
        }
      }
    } catch { try record(error) }
  }

  private mutating func checkSegments(_ segments: [UInt64]) throws(JournalError) {
    var position: JournalPosition?
    for segment in segments {
      do throws(JournalError) {
        position = try checkSegment(segment, after: position, isLast: segment == segments.last)
      } catch {
        try record(error)
        position = nil
      }
    }
    guard let watermark else { return }
    if watermark.segment > (segments.last ?? 0) {
      damage(
        .damaged(
          layout.segment(watermark.segment), offset: 0, sequence: watermark.segment,
          "The newest segment is missing."))
    } else if let position, position.sequence < watermark.sequence {
      damage(
        .damaged(
          layout.segment(segments.last ?? 1), offset: 0, sequence: position.sequence + 1,
          "The journal ends at \(position.sequence), the watermark says \(watermark.sequence)."))
    }
  }

  private mutating func checkSegment(
    _ segment: UInt64, after previous: JournalPosition?, isLast: Bool
  ) throws(JournalError) -> JournalPosition {
    var reader = try SegmentReader.open(storage, layout, firstSequence: segment, storeID: storeID)
    if let previous, previous != reader.position {
      damage(
        .damaged(
          reader.path, offset: 40, sequence: previous.sequence + 1,
          "The segment does not continue the one before it."))
    }
    chains[reader.position.sequence] = reader.position.chain
    while true {
      switch try reader.next() {
      case .group(let events): counts.events += events.count
      case .end: return reader.position
      case .damaged(let reason):
        let unknown = WatermarkSlot(
          storeID: storeID, generation: 0, sequence: 0, segment: 0, isClean: false)
        if let error = try reader.judgeTail(reason, isLast: isLast, watermark ?? unknown) {
          throw error
        }
        notice(
          reader.path, offset: reader.offset, "The last write was torn. A start cuts it off.")
        return reader.position
      }
    }
  }

  private mutating func checkSnapshots(_ segments: [UInt64]) throws(JournalError) {
    var oldest: UInt64?
    for sequence in try directory.snapshots() {
      counts.snapshots += 1
      do throws(JournalError) {
        var reader = try SnapshotReader.open(storage, layout, sequence: sequence, storeID: storeID)
        _ = try reader.readToEnd()
        if oldest == nil { oldest = sequence }
        if chains[sequence] != reader.chain {
          damage(
            .damaged(
              layout.segment(sequence + 1), offset: 40, sequence: sequence + 1,
              "The segment after a snapshot is missing, damaged, or does not continue it."))
        }
      } catch { try record(error) }
    }
    guard let first = segments.first, first > (oldest ?? 0) + 1 else { return }
    damage(
      .damaged(
        layout.segment(first), offset: 0, sequence: first,
        "The journal begins at \(first), and no whole snapshot covers what came before."))
  }

  /// Damage is a finding; that the disk cannot be read, or not by this program, ends the walk.
  private mutating func record(_ error: JournalError) throws(JournalError) {
    guard error.kind == .journalDamaged || error.kind == .snapshotDamaged else { throw error }
    damage(error)
  }
}
