import Foundation
import JSONRPC
import ServiceTesting
import Wire

@testable import opcenter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The client's end of a connection: frames go in and out in one framing.
final class ServedPeer {
  private let reading: Int32
  private let writing: Int32
  private let framing: Framing
  private var decoder = FrameDecoder()
  private var nextID: Int64 = 1
  private(set) var hasEnded = false
  /// What came unasked while an answer was awaited.
  private var notifications: [JSONValue] = []

  init(reading: Int32, writing: Int32, framing: Framing) {
    (self.reading, self.writing, self.framing) = (reading, writing, framing)
  }

  /// - Parameters:
  ///   - tokenFile: holds what the peer authenticates with; nil where it stays a stranger.
  ///   - receiveBytes: how much the system takes for a peer that does not read.
  static func connected(
    toPort port: UInt16, framing: Framing, tokenFile: String?, receiveBytes: Int32? = nil
  ) throws -> ServedPeer {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    if var size = receiveBytes {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(descriptor)
      throw Fault("nothing listens on port \(port)")
    }
    let peer = ServedPeer(reading: descriptor, writing: descriptor, framing: framing)
    if let tokenFile { try peer.authenticate(with: tokenFile) }
    return peer
  }

  @discardableResult
  func authenticate(with tokenFile: String) throws -> JSONValue {
    let token = String(decoding: try Files.read(tokenFile).filter { $0 != 0x0A }, as: UTF8.self)
    return try call("system.authenticate", .object([("token", .string(token))]))
  }

  deinit {
    hangUp()
  }

  private var isOpen = true
  private var isSending = true

  func hangUp() {
    guard isOpen else { return }
    isOpen = false
    close(reading)
    if writing != reading, isSending { close(writing) }
  }

  /// Says no more, and still hears; where the two are apart.
  func finishSending() {
    guard isSending, writing != reading else { return }
    isSending = false
    close(writing)
  }

  func send(_ body: [UInt8]) throws { try send(framed: framing.frame(body)) }

  func send(framed bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Fault("the service takes no more") }
      rest = rest.dropFirst(count)
    }
  }

  /// The next frame; nil at the end of the stream. A service that says nothing for long is a fault.
  func receive() throws -> [UInt8]? {
    while true {
      switch decoder.next() {
      case .frame(let frame)?: return Array(frame)
      case nil: break
      default: throw Fault("the answer has no frame")
      }
      if hasEnded { return nil }
      try read()
    }
  }

  /// The next frame that answers something; nil at the end of the stream.
  func answer() throws -> [UInt8]? {
    while let body = try receive() {
      guard case .notification(_, let params)? = try? ServerMessage(body) else { return body }
      notifications.append(try value(params))
    }
    return nil
  }

  private func read() throws {
    var ready = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, 20_000) == 1 else { throw Fault("the service does not answer") }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recvOrRead(&buffer)
    if count > 0 { decoder.append(buffer[..<count]) } else { hasEnded = true }
  }

  private func recvOrRead(_ buffer: inout [UInt8]) -> Int {
    #if canImport(Glibc)
      Glibc.read(reading, &buffer, buffer.count)
    #else
      Darwin.read(reading, &buffer, buffer.count)
    #endif
  }

  /// One call; a refusal is thrown.
  func call(_ method: String, _ params: JSONValue) throws -> JSONValue {
    let call = Call(id: nextID, method: method, params: RawJSON(validated: JSON.encode(params)))
    nextID += 1
    try send(call.encoded())
    while true {
      guard let body = try receive() else { throw Fault("the service is gone") }
      switch try ServerMessage(body) {
      case .result(let result, _): return try JSON.decode(JSONValue.self, from: result.bytes)
      case .error(let error, _): throw error
      case .notification(_, let params): notifications.append(try value(params))
      case .batch: throw Fault("\(method) was answered by something else")
      }
    }
  }

  /// Params of the next notification.
  func notification() throws -> JSONValue {
    if !notifications.isEmpty { return notifications.removeFirst() }
    guard let body = try receive() else { throw Fault("the service is gone") }
    guard case .notification(_, let params) = try ServerMessage(body) else {
      throw Fault("an answer that nothing asked for")
    }
    return try value(params)
  }

  private func value(_ params: RawJSON?) throws -> JSONValue {
    try JSON.decode(JSONValue.self, from: params?.bytes ?? Array("null".utf8))
  }
}
