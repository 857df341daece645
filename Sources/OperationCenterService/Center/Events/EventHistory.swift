import CampaignEngine
import Persistence

/// What subscribers are told from: the newest records of the journal, in memory, and what has to be
/// known to read older ones from its segments. Both are bounded, so whoever stays away for too long
/// finds the oldest gone. A start fills the memory with the events since the snapshot.
struct EventHistory: Sendable {
  /// One record, with what the records before it say of all that follow.
  struct Record: Sendable {
    let sequence: UInt64
    let at: Timestamp
    let by: Cause
    /// The message received in the same command.
    let inbound: InboundReference?
    let kind: UInt16
    let payload: [UInt8]
  }

  /// A record from which the segments can be read.
  struct Mark: Sendable {
    let sequence: UInt64
    /// With which this record, or one before it in the same command, is told.
    let context: RecordContext
    /// The group that it stands in, where that has been read before.
    var group: JournalPast.Place?
  }

  private struct Entry: Sendable {
    let at: Timestamp
    /// Where the payload ends in the chunk.
    let end: UInt32
    let cause: UInt16
    /// Index of the inbound message, from 1.
    let inbound: UInt16
    let kind: UInt16
  }

  /// Records are dropped a chunk at a time.
  private struct Chunk: Sendable {
    let first: UInt64
    var entries: [Entry] = []
    var payloads: [UInt8] = []
    var causes: [Cause] = []
    var inbounds: [InboundReference] = []

    var byteCount: Int {
      entries.count * MemoryLayout<Entry>.stride + payloads.count
        + causes.count * MemoryLayout<Cause>.stride
        + inbounds.count * MemoryLayout<InboundReference>.stride
    }

    /// So few entries that a cause and a message of each can be numbered.
    var isFull: Bool { entries.count >= 4096 || payloads.count >= 256 << 10 }
  }

  private let limits: EventLimits
  private var chunks: [Chunk] = []
  private(set) var count = 0
  /// Of the chunks that are full.
  private var byteCount = 0
  private var next: UInt64 = 1
  /// The message received in the running command.
  private var inbound: InboundReference?
  /// Records before the newest erasure of a guest are still held.
  private var hasErased = false
  /// What came before the newest erasure of a guest may show the guest.
  private var floor: UInt64 = 1
  /// The oldest event that the journal's segments have; nil where there is no journal.
  private var storedFrom: UInt64?
  /// Oldest first: where a chunk began that was dropped, and where segments begin behind snapshots.
  private var marks: [Mark] = []
  /// Where pages of the past ended, and from where the next ones are read: newest last.
  private var places: [(end: UInt64, mark: Mark)] = []
  private static let mostPlaces = 64

  /// - Parameter isStored: a journal keeps what is dropped here.
  init(_ limits: EventLimits, isStored: Bool = false) {
    self.limits = limits
    storedFrom = isStored ? 1 : nil
  }

  /// The oldest event that may be asked for, or the next one where there is none.
  var oldest: UInt64 { max(floor, min(marks.first?.sequence ?? .max, oldestHeld)) }

  /// The oldest one in memory. Those who follow live are told what they are still owed of it before
  /// what an erasure forbids is forgotten.
  var oldestHeld: UInt64 { chunks.first?.first ?? next }

  var heldBytes: Int { byteCount + (chunks.last?.byteCount ?? 0) }

  /// Begins behind an event: those up to it are in a snapshot, and only their outcome is known.
  mutating func start(after sequence: UInt64) {
    (chunks, marks, places) = ([], [], [])
    (count, byteCount, next, inbound) = (0, 0, sequence + 1, nil)
    (hasErased, floor) = (false, 1)
  }

  /// Records come without a gap, each with the time and the cause that the state has by then.
  mutating func append(kind: UInt16, payload: [UInt8], at time: Timestamp, by cause: Cause) {
    if EventBatch.isHead(kind: kind) { inbound = nil }
    inbound = EventBatch.inbound(kind: kind, payload: payload) ?? inbound
    let isErasure = kind == EventKind.guestErased.rawValue
    if isErasure { (hasErased, floor) = (true, next) }
    if isErasure || (chunks.last?.isFull ?? true) { beginChunk() }
    let last = chunks.count - 1
    if chunks[last].causes.last != cause { chunks[last].causes.append(cause) }
    if let inbound, chunks[last].inbounds.last != inbound { chunks[last].inbounds.append(inbound) }
    // What stays inside is counted and not kept.
    if PublicCatalogue.kind(of: kind) != nil { chunks[last].payloads.append(contentsOf: payload) }
    chunks[last].entries.append(
      Entry(
        at: time, end: UInt32(truncatingIfNeeded: chunks[last].payloads.count),
        cause: UInt16(truncatingIfNeeded: chunks[last].causes.count - 1),
        inbound: inbound == nil ? 0 : UInt16(truncatingIfNeeded: chunks[last].inbounds.count),
        kind: kind))
    next += 1
    count += 1
    if EventBatch.isTail(kind: kind) { inbound = nil }
  }

  private mutating func beginChunk() {
    byteCount += chunks.last?.byteCount ?? 0
    while count > limits.keptEvents || byteCount > limits.keptBytes, !chunks.isEmpty {
      dropFirstChunk()
    }
    chunks.append(Chunk(first: next))
  }

  private mutating func dropFirstChunk() {
    if let storedFrom, let record = self[oldestHeld], record.sequence >= storedFrom {
      insert(
        Mark(
          sequence: record.sequence,
          context: RecordContext(at: record.at, by: record.by, inbound: record.inbound)))
    }
    let first = chunks.removeFirst()
    count -= first.entries.count
    byteCount -= first.byteCount
  }

  /// Frees the records before the newest erasure. It begins a chunk, so nothing else goes.
  mutating func forgetErased() {
    guard hasErased else { return }
    hasErased = false
    while let first = chunks.first, first.first < floor { dropFirstChunk() }
    forgetMarks()
  }

  // MARK: - Older ones, in the segments of the journal

  /// - Parameters:
  ///   - beginning: from where the segments can be read; nil where nothing says so.
  ///   - erased: an event up to which nothing may be told.
  mutating func reachBack(to beginning: Mark?, after erased: UInt64?) {
    floor = max(floor, (erased ?? 0) + 1)
    if let beginning, beginning.sequence < oldest { insert(beginning) }
    forgetMarks()
  }

  /// A segment begins with the next record, and may become the oldest one that is kept.
  mutating func beginSegment(at time: Timestamp, by cause: Cause) {
    guard storedFrom != nil else { return }
    insert(Mark(sequence: next, context: RecordContext(at: time, by: cause)))
  }

  private mutating func insert(_ mark: Mark) {
    let index = marks.lastIndex { $0.sequence <= mark.sequence }
    if let index, marks[index].sequence == mark.sequence { return }
    marks.insert(mark, at: index.map { $0 + 1 } ?? 0)
  }

  /// Segments were deleted: this is their oldest event now. Nil where they cannot be read.
  mutating func forgetStored(before sequence: UInt64?) {
    guard storedFrom != nil else { return }
    storedFrom = sequence ?? oldestHeld
    forgetMarks()
  }

  private mutating func forgetMarks() {
    let bound = max(floor, storedFrom ?? .max)
    marks.removeAll { $0.sequence < bound }
    places.removeAll { $0.mark.sequence < bound }
  }

  /// From where to read what comes after an event.
  func mark(after sequence: UInt64) -> Mark? {
    places.last { $0.end == sequence }?.mark ?? marks.last { $0.sequence <= sequence + 1 }
  }

  mutating func note(_ mark: Mark, after end: UInt64) {
    places.removeAll { $0.end == end }
    if places.count >= Self.mostPlaces { places.removeFirst() }
    places.append((end, mark))
  }

  /// The number of the event's public kind; nil where it has none, or is not kept.
  func kind(of sequence: UInt64) -> PublicKind? {
    guard let place = place(of: sequence) else { return nil }
    return PublicCatalogue.kind(of: chunks[place.chunk].entries[place.entry].kind)
  }

  subscript(sequence: UInt64) -> Record? {
    guard let place = place(of: sequence) else { return nil }
    let chunk = chunks[place.chunk]
    let entry = chunk.entries[place.entry]
    let start = place.entry == 0 ? 0 : Int(chunk.entries[place.entry - 1].end)
    return Record(
      sequence: sequence, at: entry.at, by: chunk.causes[Int(entry.cause)],
      inbound: entry.inbound == 0 ? nil : chunk.inbounds[Int(entry.inbound) - 1],
      kind: entry.kind, payload: Array(chunk.payloads[start..<Int(entry.end)]))
  }

  private func place(of sequence: UInt64) -> (chunk: Int, entry: Int)? {
    guard sequence >= oldestHeld, sequence < next else { return nil }
    var (low, high) = (0, chunks.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if chunks[middle].first <= sequence { low = middle } else { high = middle - 1 }
    }
    return (low, Int(sequence - chunks[low].first))
  }
}
