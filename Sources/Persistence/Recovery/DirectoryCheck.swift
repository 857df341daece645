/// Looks before anything is touched: whose directory it is, who could read it, and who can read its format.
struct DirectoryCheck {
  let storage: any Storage
  let layout: DataLayout

  /// The directory itself: there, a directory, ours, private.
  func root() throws(JournalError) {
    // With the dot a link to the directory is followed, which an operator may well have made.
    let found: FileAttributes?
    do throws(StorageError) { found = try storage.attributes(layout.root + "/.") } catch {
      throw JournalError(.notADataDirectory, file: layout.root, "\(error)")
    }
    guard let found, found.kind == .directory else {
      throw JournalError(
        .notADataDirectory, file: layout.root, "There is no directory \(layout.root).")
    }
    try ownership(layout.root, found, mode: "0700")
  }

  func exists(_ path: String) throws(JournalError) -> Bool { try attributes(path) != nil }

  /// Everything inside that will be opened.
  func contents() throws(JournalError) {
    try file(layout.format)
    try file(layout.watermark)
    try file(layout.secret)
    for folder in layout.folders {
      guard let found = try attributes(folder) else { continue }
      guard found.kind == .directory else {
        throw .damaged(folder, offset: 0, "This is not a directory.")
      }
      try ownership(folder, found, mode: "0700")
      for name in try list(folder) { try file(folder + "/" + name) }
    }
  }

  /// The format, if there is one that this program can read.
  func format() throws(JournalError) -> FormatFile? {
    guard try exists(layout.format) else { return nil }
    try file(layout.format)
    var window = try FileWindow.open(storage, layout.format)
    guard let format = FormatFile(try window.read(FormatFile.byteCount + 1, at: 0)) else {
      throw .damaged(layout.format, offset: 0, "The file is damaged.")
    }
    guard format.isReadable else { throw .tooNew(layout.format, needs: format.minimumReader) }
    return format
  }

  /// A directory without `FORMAT` may hold only what an interrupted first start leaves behind.
  func isUnused() throws(JournalError) {
    let expected = ["LOCK", "WATERMARK", "journal", "snapshot", "quarantine", "token", "tokens"]
    for name in try list(layout.root) {
      guard expected.contains(name) || name.hasSuffix(DataLayout.temporarySuffix) else {
        throw strange(layout.root + "/" + name)
      }
    }
    for folder in layout.folders where try exists(folder) {
      for name in try list(folder) where !name.hasSuffix(DataLayout.temporarySuffix) {
        throw strange(folder + "/" + name)
      }
    }
  }

  func lock(_ access: FileAccess) throws(JournalError) -> OpenFile {
    try file(layout.lock)
    let lock = try reportingStorage { () throws(StorageError) in
      try OpenFile(storage, layout.lock, access)
    }
    let isOurs: Bool
    do throws(StorageError) { isOurs = try lock.lock() } catch { throw JournalError(error) }
    guard isOurs else {
      throw JournalError(
        .dataDirectoryInUse, file: layout.lock,
        "Another process uses this data directory\(holder(in: lock)). Stop it, or name another directory."
      )
    }
    return lock
  }

  /// What the holder wrote about itself; printable characters only, since the file may hold anything.
  private func holder(in lock: borrowing OpenFile) -> String {
    let note = ((try? lock.read(count: 100, at: 0)) ?? []).filter { (32...126).contains($0) }
    return note.isEmpty ? "" : " (\(String(decoding: note, as: UTF8.self)))"
  }

  /// A file that may be missing, but if it is there must be a file, ours and private.
  private func file(_ path: String) throws(JournalError) {
    guard let found = try attributes(path) else { return }
    guard found.kind == .file else {
      throw .damaged(path, offset: 0, "This is not a regular file.")
    }
    try ownership(path, found, mode: "0600")
  }

  private func ownership(
    _ path: String, _ found: FileAttributes, mode: String
  ) throws(JournalError) {
    guard found.owner == storage.userID else {
      throw JournalError(
        .permissions, file: path,
        "\(path) belongs to user \(found.owner), and this process runs as user \(storage.userID)."
          + " Run it as that user, or change the owner.")
    }
    guard found.isPrivate else {
      throw JournalError(
        .permissions, file: path,
        "Others may access \(path), which holds personal data."
          + " Do `chmod \(mode) \(path)`.")
    }
  }

  private func strange(_ path: String) -> JournalError {
    JournalError(
      .notADataDirectory, file: path,
      "\(layout.root) has no file FORMAT, but is not empty: there is \(path)."
        + " Name an empty directory, or restore the missing file from a backup.")
  }

  private func attributes(_ path: String) throws(JournalError) -> FileAttributes? {
    do throws(StorageError) { return try storage.attributes(path) } catch {
      throw JournalError(error)
    }
  }

  private func list(_ path: String) throws(JournalError) -> [String] {
    do throws(StorageError) { return try storage.list(path) } catch { throw JournalError(error) }
  }
}

extension JournalError {
  static func tooNew(_ file: String, needs version: UInt16) -> JournalError {
    JournalError(
      .formatTooNew, file: file,
      "The data was written by a newer version: it needs a reader of format \(version), and this one"
        + " reads up to \(FormatVersion.written). Nothing was changed. Install the newer version.")
  }
}
