import Foundation
import JSONRPC
import ServiceTesting
import Testing
import Wire

@testable import opcenter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct StopServingTests {
  /// The token is the first that others see of a service that starts. A few times, since the moment
  /// in which a stop could go wrong is short.
  @Test func `a service that is stopped as soon as its token is there ends in order`() throws {
    let folder = try TemporaryFolder()
    let token = folder.path("token")
    for _ in 0..<10 {
      let process = try ServedProcess([
        "--memory", "--listen", "127.0.0.1:0", "--token-file", token,
      ])
      let deadline = ContinuousClock.now + .seconds(20)
      while !FileManager.default.fileExists(atPath: token) {
        guard ContinuousClock.now < deadline else { throw Fault("the service leaves no token") }
        sched_yield()
      }
      process.terminate()
      #expect(try process.exitCode() == 0)
      #expect(!FileManager.default.fileExists(atPath: token))
    }
  }

  /// The end of its output is the first that a parent sees of a service that ends, and many send a
  /// signal then, to be sure. A few times, since the moment in which it may come is short.
  @Test func `a signal after the end of the output changes nothing`() throws {
    let folder = try TemporaryFolder()
    for _ in 0..<20 {
      let process = try ServedProcess(["--data", folder.path("data")])
      let peer = process.standardStreams(.newline)
      _ = try peer.call("system.ping", .object([]))
      peer.finishSending()
      try process.finishInput()
      #expect(try peer.receive() == nil)
      process.terminate()
      #expect(try process.exitCode() == 0)
    }
  }

  /// Held up by an output that nobody reads. `SigCgt` says when it listens to signals: SIGTERM is the
  /// bit 0x4000.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status")))
  func `a second signal ends a run that nobody reads`() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<2000).map { "Guest,12 Main Street \($0)\n" }
    try Files.write(Array(("name,phone\n" + rows.joined()).utf8), to: folder.path("guests.csv"))
    let flow = samplesFolder().appendingPathComponent("rsvp.chatflow.json").path
    let ran = try ShellRun(
      """
      set -- "$1" "\(flow)"
      mkfifo "$1/full"
      exec 9<> "$1/full"
      dd if=/dev/zero of="$1/full" oflag=nonblock bs=4096 2> "$1/dd" || :
      "$0" run --guests "$1/guests.csv" --chatflow "$2" > "$1/full" &
      process=$!
      caught=0
      while [ $((0x$caught & 0x4000)) = 0 ]; do
        caught=$(sed -n 's/^SigCgt:[[:space:]]*........//p' /proc/$process/status)
      done
      kill -TERM $process
      kill -TERM $process
      while kill -0 $process 2> "$1/gone" && [ "$(cut -d ' ' -f 3 /proc/$process/stat)" != Z ]; do
        kill -TERM $process
      done
      wait $process
      """, in: folder)
    #expect(ran.code == .interrupted)
  }
}
