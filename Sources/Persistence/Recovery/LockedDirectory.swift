/// A data directory whose owner, modes, lock and format have been checked.
struct LockedDirectory: ~Copyable {
  let storage: any Storage
  let layout: DataLayout
  let format: FormatFile
  let isNew: Bool
  /// Nil where an offline reader found no file to lock: then nobody is writing either.
  var lock: OpenFile?

  /// For the service: makes the directory where there is none, and whatever is missing in a new one.
  static func openOrCreate(
    _ storage: any Storage, _ path: String, _ options: JournalOptions
  ) throws(JournalError) -> LockedDirectory {
    let check = DirectoryCheck(storage: storage, layout: DataLayout(root: path))
    let layout = check.layout
    do throws(StorageError) {
      if try storage.attributes(path) == nil { try createRoot(storage, path) }
    } catch { throw JournalError(error) }
    try check.root()
    // Before the lock, so that not even a lock file is made in what is not ours to write.
    if try check.format() == nil { try isUnused(check) }
    let lock = try check.lock(.create)
    let found = try check.format()
    if found == nil { try create(storage, layout, options) }
    guard let format = try check.format() else {
      throw .damaged(layout.format, offset: 0, "The file is missing.")
    }
    try reportingStorage { () throws(StorageError) in
      for folder in layout.folders where try storage.attributes(folder) == nil {
        try storage.createDirectory(folder)
        try storage.syncDirectory(path)
      }
    }
    try check.contents()
    writeNote(options.lockNote, into: lock)
    return LockedDirectory(
      storage: storage, layout: layout, format: format, isNew: found == nil, lock: lock)
  }

  /// Another start may have been faster; the lock says which of the two goes on.
  private static func createRoot(_ storage: any Storage, _ path: String) throws(StorageError) {
    do throws(StorageError) { try storage.createDirectory(path) } catch {
      guard error.isThereAlready else { throw error }
    }
    try storage.syncDirectory(PrivateFile.parent(of: path))
  }

  /// What stands there unexpectedly may be what another start has made meanwhile. It takes the lock before
  /// anything else, so then the lock is held, or the directory has a format by now.
  private static func isUnused(_ check: DirectoryCheck) throws(JournalError) {
    do throws(JournalError) { try check.isUnused() } catch {
      guard error.kind == .notADataDirectory, try check.exists(check.layout.lock) else {
        throw error
      }
      _ = try check.lock(.readWrite)
      guard try check.format() != nil else { throw error }
    }
  }

  /// For a reader that changes nothing.
  static func openExisting(
    _ storage: any Storage, _ path: String
  ) throws(JournalError) -> LockedDirectory {
    let check = DirectoryCheck(storage: storage, layout: DataLayout(root: path))
    try check.root()
    var lock: OpenFile?
    if try check.exists(check.layout.lock) { lock = try lockForReading(check) }
    guard let format = try check.format() else {
      throw JournalError(
        .notADataDirectory, file: check.layout.format,
        "There is no file FORMAT, so this is not a data directory, or a part of one is missing.")
    }
    try check.contents()
    return LockedDirectory(
      storage: storage, layout: check.layout, format: format, isNew: false, lock: lock)
  }

  /// Where nothing can be written the lock is taken on a descriptor that only reads. Not everywhere, since
  /// NFS grants it to writers alone.
  private static func lockForReading(_ check: DirectoryCheck) throws(JournalError) -> OpenFile {
    do throws(JournalError) { return try check.lock(.readWrite) } catch {
      guard error.kind == .permissions else { throw error }
      return try check.lock(.read)
    }
  }

  /// The sequences in the names of a folder, in order.
  func sequences(in folder: String, suffix: String) throws(JournalError) -> [UInt64] {
    do throws(StorageError) {
      return try storage.list(folder).compactMap { DataLayout.sequence(in: $0, suffix: suffix) }
    } catch {
      if error.isMissing { return [] }
      throw JournalError(error)
    }
  }

  func segments() throws(JournalError) -> [UInt64] {
    try sequences(in: layout.journal, suffix: DataLayout.segmentSuffix)
  }

  func snapshots() throws(JournalError) -> [UInt64] {
    try sequences(in: layout.snapshots, suffix: DataLayout.snapshotSuffix)
  }

  /// The watermark that counts. The file is made before `FORMAT`, so it is never rightly missing.
  func readWatermark() throws(JournalError) -> WatermarkSlot {
    let path = layout.watermark
    guard try DirectoryCheck(storage: storage, layout: layout).exists(path) else {
      throw .damaged(path, offset: 0, "The file is missing.")
    }
    var window = try FileWindow.open(storage, path)
    let bytes = try window.read(2 * WatermarkSlot.byteCount + 1, at: 0)
    guard let slot = WatermarkSlot.newest(in: bytes, storeID: format.storeID) else {
      throw .damaged(path, offset: 0, "Both slots are damaged or belong to another store.")
    }
    return slot
  }

  /// The folders and the watermark first, `FORMAT` last: until that has its name, a start begins again here.
  private static func create(
    _ storage: any Storage, _ layout: DataLayout, _ options: JournalOptions
  ) throws(JournalError) {
    var generator = SystemRandomNumberGenerator()
    let storeID = options.newStoreID ?? StoreID(using: &generator)
    try reportingStorage { () throws(StorageError) in
      for folder in layout.folders where try storage.attributes(folder) == nil {
        try storage.createDirectory(folder)
      }
      let watermark = WatermarkFile.initialContents(storeID: storeID)
      try PrivateFile(storage, layout.watermark).replace(with: watermark)
      let format = FormatFile(storeID: storeID, isSimulated: options.isSimulated)
      try PrivateFile(storage, layout.format).replace(with: format.encoded)
    }
  }

  /// For people only, so no error matters.
  private static func writeNote(_ note: String, into lock: borrowing OpenFile) {
    try? lock.truncate(to: 0)
    try? lock.write(Array(note.utf8)[...], at: 0)
  }
}
