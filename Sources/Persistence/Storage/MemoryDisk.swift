#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The tree of names behind `MemoryStorage`: inodes by number, names as written and as synced.
struct MemoryDisk: Sendable {
  private struct Directory {
    var names: [String: Int] = [:]
    var syncedNames: [String: Int] = [:]
    var mode: UInt32 = 0o700
    var owner: UInt32
  }

  private static let root = 0
  private var directories: [Int: Directory]
  private var files: [Int: MemoryFile] = [:]
  private var openFiles: [Int32: Int] = [:]
  private var nextInode = 1
  private var nextNumber: Int32 = 3
  private let owner: UInt32
  var capacityBytes: Int

  init(owner: UInt32, capacityBytes: Int) {
    self.owner = owner
    self.capacityBytes = capacityBytes
    directories = [Self.root: Directory(owner: owner)]
  }

  // MARK: Open files

  mutating func open(_ path: String, _ access: FileAccess) throws(StorageError) -> Int32 {
    let (parent, name) = try place(of: path, .open)
    let inode: Int
    if let existing = directories[parent]?.names[name] {
      if access == .createNew { throw StorageError(.open, path, code: EEXIST) }
      guard files[existing] != nil else { throw StorageError(.open, path, code: EISDIR) }
      inode = existing
    } else {
      guard access == .create || access == .createNew else {
        throw StorageError(.open, path, code: ENOENT)
      }
      inode = takeInode()
      files[inode] = MemoryFile(owner: owner)
      directories[parent]?.names[name] = inode
    }
    defer { nextNumber += 1 }
    openFiles[nextNumber] = inode
    return nextNumber
  }

  mutating func close(_ number: Int32) {
    guard let inode = openFiles.removeValue(forKey: number) else { return }
    if files[inode]?.lockedBy == number { files[inode]?.lockedBy = nil }
    forgetUnreachable()
  }

  mutating func access<Result>(
    _ file: FileToken, _ operation: StorageError.Operation, _ body: (inout MemoryFile) -> Result
  ) throws(StorageError) -> Result {
    guard let inode = openFiles[file.number], let result = apply(body, to: inode) else {
      throw StorageError(operation, file.path, code: EBADF)
    }
    return result
  }

  private mutating func apply<Result>(
    _ body: (inout MemoryFile) -> Result, to inode: Int
  ) -> Result? {
    guard files[inode] != nil else { return nil }
    return body(&files[inode, default: MemoryFile(owner: owner)])
  }

  /// Refuses growth past the capacity, as a full disk does.
  func claim(_ file: FileToken, _ operation: StorageError.Operation, size: Int) throws(StorageError)
  {
    guard capacityBytes != .max, let inode = openFiles[file.number] else { return }
    let growth = max(0, size - (files[inode]?.size ?? 0))
    let used = files.values.reduce(0) { $0 + $1.size }
    if growth > 0 && used + growth > capacityBytes {
      throw StorageError(operation, file.path, code: ENOSPC)
    }
  }

  // MARK: Names

  mutating func createDirectory(_ path: String) throws(StorageError) {
    let (parent, name) = try place(of: path, .createDirectory)
    guard directories[parent]?.names[name] == nil else {
      throw StorageError(.createDirectory, path, code: EEXIST)
    }
    let inode = takeInode()
    directories[inode] = Directory(owner: owner)
    directories[parent]?.names[name] = inode
  }

  mutating func syncDirectory(_ path: String) throws(StorageError) {
    let inode = try directory(path, .sync)
    let names = directories[inode]?.names ?? [:]
    directories[inode]?.syncedNames = names
    forgetUnreachable()
  }

  func list(_ path: String) throws(StorageError) -> [String] {
    let inode = try directory(path, .list)
    return (directories[inode]?.names ?? [:]).keys.sorted()
  }

  mutating func rename(_ path: String, to newPath: String) throws(StorageError) {
    let (oldParent, oldName) = try place(of: path, .rename)
    let (newParent, newName) = try place(of: newPath, .rename)
    guard let inode = directories[oldParent]?.names.removeValue(forKey: oldName) else {
      throw StorageError(.rename, path, code: ENOENT)
    }
    directories[newParent]?.names[newName] = inode
    forgetUnreachable()
  }

  mutating func unlink(_ path: String) throws(StorageError) {
    let (parent, name) = try place(of: path, .unlink)
    guard let inode = directories[parent]?.names[name] else {
      throw StorageError(.unlink, path, code: ENOENT)
    }
    guard files[inode] != nil else { throw StorageError(.unlink, path, code: EISDIR) }
    directories[parent]?.names[name] = nil
    forgetUnreachable()
  }

  func attributes(_ path: String) throws(StorageError) -> FileAttributes? {
    guard let inode = try find(path, .attributes) else { return nil }
    if let file = files[inode] {
      return FileAttributes(kind: .file, owner: file.owner, mode: file.mode, size: file.size)
    }
    guard let directory = directories[inode] else { return nil }
    return FileAttributes(
      kind: .directory, owner: directory.owner, mode: directory.mode, size: 0)
  }

  mutating func setMode(_ path: String, _ mode: UInt32, owner: UInt32) throws(StorageError) {
    guard let inode = try find(path, .setMode) else {
      throw StorageError(.setMode, path, code: ENOENT)
    }
    files[inode]?.mode = mode
    files[inode]?.owner = owner
    directories[inode]?.mode = mode
    directories[inode]?.owner = owner
  }

  // MARK: Ends

  func crashed() -> MemoryDisk {
    var disk = self
    disk.openFiles = [:]
    for inode in directories.keys {
      disk.directories[inode]?.names = directories[inode]?.syncedNames ?? [:]
    }
    for inode in files.keys { disk.files[inode]?.crash() }
    disk.forgetUnreachable()
    return disk
  }

  func released() -> MemoryDisk {
    var disk = self
    disk.openFiles = [:]
    for inode in files.keys { disk.files[inode]?.lockedBy = nil }
    disk.forgetUnreachable()
    return disk
  }

  /// Drops what no name, synced name or open file leads to.
  private mutating func forgetUnreachable() {
    var reachable: Set<Int> = [Self.root]
    for directory in directories.values {
      reachable.formUnion(directory.names.values)
      reachable.formUnion(directory.syncedNames.values)
    }
    reachable.formUnion(openFiles.values)
    for inode in files.keys where !reachable.contains(inode) { files[inode] = nil }
    for inode in directories.keys where !reachable.contains(inode) { directories[inode] = nil }
  }

  // MARK: Paths

  private mutating func takeInode() -> Int {
    defer { nextInode += 1 }
    return nextInode
  }

  private func directory(_ path: String, _ operation: StorageError.Operation) throws(StorageError)
    -> Int
  {
    guard let inode = try find(path, operation) else {
      throw StorageError(operation, path, code: ENOENT)
    }
    guard directories[inode] != nil else { throw StorageError(operation, path, code: ENOTDIR) }
    return inode
  }

  private func find(_ path: String, _ operation: StorageError.Operation) throws(StorageError)
    -> Int?
  {
    var inode = Self.root
    for part in parts(of: path) {
      guard let directory = directories[inode] else {
        throw StorageError(operation, path, code: ENOTDIR)
      }
      guard let next = directory.names[part] else { return nil }
      inode = next
    }
    return inode
  }

  /// The directory that holds the last name of a path, and that name.
  private func place(of path: String, _ operation: StorageError.Operation) throws(StorageError) -> (
    Int, String
  ) {
    var names = parts(of: path)
    guard let name = names.popLast() else { throw StorageError(operation, path, code: EINVAL) }
    do throws(StorageError) {
      return (try directory("/" + names.joined(separator: "/"), operation), name)
    } catch { throw StorageError(operation, path, code: error.code) }
  }

  private func parts(of path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }
}
