import JSONRPC
import Transports
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A client's connection to a service: one request, one answer, one after the other.
struct ServiceConnection: ~Copyable {
  private let descriptor: Int32
  private let address: ListenAddress
  private let timeoutSeconds: Int64
  private var nextID: Int64 = 1
  private var received: [UInt8] = []
  /// Where in `received` the next line begins.
  private var lineStart = 0
  /// No line ends before this.
  private var searched = 0
  /// Params of notifications that came while an answer was awaited.
  private var notifications: [RawJSON] = []

  /// Says who it is before anything else, where it has a token.
  static func open(
    to address: ListenAddress, timeoutSeconds: Int64, token: ClientToken
  ) throws -> ServiceConnection {
    let secret = try token.read()
    var connection = try ServiceConnection(to: address, timeoutSeconds: timeoutSeconds)
    if let secret { try connection.authenticate(with: secret) }
    return connection
  }

  init(to address: ListenAddress, timeoutSeconds: Int64) throws {
    self.address = address
    self.timeoutSeconds = timeoutSeconds
    descriptor = try Self.connected(to: address)
    var timeout = timeval(tv_sec: Int(timeoutSeconds), tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
  }

  deinit { close(descriptor) }

  /// The same socket for whoever goes on with it, and closes it. Nothing may have been subscribed to.
  func descriptorOfItsOwn() throws(SystemCallFailure) -> Int32 {
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard own >= 0 else { throw SystemCallFailure() }
    return own
  }

  private static func connected(to address: ListenAddress) throws -> Int32 {
    let descriptor = address.openSocket()
    guard descriptor >= 0 else { throw failure("no socket", address) }
    guard address.connect(descriptor) == 0 else {
      let error = failure("no service answers", address)
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func failure(_ what: String, _ address: ListenAddress) -> ConnectionLost {
    ConnectionLost(message: "\(what) at \(address): \(String(cString: strerror(errno)))")
  }

  private mutating func authenticate(with token: String) throws {
    let method = "system.authenticate"
    if case .failure(let error) = try call(method, RawJSON(["token": token] as WireMap<String>)) {
      throw CallRefused(method: method, error: error)
    }
  }

  mutating func call(_ method: String, _ params: RawJSON?) throws -> Result<RawJSON, RPCError> {
    let call = Call(id: nextID, method: method, params: params)
    nextID += 1
    try send(Framing.newline.frame(call.encoded()))
    while true {
      switch try ServerMessage(try receiveLine()) {
      case .result(let result, _): return .success(result)
      case .error(let error, _): return .failure(error)
      case .notification(_, let params): notifications.append(params ?? .null)
      case .batch: continue
      }
    }
  }

  /// Params of the next notification; nil if none comes in this time.
  mutating func nextNotification(withinMilliseconds wait: Int64) throws -> RawJSON? {
    if !notifications.isEmpty { return notifications.removeFirst() }
    while true {
      while let line = takeLine() {
        if case .notification(_, let params) = try ServerMessage(line) { return params ?? .null }
      }
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // A signal ends the waiting too, so that whoever waits can look around.
      guard poll(&ready, 1, Int32(clamping: wait)) == 1 else { return nil }
      try receive()
    }
  }

  private func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        #else
          Darwin.send(descriptor, buffer.baseAddress, buffer.count, 0)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure("the request could not be sent", address) }
      rest = rest.dropFirst(count)
    }
  }

  private mutating func receiveLine() throws -> [UInt8] {
    while true {
      if let line = takeLine() { return line }
      try receive()
    }
  }

  private mutating func takeLine() -> [UInt8]? {
    guard let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      received.removeSubrange(..<lineStart)
      (lineStart, searched) = (0, received.count)
      return nil
    }
    defer { (lineStart, searched) = (end + 1, end + 1) }
    return Array(received[lineStart..<end])
  }

  private mutating func receive() throws {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        throw ConnectionLost(message: "\(address) gave no answer within \(timeoutSeconds) seconds")
      }
      guard count > 0 else { throw ConnectionLost(message: "\(address) closed the connection") }
      received.append(contentsOf: buffer[..<count])
      return
    }
  }

  static func standardInput() throws -> [UInt8] {
    do throws(SystemCallFailure) { return try Descriptor.read(STDIN_FILENO) } catch {
      throw FileFailure(path: "standard input", reason: error.reason, isRead: true)
    }
  }
}

/// The service cannot be reached, or is gone.
struct ConnectionLost: Error, CustomStringConvertible {
  let message: String

  var description: String { message }
}
