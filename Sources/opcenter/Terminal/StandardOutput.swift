#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a command prints. The only way to standard output: what cannot be written is an error there
/// and then, and not a silence at the end of the process.
enum StandardOutput {
  static func write(_ text: String) throws(FileFailure) { try write(Array(text.utf8)) }

  static func write(line text: String) throws(FileFailure) { try write(text + "\n") }

  static func write(_ bytes: [UInt8]) throws(FileFailure) {
    do throws(SystemCallFailure) { try Descriptor.write(bytes, to: STDOUT_FILENO) } catch {
      throw FileFailure(path: name, reason: error.reason, isRead: false)
    }
  }

  static let name = "standard output"
}

/// The number that a system call left in `errno`.
struct SystemCallFailure: Error {
  let code: Int32

  init(code: Int32 = errno) { self.code = code }

  var reason: String { String(cString: strerror(code)) }
}

enum Descriptor {
  /// All of it. Waits where a pipe is full, also where somebody else has made it not to block.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemCallFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
      } else if count == 0 || errno != EINTR {
        throw SystemCallFailure(code: count == 0 ? EIO : errno)
      }
    }
  }

  /// All that is there.
  static func read(_ descriptor: Int32) throws(SystemCallFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = take(descriptor, &buffer)
      if count > 0 {
        bytes.append(contentsOf: buffer[..<count])
      } else if count == 0 {
        return bytes
      } else if errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&ready, 1, -1)
      } else if errno != EINTR {
        throw SystemCallFailure()
      }
    }
  }

  /// Standard input and output for a protocol. From now on a stray `print` lands on standard error,
  /// where it breaks no message.
  static func claimStandards() throws(SystemCallFailure) -> (input: Int32, output: Int32) {
    let (input, output) = (dup(STDIN_FILENO), dup(STDOUT_FILENO))
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard input >= 0, output >= 0, null >= 0 else { throw SystemCallFailure() }
    defer { close(null) }
    for own in [input, output] { _ = fcntl(own, F_SETFD, FD_CLOEXEC) }
    guard dup2(null, STDIN_FILENO) >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
      throw SystemCallFailure()
    }
    return (input, output)
  }

  /// A process may be started with 0, 1 or 2 closed. The next file that it opens would be one of
  /// them, and what is meant for a terminal would be written into a journal. So they are opened on
  /// nothing, each in such a way that its use ends like that of a closed one, but harmlessly.
  static func openMissingStandards() {
    for (standard, access) in [
      (STDIN_FILENO, O_RDWR), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDWR),
    ]
    where fcntl(standard, F_GETFD) < 0 {
      // The lowest number that is free is this one, since those below it are open by now.
      _ = open("/dev/null", access)
    }
  }

  /// Once, and perhaps not all.
  static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func take(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, &buffer, buffer.count)
    #else
      Darwin.read(descriptor, &buffer, buffer.count)
    #endif
  }
}
