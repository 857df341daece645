import Synchronization

import Persistence

/// A disk in memory whose calls fail where a test wants it, and that writes in small pieces.
///
/// It breaks nothing that it does not report: the journal must stop at the first error and never hear of the
/// file again, which `syncsAfterFailure` counts.
final class FailingStorage: Storage {
  struct Plan {
    /// Calls that change something, counted from 1; this one fails and so does every later one.
    var failingCall = Int.max
    /// Only this kind of call fails, and only once; the counter counts this kind alone.
    var operation: StorageError.Operation?
    var code: Int32
    var bytesPerWrite = Int.max
  }

  private struct Counters {
    var calls = 0
    var failed: Set<Int32> = []
    var syncsAfterFailure = 0
  }

  let base: MemoryStorage
  private let plan: Plan
  private let counters = Mutex(Counters())

  init(_ base: MemoryStorage, _ plan: Plan) {
    self.base = base
    self.plan = plan
  }

  var hasFailed: Bool { counters.withLock { $0.calls >= plan.failingCall } }
  var calls: Int { counters.withLock { $0.calls } }
  var syncsAfterFailure: Int { counters.withLock { $0.syncsAfterFailure } }
  var userID: UInt32 { base.userID }

  private func count(
    _ operation: StorageError.Operation, _ path: String, file: Int32? = nil
  ) throws(StorageError) {
    let fails = counters.withLock { counters in
      if operation == .sync, let file, counters.failed.contains(file) {
        counters.syncsAfterFailure += 1
      }
      if let only = plan.operation, only != operation { return false }
      counters.calls += 1
      let fails =
        plan.operation == nil
        ? counters.calls >= plan.failingCall : counters.calls == plan.failingCall
      if fails, operation == .sync, let file { counters.failed.insert(file) }
      return fails
    }
    if fails { throw StorageError(operation, path, code: plan.code) }
  }

  func open(_ path: String, _ access: FileAccess) throws(StorageError) -> FileToken {
    try count(.open, path)
    return try base.open(path, access)
  }
  func close(_ file: FileToken) { base.close(file) }
  func size(of file: FileToken) throws(StorageError) -> Int { try base.size(of: file) }
  func read(_ file: FileToken, count: Int, at offset: Int) throws(StorageError) -> [UInt8] {
    try self.count(.read, file.path)
    return try base.read(file, count: min(count, plan.bytesPerWrite), at: offset)
  }
  func write(_ file: FileToken, _ bytes: ArraySlice<UInt8>, at offset: Int)
    throws(StorageError) -> Int
  {
    try count(.write, file.path)
    return try base.write(file, bytes.prefix(plan.bytesPerWrite), at: offset)
  }
  func sync(_ file: FileToken) throws(StorageError) {
    try count(.sync, file.path, file: file.number)
    try base.sync(file)
  }
  func truncate(_ file: FileToken, to size: Int) throws(StorageError) {
    try count(.truncate, file.path)
    try base.truncate(file, to: size)
  }
  func preallocate(_ file: FileToken, to size: Int) throws(StorageError) {
    try count(.preallocate, file.path)
    try base.preallocate(file, to: size)
  }
  func dropFromCache(_ file: FileToken) {}
  func lock(_ file: FileToken) throws(StorageError) -> Bool { try base.lock(file) }
  func createDirectory(_ path: String) throws(StorageError) {
    try count(.createDirectory, path)
    try base.createDirectory(path)
  }
  func syncDirectory(_ path: String) throws(StorageError) {
    try count(.sync, path)
    try base.syncDirectory(path)
  }
  func list(_ path: String) throws(StorageError) -> [String] { try base.list(path) }
  func rename(_ path: String, to newPath: String) throws(StorageError) {
    try count(.rename, path)
    try base.rename(path, to: newPath)
  }
  func unlink(_ path: String) throws(StorageError) {
    try count(.unlink, path)
    try base.unlink(path)
  }
  func attributes(_ path: String) throws(StorageError) -> FileAttributes? {
    try base.attributes(path)
  }
}
