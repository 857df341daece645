/// Every touch of a disk that this module makes.
///
/// One narrow protocol, so that a test can put a faulty or simulated disk under the very code that runs in
/// production. The contract is that of POSIX, no kinder: a write may be short, nothing is durable before
/// `sync`, and a name is durable only after `syncDirectory` of the directory that holds it.
package protocol Storage: Sendable {
  /// The user that must own the data directory and everything in it.
  var userID: UInt32 { get }

  func open(_ path: String, _ access: FileAccess) throws(StorageError) -> FileToken
  /// Releases the descriptor and its lock. Never reports an error: whoever needs the data called `sync`.
  func close(_ file: FileToken)
  func size(of file: FileToken) throws(StorageError) -> Int
  /// At most `count` bytes; fewer where the system likes, none at the end of the file.
  func read(_ file: FileToken, count: Int, at offset: Int) throws(StorageError) -> [UInt8]
  /// How many of the bytes were written, which may be fewer than all.
  func write(_ file: FileToken, _ bytes: ArraySlice<UInt8>, at offset: Int)
    throws(StorageError) -> Int
  /// Makes the contents and the size durable. After a failure the file must not be synced again: Linux
  /// reports a lost write once, marks the page clean, and says yes to the next call.
  func sync(_ file: FileToken) throws(StorageError)
  func truncate(_ file: FileToken, to size: Int) throws(StorageError)
  /// Claims space up to `size`, growing the file with zeros. Where a file system cannot promise space, only
  /// the size grows.
  func preallocate(_ file: FileToken, to size: Int) throws(StorageError)
  /// Forgets cached pages, so that the next read shows what the disk holds. A hint.
  func dropFromCache(_ file: FileToken)
  /// Takes the exclusive lock, or says no at once. It ends with the descriptor, also after a kill.
  func lock(_ file: FileToken) throws(StorageError) -> Bool

  func createDirectory(_ path: String) throws(StorageError)
  func syncDirectory(_ path: String) throws(StorageError)
  /// The names inside, sorted.
  func list(_ path: String) throws(StorageError) -> [String]
  func rename(_ path: String, to newPath: String) throws(StorageError)
  func unlink(_ path: String) throws(StorageError)
  /// What stands at the path itself, a symbolic link not followed; nil if nothing does.
  func attributes(_ path: String) throws(StorageError) -> FileAttributes?
}

package enum FileAccess: Sendable {
  case read
  case readWrite
  /// Read and write, made if missing.
  case create
  /// Read and write; fails if something has the name already.
  case createNew
}

/// An open file as the storage knows it. The path is for messages.
package struct FileToken: Sendable {
  package let number: Int32
  package var path: String

  package init(number: Int32, path: String) {
    self.number = number
    self.path = path
  }
}

package struct FileAttributes: Sendable, Equatable {
  package enum Kind: Sendable { case file, directory, other }

  package var kind: Kind
  package var owner: UInt32
  /// The permission bits alone.
  package var mode: UInt32
  package var size: Int

  package init(kind: Kind, owner: UInt32, mode: UInt32, size: Int) {
    self.kind = kind
    self.owner = owner
    self.mode = mode
    self.size = size
  }

  /// Guests' names and numbers are inside: nobody but the owner may look.
  var isPrivate: Bool { mode & 0o077 == 0 }
}
