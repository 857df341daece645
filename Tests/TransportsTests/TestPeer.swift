import Testing

@testable import Transports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Kept from child processes, of which some tests have one: it would hold the ends of others open.
#if canImport(Glibc)
  private let privateStream = Platform.streamSocket | Int32(SOCK_CLOEXEC.rawValue)
#else
  private let privateStream = Platform.streamSocket
#endif

/// The other end of a connection. It never blocks.
final class TestPeer {
  private var descriptor: Int32
  private(set) var received: [UInt8] = []
  private(set) var hasEnded = false

  init(owning descriptor: Int32) {
    self.descriptor = descriptor
    Platform.setNonblocking(descriptor)
  }

  /// Reads what comes out of a pipe.
  convenience init(sharing pipe: OwnedDescriptor) {
    self.init(owning: pipe.duplicate().release())
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// One end of a pair of sockets, and the stream at its other end.
  static func pair() throws -> (peer: TestPeer, stream: ByteStream) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, privateStream, 0, &ends) == 0 else {
      throw SystemError("socketpair")
    }
    return (TestPeer(owning: ends[0]), ByteStream(owning: ends[1], kind: .socket))
  }

  /// A connection over TCP.
  static func connected(to address: ListenAddress) throws -> TestPeer {
    let target = SocketAddress(address)
    let descriptor = socket(target.family, privateStream, 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    guard target.withPointer({ connect(descriptor, $0, $1) }) == 0 else {
      let error = SystemError("connect")
      close(descriptor)
      throw error
    }
    return TestPeer(owning: descriptor)
  }

  /// Gives how much was taken.
  @discardableResult
  func send(_ text: String) -> Int {
    send(Array(text.utf8))
  }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Int {
    max(write(descriptor, bytes, bytes.count), 0)
  }

  /// Takes what is there.
  func receive() {
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        received += buffer[..<count]
      } else {
        if count == 0 || errno != EAGAIN { hasEnded = true }
        return
      }
    }
  }

  var text: String {
    receive()
    return String(decoding: received, as: UTF8.self)
  }

  func finishSending() {
    shutdown(descriptor, Platform.shutdownWriting)
  }

  func hangUp() {
    close(descriptor)
    descriptor = -1
  }
}

/// A descriptor closed once: on demand, or with its last reference.
final class OwnedDescriptor {
  private(set) var rawValue: Int32

  init(_ rawValue: Int32) {
    self.rawValue = rawValue
  }

  deinit {
    finish()
  }

  init(duplicating other: Int32) {
    rawValue = fcntl(other, F_DUPFD_CLOEXEC, 3)
  }

  func duplicate() -> OwnedDescriptor {
    OwnedDescriptor(duplicating: rawValue)
  }

  /// Somebody else closes it now.
  func release() -> Int32 {
    defer { rawValue = -1 }
    return rawValue
  }

  func finish() {
    if rawValue >= 0 { close(rawValue) }
    rawValue = -1
  }
}

/// An empty file without a name.
func temporaryFile() throws -> OwnedDescriptor {
  var path = Array("/tmp/center-test-XXXXXX".utf8CString)
  let descriptor = mkstemp(&path)
  guard descriptor >= 0 else { throw SystemError("mkstemp") }
  unlink(path)
  return OwnedDescriptor(descriptor)
}
