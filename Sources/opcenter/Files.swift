#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whole files, for what the command line reads and writes.
enum Files {
  /// How a file is written that has been named by its path.
  enum Manner {
    /// Made, or the old one taken the place of in one step, so that nobody sees a half of it.
    case replaced
    /// A link, a FIFO or a device is what somebody has put there on purpose: it stays, and takes the
    /// bytes.
    case writtenInto(isFIFO: Bool)

    init(for path: String) {
      var (found, behind) = (stat(), stat())
      guard lstat(path, &found) == 0, found.st_mode & S_IFMT != S_IFREG else {
        self = .replaced
        return
      }
      let isFIFO = stat(path, &behind) == 0 && behind.st_mode & S_IFMT == S_IFIFO
      self = .writtenInto(isFIFO: isFIFO)
    }
  }

  /// Whether two paths lead to one file that is there.
  static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0
      && first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  static func read(_ path: String) throws -> [UInt8] {
    do throws(SystemCallFailure) {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw SystemCallFailure() }
      defer { close(descriptor) }
      return try Descriptor.read(descriptor)
    } catch {
      throw FileFailure(path: path, reason: error.reason, isRead: true)
    }
  }

  /// - Parameter isPrivate: for nobody but the owner to read.
  static func write(_ bytes: [UInt8], to path: String, isPrivate: Bool = false) throws {
    let mode: mode_t = isPrivate ? 0o600 : 0o666
    do throws(SystemCallFailure) {
      switch Manner(for: path) {
      case .replaced: try replace(path, with: bytes, mode)
      case .writtenInto: try fill(path, with: bytes, mode, isPrivate: isPrivate)
      }
    } catch {
      throw FileFailure(path: path, reason: error.reason, isRead: false)
    }
  }

  private static func replace(
    _ path: String, with bytes: [UInt8], _ mode: mode_t
  ) throws(SystemCallFailure) {
    let temporary = path + ".temporary"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemCallFailure() }
    defer { close(descriptor) }
    do throws(SystemCallFailure) {
      try Descriptor.write(bytes, to: descriptor)
      guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw SystemCallFailure() }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func fill(
    _ path: String, with bytes: [UInt8], _ mode: mode_t, isPrivate: Bool
  ) throws(SystemCallFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_NOCTTY | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemCallFailure() }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw SystemCallFailure() }
    if found.st_mode & S_IFMT == S_IFREG {
      // A secret is not put where others look.
      if isPrivate, found.st_uid != geteuid() || found.st_mode & 0o077 != 0 {
        throw SystemCallFailure(code: EACCES)
      }
      guard ftruncate(descriptor, 0) == 0 else { throw SystemCallFailure() }
    }
    try Descriptor.write(bytes, to: descriptor)
  }
}

struct FileFailure: Error, CustomStringConvertible {
  let path: String
  let reason: String
  let isRead: Bool

  var description: String { "\(path) cannot be \(isRead ? "read" : "written"): \(reason)" }
}
