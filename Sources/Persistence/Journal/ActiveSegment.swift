/// The segment that is being appended to.
struct ActiveSegment: ~Copyable, Sendable {
  private let storage: any Storage
  private let layout: DataLayout
  private let header: SegmentHeader
  /// Nil where there was no room for it yet.
  private var file: OpenFile?
  private(set) var isMade: Bool
  /// Where the next group goes.
  private(set) var position = SegmentHeader.byteCount
  /// Up to here space is claimed.
  private(set) var reservedEnd: Int

  var firstSequence: UInt64 { header.firstSequence }

  /// Takes no space: `make` does.
  init(_ storage: any Storage, _ layout: DataLayout, _ header: SegmentHeader) {
    (self.storage, self.layout, self.header) = (storage, layout, header)
    file = nil
    isMade = false
    reservedEnd = SegmentHeader.byteCount
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
    var segment = ActiveSegment(storage, layout, header)
    segment.file = consume file
    segment.isMade = true
    segment.reservedEnd = max(bytes, SegmentHeader.byteCount)
    return segment
  }

  /// Makes it and gives it its name, where that has not been done. After a failure for want of space it may be
  /// tried again.
  mutating func make(preallocating bytes: Int) throws(StorageError) {
    if isMade { return }
    var segment = try Self.create(storage, layout, header, preallocating: bytes)
    do throws(StorageError) { try segment.publish(storage, layout) } catch {
      try? storage.unlink(layout.segment(firstSequence) + DataLayout.temporarySuffix)
      throw error
    }
    self = segment
  }

  var isEmpty: Bool { position == SegmentHeader.byteCount }

  /// Gives the segment its name, durably. Only then may it be appended to.
  mutating func publish(_ storage: any Storage, _ layout: DataLayout) throws(StorageError) {
    let path = layout.segment(firstSequence)
    try file?.rename(to: path)
    try storage.syncDirectory(layout.journal)
  }

  mutating func write(_ bytes: [UInt8]) throws(StorageError) {
    try make(preallocating: 0)
    try file?.write(bytes[...], at: position)
    position += bytes.count
    reservedEnd = max(reservedEnd, position)
  }

  mutating func preallocate(to end: Int) throws(StorageError) {
    try file?.preallocate(to: end)
    reservedEnd = max(reservedEnd, end)
  }

  /// Gives back the space that was claimed ahead; nothing is appended afterwards.
  mutating func finish() throws(StorageError) {
    guard reservedEnd > position else { return }
    try file?.truncate(to: position)
    reservedEnd = position
    try file?.sync()
  }

  func sync() throws(StorageError) { try file?.sync() }
}
