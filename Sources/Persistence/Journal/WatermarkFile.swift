/// The open file `WATERMARK` and the slot written last.
struct WatermarkFile: ~Copyable, Sendable {
  private let file: OpenFile
  private(set) var slot: WatermarkSlot

  init(_ file: consuming OpenFile, slot: WatermarkSlot) {
    self.file = file
    self.slot = slot
  }

  /// Writes the other slot and makes it durable.
  mutating func write(sequence: UInt64, segment: UInt64, isClean: Bool) throws(StorageError) {
    var next = slot
    next.generation += 1
    next.sequence = sequence
    next.segment = segment
    next.isClean = isClean
    try file.write(next.encoded[...], at: next.offset)
    try file.sync()
    slot = next
  }

  /// The contents of a new file: both slots valid, so a zero slot is always a damaged one.
  static func initialContents(storeID: StoreID) -> [UInt8] {
    (0..<2 as Range<UInt64>).flatMap {
      WatermarkSlot(storeID: storeID, generation: $0, sequence: 0, segment: 0, isClean: false)
        .encoded
    }
  }
}
