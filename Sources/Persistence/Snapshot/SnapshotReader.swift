/// Reads the blocks of a snapshot in order, checking each before it hands it out.
package struct SnapshotReader: ~Copyable {
  package struct Block: Sendable {
    package let tag: UInt32
    package let payload: ArraySlice<UInt8>
  }

  private var window: FileWindow
  private let header: SnapshotHeader
  private var tally = SnapshotTally()
  private var position = SnapshotHeader.byteCount
  private var footer: SnapshotFooter?

  /// The last event that the state has seen.
  package var sequence: UInt64 { header.sequence }
  /// The digest of the state, known once `next` has returned nil.
  package var digest: UInt64? { footer?.digest }

  var chain: UInt32 { header.chain }
  var byteCount: Int { window.size }

  private init(_ window: consuming FileWindow, _ header: SnapshotHeader) {
    self.window = window
    self.header = header
  }

  static func open(
    _ storage: any Storage, _ layout: DataLayout, sequence: UInt64, storeID: StoreID
  ) throws(JournalError) -> SnapshotReader {
    let path = layout.snapshot(sequence)
    var window = try FileWindow.open(storage, path)
    guard let header = SnapshotHeader(try window.read(SnapshotHeader.byteCount, at: 0)) else {
      throw damaged(path, offset: 0, sequence, "The header is damaged.")
    }
    guard header.minimumReader <= FormatVersion.written else {
      throw .tooNew(path, needs: header.minimumReader)
    }
    guard header.storeID == storeID else {
      throw damaged(path, offset: 16, sequence, "The snapshot belongs to another store.")
    }
    guard header.sequence == sequence else {
      throw damaged(
        path, offset: 32, sequence, "The header says sequence \(header.sequence), the name another."
      )
    }
    return SnapshotReader(window, header)
  }

  /// The next block, or nil after the last, once the footer has been found right.
  package mutating func next() throws(JournalError) -> Block? {
    guard footer == nil else { return nil }
    let rest = window.size - position
    guard rest > SnapshotFooter.byteCount else {
      footer = try readFooter(rest)
      return nil
    }
    guard
      let block = SnapshotBlockHeader(try window.read(SnapshotBlockHeader.byteCount, at: position))
    else { throw damaged("A block's header is damaged.") }
    let length = block.payloadByteCount
    guard block.index == tally.blockCount, length <= Limits.snapshotBlockBytes,
      length <= rest - SnapshotBlockHeader.byteCount - SnapshotFooter.byteCount
    else { throw damaged("A block is out of place or too long.") }
    let payload = try window.read(length, at: position + SnapshotBlockHeader.byteCount)
    guard payload.count == length, CRC32C.checksum(of: payload) == block.payloadChecksum else {
      throw damaged("A block is damaged.")
    }
    tally.add(block)
    position += SnapshotBlockHeader.byteCount + length
    return Block(tag: block.tag, payload: payload)
  }

  mutating func readToEnd() throws(JournalError) -> SnapshotFooter {
    while try next() != nil {}
    guard let footer else { throw damaged("The footer is missing.") }
    return footer
  }

  private mutating func readFooter(_ rest: Int) throws(JournalError) -> SnapshotFooter {
    guard rest == SnapshotFooter.byteCount,
      let footer = SnapshotFooter(try window.read(rest, at: position), matching: tally),
      footer.sequence == header.sequence, footer.chain == header.chain
    else { throw damaged("The footer is missing or damaged, or counts other blocks.") }
    return footer
  }

  private func damaged(_ message: String) -> JournalError {
    Self.damaged(window.path, offset: position, header.sequence, message)
  }

  private static func damaged(
    _ file: String, offset: Int, _ sequence: UInt64, _ message: String
  ) -> JournalError {
    JournalError(
      .snapshotDamaged, file: file, offset: offset, sequence: sequence,
      message + " An older snapshot is used where there is one.")
  }
}
