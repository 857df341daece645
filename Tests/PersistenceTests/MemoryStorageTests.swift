import Testing

@testable import Persistence

@Test func `a crash keeps exactly what was synced`() throws {
  let disk = MemoryStorage()
  let file = try OpenFile(disk, "/a", .createNew)
  try file.write([1, 2, 3, 4], at: 0)
  try disk.syncDirectory("/")
  #expect(try Sandbox(disk.crashed()).bytes("/a") == [])
  try file.sync()
  try file.write([9, 9, 9, 9], at: 2)
  try file.preallocate(to: 100)
  #expect(try Sandbox(disk.copy()).bytes("/a").prefix(7) == [1, 2, 9, 9, 9, 9, 0])
  #expect(try Sandbox(disk.crashed()).bytes("/a") == [1, 2, 3, 4])
  try file.truncate(to: 1)
  try file.write([7], at: 5)
  #expect(try Sandbox(disk.copy()).bytes("/a") == [1, 0, 0, 0, 0, 7])
  #expect(try Sandbox(disk.crashed()).bytes("/a") == [1, 2, 3, 4])
}

@Test func `a crash keeps exactly the names that were synced`() throws {
  let disk = MemoryStorage()
  try disk.createDirectory("/d")
  #expect(try disk.crashed().attributes("/d") == nil)
  try disk.syncDirectory("/")
  var file = try OpenFile(disk, "/d/a", .createNew)
  try file.sync()
  try disk.syncDirectory("/d")
  try file.rename(to: "/d/b")
  #expect(try disk.copy().list("/d") == ["b"])
  #expect(try disk.crashed().list("/d") == ["a"])
  try disk.syncDirectory("/d")
  try disk.unlink("/d/b")
  #expect(try disk.list("/d") == [])
  #expect(try disk.crashed().list("/d") == ["b"])
}

/// The two storages agree on what a caller may rely on.
@Test(arguments: StorageKind.allCases)
func `a storage keeps its contract`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  let storage = sandbox.storage
  let path = sandbox.root + "/file"
  #expect(try storage.attributes(path) == nil)
  #expect(throws: StorageError.self) { try storage.open(path, .readWrite) }
  let file = try OpenFile(storage, path, .createNew)
  #expect(throws: StorageError.self) { try storage.open(path, .createNew) }
  try file.write([1, 2, 3], at: 4)
  #expect(try file.size() == 7)
  #expect(try file.read(count: 100, at: 0) == [0, 0, 0, 0, 1, 2, 3])
  #expect(try file.read(count: 2, at: 5) == [2, 3])
  #expect(try file.read(count: 2, at: 50) == [])
  try file.preallocate(to: 10)
  #expect(try file.read(count: 100, at: 6) == [3, 0, 0, 0])
  try file.preallocate(to: 5)
  #expect(try file.size() == 10)
  try file.truncate(to: 5)
  #expect(try file.read(count: 100, at: 3) == [0, 1])
  #expect(
    try storage.attributes(path)
      == FileAttributes(kind: .file, owner: storage.userID, mode: 0o600, size: 5))
  #expect(try file.lock())
  do {
    let second = try OpenFile(storage, path, .readWrite)
    #expect(try !second.lock())
  }
  try storage.createDirectory(sandbox.root + "/folder")
  #expect(throws: StorageError.self) { try storage.createDirectory(sandbox.root + "/folder") }
  #expect(throws: StorageError.self) { try storage.unlink(sandbox.root + "/folder") }
  #expect(throws: StorageError.self) { try storage.list(sandbox.root + "/nowhere") }
  #expect(try storage.list(sandbox.root + "/.") == ["file", "folder"])
  try storage.rename(path, to: sandbox.root + "/folder/moved")
  #expect(try storage.list(sandbox.root + "/folder") == ["moved"])
  #expect(try storage.attributes(path) == nil)
}
