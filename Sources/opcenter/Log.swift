import CampaignEngine
import OperationCenterService
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lines on standard error: plain text for people, JSON for machines. A reader that does not read
/// loses lines; it never holds the service.
struct Log: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1

  func write(_ message: String) {
    var line: [UInt8]
    if isTerminal {
      line = Array("opcenter: \(TerminalText.printable(message))\n".utf8)
    } else {
      let time = ServiceClock.wall(WallClock(start: nil, rate: 1)).now()
      line = JSON.encode(["at": time.wireText, "message": message] as WireMap<String>)
      line.append(UInt8(ascii: "\n"))
    }
    StandardError.writeWithoutWaiting(line)
  }
}

enum StandardError {
  /// Gives up at once where the pipe is full.
  static func writeWithoutWaiting(_ bytes: [UInt8]) {
    var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    guard poll(&ready, 1, 0) == 1, ready.revents & Int16(POLLOUT) != 0 else { return }
    _ = bytes.withUnsafeBytes { Descriptor.send(STDERR_FILENO, $0) }
  }

  static func write(_ text: String) {
    // There is nobody left to tell that it cannot be written.
    try? Descriptor.write(Array(text.utf8), to: STDERR_FILENO)
  }
}
