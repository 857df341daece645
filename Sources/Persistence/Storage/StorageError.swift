#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A refusal of the system: which operation, on what, and its `errno`.
package struct StorageError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Operation: String, Sendable {
    case open, size, read, write, sync, truncate, preallocate, lock, createDirectory, list, rename
    case unlink, attributes, setMode
  }

  package var operation: Operation
  package var path: String
  package var code: Int32

  package init(_ operation: Operation, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// A file-size limit counts as a full disk: for the service both mean that no more fits.
  package var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

  /// Nothing was promised yet, so the same may be tried again when there is space. A failed sync never is.
  var isFullBeforeSync: Bool { isFull && operation != .sync }

  var isPermission: Bool { code == EACCES || code == EPERM || code == EROFS }

  var isMissing: Bool { code == ENOENT }

  var isThereAlready: Bool { code == EEXIST }

  package var description: String {
    let cause = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return "\(operation.rawValue) of \(path) failed: \(cause)"
  }
}
