/// Waits until descriptors are ready. Level triggered: what is not dealt with is reported again.
package protocol Poller: AnyObject {
  /// Begins to watch, or changes what is watched for. With an empty interest a broken descriptor
  /// may still be reported.
  func watch(
    _ descriptor: Int32, for interest: Interest, token: UInt64
  ) throws(SystemError)

  /// To be called before the descriptor is closed.
  func forget(_ descriptor: Int32)

  /// - Parameter milliseconds: at most; for ever when nil.
  func wait(milliseconds: Int32?, into events: inout [Readiness]) throws(SystemError)
}

package struct Interest: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let readable = Interest(rawValue: 1)
  package static let writable = Interest(rawValue: 2)
}

/// One descriptor that is ready.
package struct Readiness: Equatable, Sendable {
  package let token: UInt64
  package var isReadable = false
  package var isWritable = false
  /// An error, or nobody at the other end. Reading and writing say which.
  package var isBroken = false
}

/// The one that fits the operating system best.
package func makePoller() throws(SystemError) -> any Poller {
  #if os(Linux)
    try EpollPoller()
  #elseif canImport(Darwin)
    try KqueuePoller()
  #else
    PollPoller()
  #endif
}
