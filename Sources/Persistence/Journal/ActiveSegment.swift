/// The segment that is being appended to.
struct ActiveSegment: ~Copyable, Sendable {
  private(set) var file: OpenFile
  let firstSequence: UInt64
  /// Where the next group goes.
  private(set) var position = SegmentHeader.byteCount
  /// Up to here space is claimed.
  private(set) var reservedEnd: Int

  private init(file: consuming OpenFile, firstSequence: UInt64, reservedEnd: Int) {
    self.file = file
    self.firstSequence = firstSequence
    self.reservedEnd = reservedEnd
  }

  /// Makes the file under its temporary name, header and all, synced. It is no segment before `publish`, so a
  /// crash in between leaves nothing but a file to delete.
  static func create(
    _ storage: any Storage, _ layout: DataLayout, _ header: SegmentHeader, preallocating bytes: Int
  ) throws(StorageError) -> ActiveSegment {
    let path = layout.segment(header.firstSequence) + DataLayout.temporarySuffix
    let file = try OpenFile(storage, path, .createNew)
    do throws(StorageError) {
      try file.preallocate(to: bytes)
      try file.write(header.encoded[...], at: 0)
    } catch {
      // The name must be free for the next attempt; a failure to free it is found then.
      try? storage.unlink(path)
      throw error
    }
    try file.sync()
    return ActiveSegment(
      file: file, firstSequence: header.firstSequence,
      reservedEnd: max(bytes, SegmentHeader.byteCount))
  }

  var isEmpty: Bool { position == SegmentHeader.byteCount }

  /// Gives the segment its name, durably. Only then may it be appended to.
  mutating func publish(_ storage: any Storage, _ layout: DataLayout) throws(StorageError) {
    try file.rename(to: layout.segment(firstSequence))
    try storage.syncDirectory(layout.journal)
  }

  mutating func write(_ bytes: [UInt8]) throws(StorageError) {
    try file.write(bytes[...], at: position)
    position += bytes.count
    reservedEnd = max(reservedEnd, position)
  }

  mutating func preallocate(to end: Int) throws(StorageError) {
    try file.preallocate(to: end)
    reservedEnd = max(reservedEnd, end)
  }

  /// Gives back the space that was claimed ahead; nothing is appended afterwards.
  mutating func finish() throws(StorageError) {
    guard reservedEnd > position else { return }
    try file.truncate(to: position)
    reservedEnd = position
    try file.sync()
  }
}
