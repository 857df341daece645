#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@testable import Persistence

/// The suite runs on both.
enum StorageKind: CaseIterable {
  case file, memory
}

/// A place for one data directory, with a hand to disturb it.
final class Sandbox {
  let storage: any Storage
  let root: String
  private let isOnDisk: Bool

  var directory: String { root + "/data" }
  var layout: DataLayout { DataLayout(root: directory) }

  init(_ kind: StorageKind) throws {
    switch kind {
    case .memory:
      storage = MemoryStorage()
      root = ""
      isOnDisk = false
    case .file:
      let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
      var template = Array("\(parent)/persistence.XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else {
        throw StorageError(.createDirectory, parent, code: errno)
      }
      storage = FileStorage()
      root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      isOnDisk = true
    }
  }

  /// Another life of a disk in memory.
  init(_ storage: any Storage) {
    self.storage = storage
    root = ""
    isOnDisk = false
  }

  deinit {
    if isOnDisk { removeTree(root) }
  }

  func bytes(_ path: String) throws -> [UInt8] {
    let file = try OpenFile(storage, path, .read)
    return try file.read(count: try file.size(), at: 0)
  }

  func replace(_ path: String, with bytes: [UInt8]) throws {
    let file = try OpenFile(storage, path, .create)
    try file.truncate(to: 0)
    try file.write(bytes[...], at: 0)
    try file.sync()
  }

  func flip(bit: Int, of path: String) throws {
    let file = try OpenFile(storage, path, .readWrite)
    let byte = try file.read(count: 1, at: bit / 8)[0]
    try file.write([byte ^ 1 << UInt8(bit % 8)], at: bit / 8)
  }

  func setMode(_ path: String, _ mode: UInt32) throws {
    if let memory = storage as? MemoryStorage {
      try memory.setMode(path, mode)
    } else if chmod(path, mode_t(mode)) != 0 {
      throw StorageError(.setMode, path, code: errno)
    }
  }

  /// Every file of the data directory and its contents.
  func contents() throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for folder in [directory] + layout.folders {
      for name in try storage.list(folder) {
        let path = folder + "/" + name
        if try storage.attributes(path)?.kind == .file { contents[path] = try bytes(path) }
      }
    }
    return contents
  }

  func segments() throws -> [String] {
    try storage.list(layout.journal).map { layout.journal + "/" + $0 }
  }

  private func removeTree(_ path: String) {
    for name in (try? storage.list(path)) ?? [] {
      let child = path + "/" + name
      if (try? storage.attributes(child))?.kind == .directory {
        removeTree(child)
      } else {
        try? storage.unlink(child)
      }
    }
    rmdir(path)
  }
}
