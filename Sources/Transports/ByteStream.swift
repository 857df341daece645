#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open descriptor that bytes come from or go to, closed with its last reference. A socket is
/// both directions of its connection.
final class ByteStream {
  enum Kind {
    case socket
    /// A pipe or terminal with a file description of our own, so that not blocking is our affair.
    case nonblocking
    /// A file. It never keeps anybody waiting for long.
    case file
    /// A pipe or terminal shared with others, where not blocking would be theirs too.
    case shared
  }

  enum Transfer: Equatable {
    case bytes(Int)
    case ended
    case wouldBlock
    case failed(Int32)
  }

  let descriptor: Int32
  let kind: Kind

  init(owning descriptor: Int32, kind: Kind) {
    self.descriptor = descriptor
    self.kind = kind
  }

  deinit {
    close(descriptor)
  }

  /// After a ready pipe reports room, this much goes in without blocking: PIPE_BUF, the smallest
  /// that POSIX allows.
  private static let sharedWriteBytes = 512

  /// Whether there may be more at once, or readiness has to be waited for after each transfer.
  var isOneTransferATurn: Bool { kind == .shared }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
    while true {
      let count =
        kind == .socket
        ? recv(descriptor, buffer.baseAddress, buffer.count, Platform.receiveFlags)
        : Self.readBytes(descriptor, buffer)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended }
      if errno != EINTR { return Self.refusal(errno) }
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
    while true {
      let count =
        switch kind {
        case .socket: send(descriptor, bytes.baseAddress, bytes.count, Platform.sendFlags)
        case .shared:
          Self.writeBytes(descriptor, bytes.baseAddress, min(bytes.count, Self.sharedWriteBytes))
        case .nonblocking, .file: Self.writeBytes(descriptor, bytes.baseAddress, bytes.count)
        }
      if count >= 0 { return .bytes(count) }
      if errno != EINTR { return Self.refusal(errno) }
    }
  }

  /// Darwin says ENOBUFS where others say EAGAIN.
  private static func refusal(_ code: Int32) -> Transfer {
    code == EAGAIN || code == EWOULDBLOCK || code == ENOBUFS ? .wouldBlock : .failed(code)
  }

  private static func readBytes(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func writeBytes(
    _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes, count)
    #else
      Darwin.write(descriptor, bytes, count)
    #endif
  }
}

extension ByteStream {
  /// A stream of our own over a descriptor that we inherited, which stays open and as it was.
  static func inheriting(
    _ descriptor: Int32, for direction: Interest
  ) throws(SystemError) -> ByteStream {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw SystemError("use descriptor \(descriptor)")
    }
    switch status.st_mode & S_IFMT {
    case S_IFSOCK: return ByteStream(owning: try duplicate(descriptor), kind: .socket)
    case S_IFREG: return ByteStream(owning: try duplicate(descriptor), kind: .file)
    case S_IFCHR where isatty(descriptor) == 0:
      return ByteStream(owning: try duplicate(descriptor), kind: .file)
    default:
      if let own = reopened(descriptor, for: direction) {
        return ByteStream(owning: own, kind: .nonblocking)
      }
      return ByteStream(owning: try duplicate(descriptor), kind: .shared)
    }
  }

  /// O_NONBLOCK on the inherited description would reach the parent, and stay there after a kill.
  /// Linux opens a pipe or terminal anew through its own name; Darwin only duplicates.
  private static func reopened(_ descriptor: Int32, for direction: Interest) -> Int32? {
    #if os(Linux)
      let access = direction == .readable ? O_RDONLY : O_WRONLY
      let own = open(
        "/proc/self/fd/\(descriptor)", access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      return own >= 0 ? own : nil
    #else
      return nil
    #endif
  }

  private static func duplicate(_ descriptor: Int32) throws(SystemError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw SystemError("duplicate descriptor \(descriptor)") }
    return copy
  }
}
