/// Writes the blocks of a snapshot, in the order in which they will be read.
package struct SnapshotWriter: ~Copyable {
  private let file: OpenFile
  private let header: SnapshotHeader
  private var tally = SnapshotTally()
  /// Encoded and not yet written.
  private var buffer: [UInt8]
  private var position = 0
  private var syncedPosition = 0

  init(
    _ storage: any Storage, _ path: String, _ header: SnapshotHeader
  ) throws(JournalError) {
    file = try reportingStorage { () throws(StorageError) in
      try OpenFile(storage, path, .createNew)
    }
    self.header = header
    buffer = header.encoded
  }

  /// Adds a block of at most 64 MiB. The tag says what it holds.
  package mutating func write(tag: UInt32, _ payload: [UInt8]) throws(JournalError) {
    guard payload.count <= Limits.snapshotBlockBytes else {
      throw JournalError(
        .limitExceeded, file: file.path, sequence: header.sequence,
        "A block of a snapshot has \(payload.count) bytes; \(Limits.snapshotBlockBytes) is the most."
      )
    }
    let block = SnapshotBlockHeader(
      payloadByteCount: payload.count, tag: tag, index: tally.blockCount,
      payloadChecksum: CRC32C.checksum(of: payload[...]))
    tally.add(block)
    buffer += block.encoded
    buffer += payload
    if buffer.count >= Limits.readBytes { try flush() }
    if position - syncedPosition >= Limits.snapshotSyncBytes { try sync() }
  }

  mutating func finish(digest: UInt64) throws(JournalError) {
    buffer +=
      SnapshotFooter(
        sequence: header.sequence, chain: header.chain, tally: tally, digest: digest
      ).encoded
    try flush()
    try sync()
    // The check that follows must see the disk, not what was meant to be written.
    file.dropFromCache()
  }

  private mutating func flush() throws(JournalError) {
    do throws(StorageError) { try file.write(buffer[...], at: position) } catch {
      throw JournalError(error)
    }
    position += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func sync() throws(JournalError) {
    do throws(StorageError) { try file.sync() } catch { throw JournalError(error) }
    syncedPosition = position
  }
}
