/// Reads the groups of one segment in order and checks each as a whole before it hands it out.
struct SegmentReader: ~Copyable {
  enum Step {
    case group([StoredEvent])
    /// The file ends here, or holds nothing but zeros from here on.
    case end
    /// No whole group that continues the journal stands here; why.
    case damaged(String)
  }

  private var window: FileWindow
  private let storeID: StoreID
  /// The first sequence in the name, which the header repeats.
  let firstSequence: UInt64
  /// Where the next group is expected.
  private(set) var offset = SegmentHeader.byteCount
  /// After the last group read.
  private(set) var position: JournalPosition

  private init(_ window: consuming FileWindow, _ header: SegmentHeader) {
    self.window = window
    storeID = header.storeID
    firstSequence = header.firstSequence
    position = JournalPosition(sequence: header.firstSequence - 1, chain: header.chain)
  }

  /// Opens the segment that its name says begins at a sequence, and checks its header.
  static func open(
    _ storage: any Storage, _ layout: DataLayout, firstSequence: UInt64, storeID: StoreID
  ) throws(JournalError) -> SegmentReader {
    let path = layout.segment(firstSequence)
    var window = try FileWindow.open(storage, path)
    guard let header = SegmentHeader(try window.read(SegmentHeader.byteCount, at: 0)) else {
      throw .damaged(
        path, offset: 0, sequence: firstSequence, "The segment's header is damaged.")
    }
    guard header.minimumReader <= FormatVersion.written else {
      throw .tooNew(path, needs: header.minimumReader)
    }
    guard header.storeID == storeID else {
      throw .damaged(
        path, offset: 16, sequence: firstSequence, "The segment belongs to another store.")
    }
    guard header.firstSequence == firstSequence else {
      throw .damaged(
        path, offset: 32, sequence: firstSequence,
        "The segment's header says that it begins at \(header.firstSequence), its name another.")
    }
    return SegmentReader(window, header)
  }

  var path: String { window.path }
  var endsEarly: Bool { offset < window.size }
  private var nextSequence: UInt64 { position.sequence + 1 }

  /// Goes on at a group where an earlier reader of the same segment was.
  mutating func go(to offset: Int, after position: JournalPosition) {
    (self.offset, self.position) = (offset, position)
  }

  mutating func next() throws(JournalError) -> Step {
    let rest = window.size - offset
    guard rest > 0 else { return .end }
    let start = try window.read(GroupHeader.byteCount, at: offset)
    guard let header = GroupHeader(start, storeID: storeID) else {
      return try contentEnd() == offset ? .end : .damaged("No group begins here.")
    }
    let chain = GroupHeader.chain(after: start)
    guard header.firstSequence == nextSequence else {
      return .damaged("A group begins at sequence \(header.firstSequence).")
    }
    guard header.chain == position.chain else {
      return .damaged("The group does not continue the one before it.")
    }
    guard header.bodyByteCount <= rest - GroupHeader.byteCount else {
      return .damaged("The group goes on past the end of the file.")
    }
    let body = try window.read(header.bodyByteCount, at: offset + GroupHeader.byteCount)
    guard body.count == header.bodyByteCount,
      let events = StoredEvent.decodeAll(body, of: header)
    else { return .damaged("The group's events are damaged.") }
    offset += GroupHeader.byteCount + header.bodyByteCount
    position = JournalPosition(sequence: header.lastSequence, chain: chain)
    return .group(events)
  }

  /// Where the zeros begin that the file ends with, not before the next group's place.
  mutating func contentEnd() throws(JournalError) -> Int {
    var end = offset
    var place = offset
    while place < window.size {
      let bytes = try window.read(Limits.readBytes, at: place)
      guard !bytes.isEmpty else { break }
      if !bytes.isAllZero, let last = bytes.lastIndex(where: { $0 != 0 }) {
        end = place + (last - bytes.startIndex) + 1
      }
      place += bytes.count
    }
    return end
  }

  /// The offset of a group, here or later, that was written when the next event was already known to be
  /// durable. Where there is one, what stands here is damage and not a torn write. Looks for headers at
  /// every byte, since a damaged length leads nowhere.
  mutating func proofOfDamage() throws(JournalError) -> Int? {
    var place = offset
    while place + GroupHeader.byteCount <= window.size {
      let bytes = try window.read(Limits.readBytes, at: place)
      guard bytes.count >= GroupHeader.byteCount else { return nil }
      if let found = proof(in: bytes) { return place + found }
      // The last bytes may begin a header: they are looked at again.
      place += bytes.count - GroupHeader.byteCount + 1
    }
    return nil
  }

  private func proof(in bytes: ArraySlice<UInt8>) -> Int? {
    var rest = bytes
    while let index = rest.firstIndex(of: GroupHeader.magic[0]) {
      rest = bytes[index...]
      guard rest.count >= GroupHeader.byteCount else { return nil }
      if let header = GroupHeader(rest.prefix(GroupHeader.byteCount), storeID: storeID),
        header.durableThrough >= nextSequence
      {
        return index - bytes.startIndex
      }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// Whether what stands after the last whole group may be cut off: nil if it is a write that a crash tore,
  /// otherwise the error. Only the last segment may have such a tail.
  mutating func judgeTail(
    _ reason: String, isLast: Bool, _ watermark: WatermarkSlot
  ) throws(JournalError) -> JournalError? {
    let proof: String
    if !isLast {
      proof = "Later segments follow."
    } else if let group = try proofOfDamage() {
      proof = "The group at offset \(group) shows that it was durable."
    } else if watermark.sequence >= nextSequence {
      proof = "The watermark shows that it was durable."
    } else if watermark.isClean {
      proof = "The service was stopped cleanly, so no write was torn."
    } else {
      return nil
    }
    return .damaged(
      path, offset: offset, sequence: nextSequence, "Durable data is damaged. \(reason) \(proof)")
  }
}
