import Dispatch
import JSONRPC
import ModelContext
import Synchronization
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Carries bytes between a client on two descriptors and a service on a socket: one thread reads what the
/// client says, another what the service answers.
final class ModelContextBridge: Sendable {
  private struct State {
    var server: ModelContextServer
    /// The socket to the service; nil while there is none.
    var link: Int32?
    var framing = Framing.newline
  }

  private let state: Mutex<State>
  /// A message goes out whole, whichever thread sends it.
  private let output: Mutex<Int32>
  private let connect: @Sendable () throws -> Int32
  private let service: String
  private let readers = DispatchGroup()

  /// - Parameters:
  ///   - service: what it is called in a sentence.
  ///   - connect: opens a socket to the service, which is closed here. Called when there is none and one is
  ///     needed.
  init(
    _ server: ModelContextServer, output: Int32, service: String,
    connect: @escaping @Sendable () throws -> Int32
  ) {
    state = Mutex(State(server: server))
    self.output = Mutex(output)
    (self.service, self.connect) = (service, connect)
  }

  /// Reads until the client has said all, and then until the service has answered all.
  /// - Parameter isAlone: nobody else uses the service, so it ends with this connection, which is there from
  ///   the beginning.
  func serve(_ input: Int32, isAlone: Bool) {
    if isAlone { _ = try? openedLink() }
    var decoder = FrameDecoder()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    reading: while let count = Self.take(input, &buffer) {
      buffer[..<count].withUnsafeBufferPointer { decoder.append($0) }
      while let event = decoder.next() {
        if let framing = decoder.framing { state.withLock { $0.framing = framing } }
        switch event {
        case .frame(let frame): perform(state.withLock { $0.server.receive(frame) })
        case .fault(let error): send(Response.failure(error))
        case .lastFault(let error):
          send(Response.failure(error))
          break reading
        case .close: break reading
        }
      }
    }
    state.withLock { if let link = $0.link { shutdown(link, Int32(SHUT_WR)) } }
    readers.wait()
  }

  private static func take(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int? {
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 { return count }
      // Whoever shares the pipe may have made it not to block; a socket may have a time limit.
      guard count < 0, errno == EINTR || errno == EAGAIN else { return nil }
      if errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&ready, 1, -1)
      }
    }
  }

  private func perform(_ actions: [ModelContextServer.Action]) {
    for action in actions {
      switch action {
      case .send(let body): send(body)
      case .call(let number, let method, let params):
        pass(Call(id: number, method: method, params: params).encoded(), for: number)
      case .cancel(let number): cancel(number)
      }
    }
  }

  private func send(_ body: [UInt8]) {
    let framing = state.withLock { $0.framing }
    output.withLock { descriptor in
      do throws(SystemCallFailure) {
        try Descriptor.write(framing.frame(body), to: descriptor)
      } catch {
        // Nobody reads any more: what is still under way ends as after the end of the input.
        state.withLock { if let link = $0.link { shutdown(link, Int32(SHUT_WR)) } }
      }
    }
  }

  // MARK: - The service

  private func pass(_ body: [UInt8], for number: Int64) {
    do {
      let link = try openedLink()
      try Descriptor.write(Framing.newline.frame(body), to: link)
    } catch {
      let reason = RPCError(code: RPCError.Code.internalFault, message: Self.sentence(of: error))
      perform(state.withLock { $0.server.answered(number, .failure(reason)) })
    }
  }

  private static func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

  private static func sentence(of error: any Error) -> String {
    let failure = (error as? SystemCallFailure)?.reason
    return sentence(failure.map { "the call could not be passed on: \($0)" } ?? "\(error)")
  }

  private func cancel(_ number: Int64) {
    let params = JSONValue.object([("id", .number("\(number)"))])
    let message = JSONValue.object([
      ("jsonrpc", .string("2.0")), ("method", .string("$/cancelRequest")), ("params", params),
    ])
    guard let link = state.withLock({ $0.link }) else { return }
    // A service that is gone has nothing left to be cancelled.
    try? Descriptor.write(Framing.newline.frame(JSON.encode(message)), to: link)
  }

  /// Only the thread that reads the client comes here, so no two of them open one.
  private func openedLink() throws -> Int32 {
    if let link = state.withLock({ $0.link }) { return link }
    let link = try connect()
    state.withLock { $0.link = link }
    DispatchQueue.global().async(group: readers) { self.readAnswers(link) }
    return link
  }

  private func readAnswers(_ link: Int32) {
    var decoder = FrameDecoder(limits: Self.unbounded)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    reading: while let count = Self.take(link, &buffer) {
      buffer[..<count].withUnsafeBufferPointer { decoder.append($0) }
      while let event = decoder.next() {
        guard case .frame(let frame) = event else { break reading }
        take(Array(frame))
      }
    }
    let actions = state.withLock { state in
      if state.link == link { state.link = nil }
      return state.server.lost("The connection to \(service) is lost.")
    }
    close(link)
    perform(actions)
  }

  /// The service bounds its answers itself.
  private static let unbounded: Limits = {
    var limits = Limits()
    limits.frameBytes = 1 << 30
    return limits
  }()

  private func take(_ answer: [UInt8]) {
    guard let message = try? ServerMessage(answer) else { return }
    let (id, result): (RawJSON, Result<RawJSON, RPCError>)
    switch message {
    case .result(let value, let its): (id, result) = (its, .success(value))
    case .error(let error, let its): (id, result) = (its, .failure(error))
    case .notification, .batch: return
    }
    guard let number = Int64(id.text) else { return }
    perform(state.withLock { $0.server.answered(number, result) })
  }
}
