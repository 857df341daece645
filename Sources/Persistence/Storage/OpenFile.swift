#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One open file with one owner; the descriptor closes with the value, on every way out.
///
/// Short reads and writes are finished here, above the protocol, so that a simulated disk can make them.
struct OpenFile: ~Copyable, Sendable {
  private let storage: any Storage
  private var token: FileToken

  init(_ storage: any Storage, _ path: String, _ access: FileAccess) throws(StorageError) {
    self.storage = storage
    token = try storage.open(path, access)
  }

  deinit { storage.close(token) }

  var path: String { token.path }

  func size() throws(StorageError) -> Int { try storage.size(of: token) }

  /// Exactly `count` bytes, fewer only at the end of the file.
  func read(count: Int, at offset: Int) throws(StorageError) -> [UInt8] {
    var bytes = try storage.read(token, count: count, at: offset)
    while bytes.count < count {
      let more = try storage.read(token, count: count - bytes.count, at: offset + bytes.count)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(StorageError) {
    var rest = bytes
    var position = offset
    while !rest.isEmpty {
      let written = try storage.write(token, rest, at: position)
      // A write that takes nothing and reports nothing would loop for ever.
      guard written > 0 else { throw StorageError(.write, path, code: EIO) }
      rest = rest.dropFirst(written)
      position += written
    }
  }

  func sync() throws(StorageError) { try storage.sync(token) }
  func truncate(to size: Int) throws(StorageError) { try storage.truncate(token, to: size) }
  func preallocate(to size: Int) throws(StorageError) { try storage.preallocate(token, to: size) }
  func dropFromCache() { storage.dropFromCache(token) }
  func lock() throws(StorageError) -> Bool { try storage.lock(token) }

  mutating func rename(to path: String) throws(StorageError) {
    try storage.rename(token.path, to: path)
    token.path = path
  }
}
