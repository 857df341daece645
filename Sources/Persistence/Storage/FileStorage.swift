#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The real disk.
///
/// Files are 0600 and directories 0700 from the first instant. Descriptors do not cross `exec`, so a child
/// cannot keep the lock alive; links are not followed. `EINTR` is retried here, except after a failed sync.
package struct FileStorage: Storage {
  package init() {}

  package var userID: UInt32 { geteuid() }

  package func open(_ path: String, _ access: FileAccess) throws(StorageError) -> FileToken {
    let flags: Int32 =
      switch access {
      case .read: O_RDONLY
      case .readWrite: O_RDWR
      case .create: O_RDWR | O_CREAT
      case .createNew: O_RDWR | O_CREAT | O_EXCL
      }
    let number = retrying { openFile(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600) }
    guard number >= 0 else { throw StorageError(.open, path, code: errno) }
    return FileToken(number: Int32(number), path: path)
  }

  /// A lock is of the open file, of which a child has a copy until its program begins; so it is given back,
  /// and does not wait for the last copy to be closed.
  package func close(_ file: FileToken) {
    _ = flock(file.number, LOCK_UN)
    closeFile(file.number)
  }

  package func size(of file: FileToken) throws(StorageError) -> Int {
    var status = stat()
    guard fstat(file.number, &status) == 0 else {
      throw StorageError(.size, file.path, code: errno)
    }
    return Int(status.st_size)
  }

  package func read(_ file: FileToken, count: Int, at offset: Int) throws(StorageError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let got = retrying { pread(file.number, buffer.baseAddress, count, off_t(offset)) }
      if got < 0 { failure = errno }
      initialized = max(got, 0)
    }
    guard failure == 0 else { throw StorageError(.read, file.path, code: failure) }
    return bytes
  }

  package func write(_ file: FileToken, _ bytes: ArraySlice<UInt8>, at offset: Int)
    throws(StorageError) -> Int
  {
    let written = bytes.withUnsafeBytes { buffer in
      retrying { pwrite(file.number, buffer.baseAddress, buffer.count, off_t(offset)) }
    }
    guard written >= 0 else { throw StorageError(.write, file.path, code: errno) }
    return written
  }

  package func sync(_ file: FileToken) throws(StorageError) {
    #if canImport(Darwin)
      // Plain fsync leaves the data in the drive's cache on this system.
      let result = fcntl(file.number, F_FULLFSYNC)
    #else
      let result = fdatasync(file.number)
    #endif
    guard result == 0 else { throw StorageError(.sync, file.path, code: errno) }
  }

  package func truncate(_ file: FileToken, to size: Int) throws(StorageError) {
    guard retrying({ Int(ftruncate(file.number, off_t(size))) }) == 0 else {
      throw StorageError(.truncate, file.path, code: errno)
    }
  }

  package func dropFromCache(_ file: FileToken) {
    #if canImport(Darwin)
      _ = fcntl(file.number, F_NOCACHE, 1)
    #else
      _ = posix_fadvise(file.number, 0, 0, POSIX_FADV_DONTNEED)
    #endif
  }

  package func lock(_ file: FileToken) throws(StorageError) -> Bool {
    if retrying({ Int(flock(file.number, LOCK_EX | LOCK_NB)) }) == 0 { return true }
    if errno == EWOULDBLOCK { return false }
    throw StorageError(.lock, file.path, code: errno)
  }

  package func rename(_ path: String, to newPath: String) throws(StorageError) {
    guard renameFile(path, newPath) == 0 else {
      throw StorageError(.rename, path, code: errno)
    }
  }

  package func unlink(_ path: String) throws(StorageError) {
    guard unlinkFile(path) == 0 else { throw StorageError(.unlink, path, code: errno) }
  }

  package func attributes(_ path: String) throws(StorageError) -> FileAttributes? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw StorageError(.attributes, path, code: errno)
    }
    let kind: FileAttributes.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      default: .other
      }
    return FileAttributes(
      kind: kind, owner: status.st_uid, mode: UInt32(status.st_mode & 0o7777),
      size: Int(status.st_size))
  }
}

// The methods above have the names of the system's functions and would hide them.

private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int {
  Int(open(path, flags, mode))
}

private func closeFile(_ number: Int32) { _ = close(number) }

private func renameFile(_ path: String, _ newPath: String) -> Int32 { rename(path, newPath) }

private func unlinkFile(_ path: String) -> Int32 { unlink(path) }

/// Repeats a call that a signal interrupted before it did anything.
func retrying(_ call: () -> Int) -> Int {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
