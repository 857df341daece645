/// A small file that is read and replaced whole, and that nobody but its owner may see.
package struct PrivateFile: Sendable {
  package enum Fault: Error, Equatable, CustomStringConvertible {
    case storage(StorageError)
    case notAFile(String)
    case foreign(String, owner: UInt32)
    case open(String)
    case tooLarge(String, maximumBytes: Int)
    case busy(String)

    package var description: String {
      switch self {
      case .storage(let error): error.description
      case .notAFile(let path): "\(path) is not a regular file."
      case .foreign(let path, let owner): "\(path) belongs to user \(owner), not to this one."
      case .open(let path): "Others may access \(path). Do `chmod 0600 \(path)`."
      case .tooLarge(let path, let maximumBytes): "\(path) has more than \(maximumBytes) bytes."
      case .busy(let path): "Another process is changing \(path); try again."
      }
    }
  }

  package let path: String
  private let storage: any Storage

  package init(_ storage: any Storage, _ path: String) {
    (self.storage, self.path) = (storage, path)
  }

  /// Nil where there is no such file. A file that others may read is not trusted.
  package func read(maximumBytes: Int) throws(Fault) -> [UInt8]? {
    let found: FileAttributes?
    do throws(StorageError) { found = try storage.attributes(path) } catch {
      throw .storage(error)
    }
    guard let found else { return nil }
    if let fault = fault(of: found) { throw fault }
    let bytes: [UInt8]
    do throws(StorageError) {
      bytes = try OpenFile(storage, path, .read).read(count: maximumBytes + 1, at: 0)
    } catch {
      throw .storage(error)
    }
    guard bytes.count <= maximumBytes else { throw .tooLarge(path, maximumBytes: maximumBytes) }
    return bytes
  }

  /// Durable once this returns. A crash leaves the old file or the new one.
  package func replace(with bytes: [UInt8]) throws(StorageError) {
    let temporary = path + DataLayout.temporarySuffix
    if try storage.attributes(temporary) != nil { try storage.unlink(temporary) }
    var file = try OpenFile(storage, temporary, .createNew)
    try file.write(bytes[...], at: 0)
    try file.sync()
    try file.rename(to: path)
    try storage.syncDirectory(Self.parent(of: path))
  }

  package func remove() throws(StorageError) {
    guard try storage.attributes(path) != nil else { return }
    try storage.unlink(path)
    try storage.syncDirectory(Self.parent(of: path))
  }

  /// Lets nobody else change the file meanwhile who asks in the same way. The lock is on the folder:
  /// the file itself is another one afterwards.
  package func changing(_ body: () throws -> Void) throws {
    let folder = try OpenFile(storage, Self.parent(of: path), .read)
    guard try folder.lock() else { throw Fault.busy(path) }
    try body()
  }

  private func fault(of found: FileAttributes) -> Fault? {
    if found.kind != .file { return .notAFile(path) }
    if found.owner != storage.userID { return .foreign(path, owner: found.owner) }
    return found.isPrivate ? nil : .open(path)
  }

  static func parent(of path: String) -> String {
    var parts = path.split(separator: "/", omittingEmptySubsequences: true)
    if !parts.isEmpty { parts.removeLast() }
    let joined = parts.joined(separator: "/")
    if path.hasPrefix("/") { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }
}
