#if canImport(Glibc)
  import CEpoll
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A refusal of the operating system.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried: "bind 127.0.0.1:4000".
  package let operation: String
  package let code: Int32

  package init(_ operation: String, code: Int32 = errno) {
    self.operation = operation
    self.code = code
  }

  package var description: String {
    "\(operation): \(String(cString: strerror(code)))"
  }
}

/// Where the operating systems differ, in one place.
enum Platform {
  #if canImport(Glibc)
    static let streamSocket = Int32(SOCK_STREAM.rawValue)
    static let tcp = Int32(IPPROTO_TCP)
    /// A peer that is gone is an error of the call, not a signal to the process.
    static let sendFlags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
    static let receiveFlags = Int32(MSG_DONTWAIT)
    static let shutdownWriting = Int32(SHUT_WR)
  #else
    static let streamSocket = SOCK_STREAM
    static let tcp = IPPROTO_TCP
    static let sendFlags = MSG_DONTWAIT
    static let receiveFlags = MSG_DONTWAIT
    static let shutdownWriting = SHUT_WR
  #endif

  /// Both ends close on exec and never block.
  static func pipe() throws(SystemError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      guard center_pipe(&ends) == 0 else { throw SystemError("make a pipe") }
    #else
      guard Darwin.pipe(&ends) == 0 else { throw SystemError("make a pipe") }
      for end in ends {
        closeOnExec(end)
        setNonblocking(end)
      }
    #endif
    return (ends[0], ends[1])
  }

  /// The descriptor of the next connection, or -1 and the reason in `errno`.
  static func accept(_ listener: Int32, _ address: inout SocketAddress) -> Int32 {
    address.withMutablePointer { pointer, length in
      #if canImport(Glibc)
        return center_accept(listener, pointer, &length)
      #else
        let descriptor = Darwin.accept(listener, pointer, &length)
        if descriptor >= 0 { closeOnExec(descriptor) }
        return descriptor
      #endif
    }
  }

  static func closeOnExec(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  /// Only for descriptors of our own making: the flag is shared with whoever else holds the file.
  static func setNonblocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  static func setOption(_ socket: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    _ = setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Small answers leave at once, and a peer that vanished without a word is noticed in a minute.
  static func prepareConnection(_ socket: Int32) {
    setOption(socket, tcp, TCP_NODELAY, 1)
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1)
    setOption(socket, tcp, TCP_KEEPINTVL, 10)
    setOption(socket, tcp, TCP_KEEPCNT, 3)
    #if canImport(Glibc)
      setOption(socket, tcp, TCP_KEEPIDLE, 30)
      setOption(socket, tcp, TCP_USER_TIMEOUT, 60_000)
    #else
      setOption(socket, tcp, TCP_KEEPALIVE, 30)
      setOption(socket, SOL_SOCKET, SO_NOSIGPIPE, 1)
    #endif
  }

  /// Both signals end a process that merely wrote where nobody reads, or past a file size limit.
  static func ignoreWriteSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// How many descriptors the process may have open.
  static var descriptorLimit: Int {
    var limit = rlimit()
    #if canImport(Glibc)
      let result = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    #else
      let result = getrlimit(RLIMIT_NOFILE, &limit)
    #endif
    guard result == 0 else { return 256 }
    return Int(clamping: limit.rlim_cur)
  }

  static var currentThread: UInt {
    #if canImport(Glibc)
      UInt(pthread_self())
    #else
      UInt(bitPattern: pthread_self())
    #endif
  }
}
