/// The right to write one snapshot, at one sequence, on any thread. The journal goes on meanwhile.
package struct SnapshotTicket: Sendable {
  let storage: any Storage
  let layout: DataLayout
  /// Bytes of groups that the snapshot covers.
  let groupBytes: Int
  let header: SnapshotHeader

  /// The last event that the state must have seen.
  package var sequence: UInt64 { header.sequence }

  /// Writes the file under a temporary name, syncs and renames it, and reads all of it back from the disk:
  /// only a snapshot that was read back whole counts. On an error nothing is left of it.
  ///
  /// - Parameter body: writes the blocks in order and returns the digest of the state. It sets the pace: it may
  ///   rest between blocks when the journal needs the disk.
  package func write(
    _ body: (inout SnapshotWriter) throws -> UInt64
  ) throws -> VerifiedSnapshot {
    let path = layout.snapshot(sequence)
    let temporary = path + DataLayout.temporarySuffix
    do {
      try writeFile(temporary, renamedTo: path, body)
    } catch {
      // What cannot be deleted now is deleted at the next start.
      try? storage.unlink(temporary)
      throw error
    }
    do {
      return try readBack(path)
    } catch {
      try? storage.unlink(path)
      try? storage.syncDirectory(layout.snapshots)
      throw error
    }
  }

  private func writeFile(
    _ temporary: String, renamedTo path: String,
    _ body: (inout SnapshotWriter) throws -> UInt64
  ) throws {
    var writer = try SnapshotWriter(storage, temporary, header)
    let digest = try body(&writer)
    try writer.finish(digest: digest)
    try reportingStorage { () throws(StorageError) in
      try storage.rename(temporary, to: path)
      try storage.syncDirectory(layout.snapshots)
    }
  }

  private func readBack(_ path: String) throws(JournalError) -> VerifiedSnapshot {
    var reader = try SnapshotReader.open(
      storage, layout, sequence: sequence, storeID: header.storeID)
    let footer = try reader.readToEnd()
    return VerifiedSnapshot(
      sequence: sequence, blockCount: Int(footer.tally.blockCount), byteCount: reader.byteCount,
      digest: footer.digest)
  }
}

/// A snapshot that was read back whole. Only `SnapshotTicket.write` makes one.
package struct VerifiedSnapshot: Sendable {
  package let sequence: UInt64
  package let blockCount: Int
  package let byteCount: Int
  package let digest: UInt64

  init(sequence: UInt64, blockCount: Int, byteCount: Int, digest: UInt64) {
    self.sequence = sequence
    self.blockCount = blockCount
    self.byteCount = byteCount
    self.digest = digest
  }
}
