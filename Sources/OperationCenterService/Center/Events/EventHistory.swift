import CampaignEngine

/// The newest records of the journal, in memory: what subscribers are told from. Its size is
/// bounded, so whoever stays away for too long finds the oldest gone. A start fills it with the
/// events since the snapshot.
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
  /// The newest erasure of a guest before which records are still held.
  private var erasure: UInt64?

  init(_ limits: EventLimits) { self.limits = limits }

  /// The oldest event that may be asked for, or the next one where there is none. What came before
  /// the erasure of a guest may show the guest.
  var oldest: UInt64 { erasure ?? oldestHeld }

  /// The same for those who follow live: what they are still owed is told before it is forgotten.
  var oldestHeld: UInt64 { chunks.first?.first ?? next }

  var heldBytes: Int { byteCount + (chunks.last?.byteCount ?? 0) }

  /// Begins behind an event: those up to it are in a snapshot, and only their outcome is known.
  mutating func start(after sequence: UInt64) {
    chunks = []
    (count, byteCount, next, inbound, erasure) = (0, 0, sequence + 1, nil, nil)
  }

  /// Records come without a gap, each with the time and the cause that the state has by then.
  mutating func append(kind: UInt16, payload: [UInt8], at time: Timestamp, by cause: Cause) {
    if EventBatch.isHead(kind: kind) { inbound = nil }
    inbound = EventBatch.inbound(kind: kind, payload: payload) ?? inbound
    let isErasure = kind == EventKind.guestErased.rawValue
    if isErasure { erasure = next }
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
    let first = chunks.removeFirst()
    count -= first.entries.count
    byteCount -= first.byteCount
  }

  /// Frees the records before the newest erasure. It begins a chunk, so nothing else goes.
  mutating func forgetErased() {
    guard let erasure else { return }
    self.erasure = nil
    while let first = chunks.first, first.first < erasure { dropFirstChunk() }
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
