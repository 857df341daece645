#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ends the loop's waiting, from another thread or from a signal handler. One byte says why: 0 is
/// a mere wake-up, any other the number of a signal. A pipe does what an eventfd would, everywhere.
final class WakePipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() throws(SystemError) {
    (readEnd, writeEnd) = try Platform.pipe()
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// A full pipe refuses, and wakes the loop all the same.
  func wake() {
    var reason: UInt8 = 0
    _ = write(writeEnd, &reason, 1)
  }

  /// Empties the pipe and gives the signals that were in it.
  func drain() -> [Int32] {
    var signals: [Int32] = []
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(readEnd, &bytes, bytes.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return signals }
      signals += bytes.prefix(count).filter { $0 != 0 }.map(Int32.init)
    }
  }
}
