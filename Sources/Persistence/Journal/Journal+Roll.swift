extension Journal {
  /// Starts a new segment where the open groups would make this one too long. A disk too full for that is no
  /// reason to stop: this segment just grows.
  mutating func rollIfFull() throws(JournalError) {
    guard !segment.isEmpty, segment.position + groups.bytes.count > options.segmentBytes else {
      return
    }
    do throws(JournalError) { try roll() } catch {
      if error.isFinal { throw error }
    }
  }

  /// Ends the segment after the last group written and starts the next one. The order matters: the old
  /// segment is whole and durable before the name of the new one appears.
  mutating func roll() throws(JournalError) {
    try sync()
    let header = SegmentHeader(
      storeID: storeID, firstSequence: written.sequence + 1, chain: written.chain)
    var next: ActiveSegment
    do throws(StorageError) {
      next = try ActiveSegment.create(
        storage, layout, header, preallocating: options.preallocationBytes)
    } catch {
      throw error.isFullBeforeSync ? JournalError(error, isFinal: false) : fail(error)
    }
    do throws(StorageError) {
      try segment.finish()
      try next.publish(storage, layout)
    } catch {
      throw fail(error)
    }
    segment = next
    try writeWatermark(isClean: false)
  }
}
