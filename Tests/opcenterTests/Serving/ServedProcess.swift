import Dispatch
import Foundation
import JSONRPC
import ServiceTesting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `opcenter serve` as a child process.
final class ServedProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let log = Pipe()
  private let end = DispatchSemaphore(value: 0)

  init(_ arguments: [String]) throws {
    // A service that dies must not take the tests along.
    signal(SIGPIPE, SIG_IGN)
    process.executableURL = try BuiltProgram.url()
    process.arguments = ["serve"] + arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = log
    let end = end
    process.terminationHandler = { _ in end.signal() }
    try Self.withSignalsAllowed { try process.run() }
    // The child has its own now; the end of a pipe is seen only once all copies are closed.
    try output.fileHandleForWriting.close()
    try log.fileHandleForWriting.close()
    try input.fileHandleForReading.close()
  }

  /// A child inherits which signals are held back, and the test runner's threads hold all back: a
  /// service would not notice that it is asked to stop before it is ready for it.
  static func withSignalsAllowed(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Standard input and output. The pipes stay the process's own.
  func standardStreams(_ framing: Framing) -> ServedPeer {
    ServedPeer(
      reading: dup(output.fileHandleForReading.fileDescriptor),
      writing: dup(input.fileHandleForWriting.fileDescriptor), framing: framing)
  }

  /// Ends the standard input, once peers have hung up.
  func finishInput() throws { try input.fileHandleForWriting.close() }

  /// The port that the service says it listens on.
  func port() throws -> UInt16 {
    var text = ""
    while let chunk = try log.fileHandleForReading.read(upToCount: 1), !chunk.isEmpty {
      text += String(decoding: chunk, as: UTF8.self)
      guard chunk.first == UInt8(ascii: "\n"), let found = text.firstRange(of: "listening on ")
      else { continue }
      let address = text[found.upperBound...].prefix { $0 != "\"" }
      if let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) { return port }
    }
    throw Fault("the service did not start: \(text)")
  }

  /// The exit code; negative for a signal. A process that does not end is a fault.
  func exitCode() throws -> Int32 {
    guard end.wait(timeout: .now() + .seconds(20)) == .success else {
      throw Fault("the service does not end")
    }
    let status = process.terminationStatus
    return process.terminationReason == .uncaughtSignal ? -status : status
  }

  /// Asks it to end in order.
  func terminate() { send(SIGTERM) }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Ends it at once, wherever it stands.
  func shoot() throws {
    kill(process.processIdentifier, SIGKILL)
    _ = try exitCode()
  }
}
