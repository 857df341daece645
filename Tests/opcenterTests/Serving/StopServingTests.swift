import Foundation
import ServiceTesting
import Testing

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
}
