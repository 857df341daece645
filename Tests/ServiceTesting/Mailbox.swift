import Dispatch
import Synchronization

/// What a service says outside its answers: calls that other threads leave for its own, replies of
/// jobs, lines of its log.
final class Mailbox: Sendable {
  private struct Contents {
    var calls: [@Sendable () -> Void] = []
    var replies: [[UInt8]] = []
    var notifications: [(connection: UInt64, body: [UInt8])] = []
    var log: [String] = []
    var closed: [UInt64] = []
    var isStopped = false
    var milliseconds: Int64 = 0
  }

  private let contents = Mutex(Contents())
  private let arrivals = DispatchSemaphore(value: 0)

  func post(_ call: @escaping @Sendable () -> Void) {
    contents.withLock { $0.calls.append(call) }
    arrivals.signal()
  }

  func reply(_ body: [UInt8]) { contents.withLock { $0.replies.append(body) } }

  func notify(_ body: [UInt8], to connection: UInt64) {
    contents.withLock { $0.notifications.append((connection, body)) }
  }

  func takeNotifications(to connection: UInt64) -> [[UInt8]] {
    contents.withLock { contents in
      let taken = contents.notifications.filter { $0.connection == connection }.map(\.body)
      contents.notifications.removeAll { $0.connection == connection }
      return taken
    }
  }

  func log(_ line: String) { contents.withLock { $0.log.append(line) } }

  func close(_ connection: UInt64) { contents.withLock { $0.closed.append(connection) } }

  var closedConnections: [UInt64] { contents.withLock { $0.closed } }

  func stop() { contents.withLock { $0.isStopped = true } }

  var lines: [String] { contents.withLock { $0.log } }

  var milliseconds: Int64 { contents.withLock { $0.milliseconds } }
  func pass(milliseconds: Int64) { contents.withLock { $0.milliseconds += milliseconds } }

  var isStopped: Bool { contents.withLock { $0.isStopped } }

  func takeReplies() -> [[UInt8]] {
    contents.withLock { contents in
      defer { contents.replies = [] }
      return contents.replies
    }
  }

  /// Runs what other threads have left, until a job has replied. A job that never does is a fault.
  func awaitReply() throws -> [UInt8] {
    while true {
      if let reply = contents.withLock({ $0.replies.isEmpty ? nil : $0.replies.removeFirst() }) {
        return reply
      }
      try runCalls()
    }
  }

  /// Waits until another thread has left something, and runs it.
  func runCalls() throws {
    guard arrivals.wait(timeout: .now() + .seconds(20)) == .success else {
      throw Fault("nothing has come from other threads")
    }
    let calls = contents.withLock { contents in
      defer { contents.calls = [] }
      return contents.calls
    }
    for call in calls { call() }
  }
}
