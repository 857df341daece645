import Synchronization
import Testing

import Persistence

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A disk on which something happens just before a call, once; or that nothing can be written to.
private final class WatchedStorage: Storage {
  private let base: MemoryStorage
  private let isReadOnly: Bool
  private let moment: StorageError.Operation?
  private let event: Mutex<(@Sendable () -> Void)?>

  init(
    _ base: MemoryStorage, isReadOnly: Bool = false, before moment: StorageError.Operation? = nil,
    _ event: (@Sendable () -> Void)? = nil
  ) {
    (self.base, self.isReadOnly, self.moment) = (base, isReadOnly, moment)
    self.event = Mutex(event)
  }

  private func come(to operation: StorageError.Operation) {
    guard operation == moment else { return }
    let event = event.withLock { event in
      defer { event = nil }
      return event
    }
    event?()
  }

  private func change(_ operation: StorageError.Operation, _ path: String) throws(StorageError) {
    come(to: operation)
    if isReadOnly { throw StorageError(operation, path, code: EROFS) }
  }

  var userID: UInt32 { base.userID }
  func open(_ path: String, _ access: FileAccess) throws(StorageError) -> FileToken {
    if access != .read { try change(.open, path) }
    return try base.open(path, access)
  }
  func close(_ file: FileToken) { base.close(file) }
  func size(of file: FileToken) throws(StorageError) -> Int { try base.size(of: file) }
  func read(_ file: FileToken, count: Int, at offset: Int) throws(StorageError) -> [UInt8] {
    try base.read(file, count: count, at: offset)
  }
  func write(_ file: FileToken, _ bytes: ArraySlice<UInt8>, at offset: Int)
    throws(StorageError) -> Int
  {
    try change(.write, file.path)
    return try base.write(file, bytes, at: offset)
  }
  func sync(_ file: FileToken) throws(StorageError) { try base.sync(file) }
  func truncate(_ file: FileToken, to size: Int) throws(StorageError) {
    try change(.truncate, file.path)
    try base.truncate(file, to: size)
  }
  func preallocate(_ file: FileToken, to size: Int) throws(StorageError) {
    try change(.preallocate, file.path)
    try base.preallocate(file, to: size)
  }
  func dropFromCache(_ file: FileToken) {}
  func lock(_ file: FileToken) throws(StorageError) -> Bool { try base.lock(file) }
  func createDirectory(_ path: String) throws(StorageError) {
    try change(.createDirectory, path)
    try base.createDirectory(path)
  }
  func syncDirectory(_ path: String) throws(StorageError) { try base.syncDirectory(path) }
  func list(_ path: String) throws(StorageError) -> [String] {
    come(to: .list)
    return try base.list(path)
  }
  func rename(_ path: String, to newPath: String) throws(StorageError) {
    try change(.rename, path)
    try base.rename(path, to: newPath)
  }
  func unlink(_ path: String) throws(StorageError) {
    try change(.unlink, path)
    try base.unlink(path)
  }
  func attributes(_ path: String) throws(StorageError) -> FileAttributes? {
    try base.attributes(path)
  }
}

/// A journal that somebody else holds.
private final class Holder: Sendable {
  private let journal = Mutex<Journal?>(nil)

  func take(_ disk: MemoryStorage) {
    journal.withLock {
      $0 = try? Journal.open(
        storage: disk, directory: "/data", restore: { _ in }, replay: { _ in })
    }
  }
}

struct StartTests {
  private func open(
    _ storage: any Storage, replay: (StoredEvent) throws -> Void = { _ in }
  ) throws -> Journal {
    var options = JournalOptions()
    (options.reserveBytes, options.preallocationBytes) = (4096, 8192)
    return try Journal.open(
      storage: storage, directory: "/data", options: options, restore: { _ in }, replay: replay)
  }

  @Test(arguments: [StorageError.Operation.createDirectory, .list])
  func `of two first starts at once the slower one says that the directory is in use`(
    _ moment: StorageError.Operation
  ) throws {
    let (disk, holder) = (MemoryStorage(), Holder())
    let storage = WatchedStorage(disk, before: moment) { holder.take(disk) }
    do {
      _ = try open(storage)
      Issue.record("two processes have the directory")
    } catch let error as JournalError {
      #expect(error.kind == .dataDirectoryInUse)
    }
  }

  @Test func `a directory that cannot be written to is checked all the same`() throws {
    let disk = MemoryStorage()
    var journal = try open(disk)
    journal.append(type: 1, version: 1, payload: [1])
    journal.endCommand()
    try journal.close(clean: true)
    let verified = try DataDirectory.verify(
      storage: WatchedStorage(disk.copy(), isReadOnly: true), directory: "/data")
    #expect(verified.findings.isEmpty)
    #expect(verified.counts.events == 1)
  }

  @Test func `a start on a full disk reads, and writes once there is room`() throws {
    let disk = MemoryStorage()
    var first = try open(disk)
    first.append(type: 1, version: 1, payload: [1])
    first.endCommand()
    try first.close(clean: true)
    disk.setCapacity(bytes: 0)
    for isRoom in [false, true] {
      var replayed = 0
      var journal = try open(disk) { _ in replayed += 1 }
      #expect(replayed == 1)
      let hadRoom = journal.ensureReserve()
      #expect(!hadRoom)
      do throws(JournalError) {
        // It would need the segment after it.
        _ = try journal.beginSnapshot()
        Issue.record("a snapshot was begun without room")
      } catch {
        #expect(error.kind == .storageFull && !error.isFinal)
      }
      if isRoom {
        disk.setCapacity(bytes: .max)
        let hasRoom = journal.ensureReserve()
        #expect(hasRoom)
        journal.append(type: 1, version: 1, payload: [2])
        journal.endCommand()
      }
      try journal.close(clean: true)
    }
    var replayed = 0
    _ = try open(disk) { _ in replayed += 1 }
    #expect(replayed == 2)
    let found = try DataDirectory.verify(storage: disk.copy(), directory: "/data").findings
    #expect(found.isEmpty)
  }

  @Test func `a directory keeps what kind of clock it was made on`() throws {
    for isSimulated in [false, true] {
      let disk = MemoryStorage()
      var options = JournalOptions()
      for next in [isSimulated, !isSimulated] {
        options.isSimulated = next
        let journal = try Journal.open(
          storage: disk, directory: "/data", options: options, restore: { _ in }, replay: { _ in })
        #expect(journal.recovery.isSimulated == isSimulated)
      }
    }
  }
}
