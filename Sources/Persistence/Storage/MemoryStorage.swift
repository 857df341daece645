import Synchronization

/// A disk in memory, for `--memory` and for tests.
///
/// It keeps what was written and what was synced apart: `crashed()` is the disk after a power cut that lost
/// everything not yet synced. Each un-synced change of a file keeps what it replaced, so a sync costs
/// nothing and a crash undoes the changes backwards. A directory remembers its names at the last sync.
package final class MemoryStorage: Storage {
  package let userID: UInt32
  private let disk: Mutex<MemoryDisk>

  /// `capacityBytes` bounds the sizes of all files together, to play a full disk.
  package init(userID: UInt32 = 1000, capacityBytes: Int = .max) {
    self.userID = userID
    disk = Mutex(MemoryDisk(owner: userID, capacityBytes: capacityBytes))
  }

  private init(userID: UInt32, disk: MemoryDisk) {
    self.userID = userID
    self.disk = Mutex(disk)
  }

  /// The disk as a power cut leaves it: nothing but what was synced, no file open, no lock held.
  package func crashed() -> MemoryStorage {
    MemoryStorage(userID: userID, disk: disk.withLock { $0.crashed() })
  }

  /// The disk as a killed process leaves it: all that was written, no file open, no lock held.
  package func copy() -> MemoryStorage {
    MemoryStorage(userID: userID, disk: disk.withLock { $0.released() })
  }

  package func setCapacity(bytes: Int) {
    disk.withLock { $0.capacityBytes = bytes }
  }

  package func setMode(_ path: String, _ mode: UInt32, owner: UInt32? = nil) throws(StorageError) {
    try disk.withLock { (disk) throws(StorageError) in
      try disk.setMode(path, mode, owner: owner ?? userID)
    }
  }

  package func open(_ path: String, _ access: FileAccess) throws(StorageError) -> FileToken {
    try disk.withLock { (disk) throws(StorageError) in
      FileToken(number: try disk.open(path, access), path: path)
    }
  }

  package func close(_ file: FileToken) {
    disk.withLock { $0.close(file.number) }
  }

  package func size(of file: FileToken) throws(StorageError) -> Int {
    try disk.withLock { (disk) throws(StorageError) in
      try disk.access(file, .size) { $0.size }
    }
  }

  package func read(_ file: FileToken, count: Int, at offset: Int) throws(StorageError) -> [UInt8] {
    try disk.withLock { (disk) throws(StorageError) in
      try disk.access(file, .read) { $0.read(count: count, at: offset) }
    }
  }

  package func write(_ file: FileToken, _ bytes: ArraySlice<UInt8>, at offset: Int)
    throws(StorageError) -> Int
  {
    try disk.withLock { (disk) throws(StorageError) in
      try disk.claim(file, .write, size: offset + bytes.count)
      try disk.access(file, .write) { $0.write(bytes, at: offset) }
      return bytes.count
    }
  }

  package func sync(_ file: FileToken) throws(StorageError) {
    try disk.withLock { (disk) throws(StorageError) in
      try disk.access(file, .sync) { $0.sync() }
    }
  }

  package func truncate(_ file: FileToken, to size: Int) throws(StorageError) {
    try disk.withLock { (disk) throws(StorageError) in
      try disk.claim(file, .truncate, size: size)
      try disk.access(file, .truncate) { $0.resize(to: size) }
    }
  }

  package func preallocate(_ file: FileToken, to size: Int) throws(StorageError) {
    try disk.withLock { (disk) throws(StorageError) in
      try disk.claim(file, .preallocate, size: size)
      try disk.access(file, .preallocate) { if size > $0.size { $0.resize(to: size) } }
    }
  }

  package func dropFromCache(_ file: FileToken) {}

  package func lock(_ file: FileToken) throws(StorageError) -> Bool {
    try disk.withLock { (disk) throws(StorageError) in
      try disk.access(file, .lock) { contents in
        guard contents.lockedBy == nil || contents.lockedBy == file.number else { return false }
        contents.lockedBy = file.number
        return true
      }
    }
  }

  package func createDirectory(_ path: String) throws(StorageError) {
    try disk.withLock { (disk) throws(StorageError) in try disk.createDirectory(path) }
  }

  package func syncDirectory(_ path: String) throws(StorageError) {
    try disk.withLock { (disk) throws(StorageError) in try disk.syncDirectory(path) }
  }

  package func list(_ path: String) throws(StorageError) -> [String] {
    try disk.withLock { (disk) throws(StorageError) in try disk.list(path) }
  }

  package func rename(_ path: String, to newPath: String) throws(StorageError) {
    try disk.withLock { (disk) throws(StorageError) in try disk.rename(path, to: newPath) }
  }

  package func unlink(_ path: String) throws(StorageError) {
    try disk.withLock { (disk) throws(StorageError) in try disk.unlink(path) }
  }

  package func attributes(_ path: String) throws(StorageError) -> FileAttributes? {
    try disk.withLock { (disk) throws(StorageError) in try disk.attributes(path) }
  }
}
