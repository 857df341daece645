#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input and output, taken over for the protocol.
package struct StandardStreams {
  let input: ByteStream
  let output: ByteStream

  /// From now on a stray `print` lands on standard error, where it breaks no frame, and a child
  /// process finds an empty standard input.
  package static func claim() throws(SystemError) -> StandardStreams {
    try claim(input: STDIN_FILENO, output: STDOUT_FILENO, error: STDERR_FILENO)
  }

  /// A peer within this process: it has the descriptor, and what it sends there comes in here.
  static func socketPair() throws(SystemError) -> (peer: Int32, streams: StandardStreams) {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Platform.streamSocket, 0, &ends) == 0 else {
      throw SystemError("socketpair")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let stream = ByteStream(owning: ends[1], kind: .socket)
    return (ends[0], StandardStreams(input: stream, output: stream))
  }

  static func claim(
    input: Int32, output: Int32, error: Int32
  ) throws(SystemError) -> StandardStreams {
    let streams = StandardStreams(
      input: try .inheriting(input, for: .readable),
      output: try .inheriting(output, for: .writable))
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { throw SystemError("open /dev/null") }
    defer { close(null) }
    guard dup2(null, input) >= 0, dup2(error, output) >= 0 || dup2(null, output) >= 0 else {
      throw SystemError("redirect standard input and output")
    }
    return streams
  }
}
