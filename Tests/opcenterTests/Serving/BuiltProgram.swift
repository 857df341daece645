import Foundation
import ServiceTesting

/// The program as it was built beside these tests.
enum BuiltProgram {
  static func url() throws -> URL {
    // On Linux the tests are a program themselves; on Darwin they are a bundle that one has loaded.
    let places = [Bundle.main.executableURL].compactMap { $0 } + Bundle.allBundles.map(\.bundleURL)
    for place in places {
      let program = place.resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("opcenter")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    throw Fault("opcenter is not beside the tests; build the whole package")
  }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("opcenter-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
