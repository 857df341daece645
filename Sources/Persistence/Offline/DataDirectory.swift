/// Reads a data directory while no service runs on it, and changes nothing in it.
package enum DataDirectory {
  package struct Finding: Sendable {
    package enum Severity: String, Sendable {
      /// A start repairs or ignores it: a torn tail, a file left over.
      case notice
      /// A start refuses, or has to use an older snapshot.
      case damage
    }

    package var severity: Severity
    package var error: JournalError

    package init(severity: Severity, error: JournalError) {
      self.severity = severity
      self.error = error
    }
  }

  /// What `verify` went through.
  package struct Counts: Sendable, Equatable {
    package var segments = 0
    package var snapshots = 0
    /// In groups that are whole.
    package var events = 0
  }

  /// What `forEachEvent` went through.
  package struct Extent: Sendable, Equatable {
    package var firstSequence: UInt64
    package var lastSequence: UInt64
    /// What a start would cut off.
    package var tornTail: TornTail?
  }

  package struct TornTail: Sendable, Equatable {
    package var file: String
    package var offset: Int
  }

  /// Checks every byte of every file, and how the files fit together. Nothing found means that a start will
  /// succeed and find everything.
  ///
  /// - Throws: where the directory cannot be looked at: in use, not private, of a newer format.
  package static func verify(
    storage: any Storage, directory: String
  ) throws(JournalError) -> VerifiedDirectory {
    var verification = Verification(try LockedDirectory.openExisting(storage, directory))
    try verification.run()
    return verification.finish()
  }

  /// Hands out every event still kept, oldest first, those before the snapshots included. Damage is an error
  /// with its place, after all events before it; a torn tail just ends the reading.
  @discardableResult
  package static func forEachEvent(
    storage: any Storage, directory path: String, _ body: (StoredEvent) throws -> Void
  ) throws -> Extent {
    let directory = try LockedDirectory.openExisting(storage, path)
    let watermark = try directory.readWatermark()
    let segments = try directory.segments()
    var extent = Extent(firstSequence: segments.first ?? 1, lastSequence: 0, tornTail: nil)
    var position: JournalPosition?
    for segment in segments {
      var reader = try SegmentReader.open(
        storage, directory.layout, firstSequence: segment, storeID: directory.format.storeID)
      guard position == nil || position == reader.position else {
        throw JournalError.damaged(
          reader.path, offset: 40, sequence: segment,
          "The segment does not continue the one before it.")
      }
      reading: while true {
        switch try reader.next() {
        case .group(let events): for event in events { try body(event) }
        case .end: break reading
        case .damaged(let reason):
          let isLast = segment == segments.last
          if let error = try reader.judgeTail(reason, isLast: isLast, watermark) { throw error }
          extent.tornTail = TornTail(file: reader.path, offset: reader.offset)
          break reading
        }
      }
      position = reader.position
      extent.lastSequence = reader.position.sequence
    }
    return extent
  }
}
