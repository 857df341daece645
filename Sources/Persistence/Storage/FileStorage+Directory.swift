#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension FileStorage {
  package func createDirectory(_ path: String) throws(StorageError) {
    guard mkdir(path, 0o700) == 0 else { throw StorageError(.createDirectory, path, code: errno) }
  }

  package func syncDirectory(_ path: String) throws(StorageError) {
    let number = retrying { openDirectory(path) }
    guard number >= 0 else { throw StorageError(.open, path, code: errno) }
    let result = fsync(Int32(number))
    let failure = errno
    closeDirectory(Int32(number))
    guard result == 0 else { throw StorageError(.sync, path, code: failure) }
  }

  package func list(_ path: String) throws(StorageError) -> [String] {
    guard let stream = opendir(path) else { throw StorageError(.list, path, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      // The end and an error look alike, but for errno.
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw StorageError(.list, path, code: errno) }
        return names.sorted()
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
  }

  /// Claims real blocks, so that a full disk shows before a command is accepted and not in the middle of one.
  package func preallocate(_ file: FileToken, to size: Int) throws(StorageError) {
    let current = try self.size(of: file)
    guard size > current else { return }
    #if canImport(Darwin)
      var store = fstore_t(
        fst_flags: UInt32(F_ALLOCATEALL), fst_posixmode: F_PEOFPOSIXMODE, fst_offset: 0,
        fst_length: off_t(size - current), fst_bytesalloc: 0)
      if fcntl(file.number, F_PREALLOCATE, &store) != 0 && errno != ENOTSUP {
        throw StorageError(.preallocate, file.path, code: errno)
      }
      try truncate(file, to: size)
    #else
      // This call returns its error instead of setting errno.
      var failure: Int32
      repeat {
        failure = posix_fallocate(file.number, off_t(current), off_t(size - current))
      } while failure == EINTR
      switch failure {
      case 0: return
      case EOPNOTSUPP, EINVAL: try truncate(file, to: size)
      default:
        // What was claimed before the failure would look like a reserve, but is none.
        try? truncate(file, to: current)
        throw StorageError(.preallocate, file.path, code: failure)
      }
    #endif
  }
}

private func openDirectory(_ path: String) -> Int {
  Int(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
}

private func closeDirectory(_ number: Int32) { _ = close(number) }
