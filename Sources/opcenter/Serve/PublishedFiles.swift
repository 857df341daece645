import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Small files in which a running service tells others on this machine where it is and how to be let
/// in: its token, its port, its addresses. They go with it.
struct PublishedFiles {
  private struct Published {
    let path: String
    let bytes: [UInt8]
  }

  private var published: [Published] = []

  /// Whoever finds one may use it at once, so everything else is ready by then.
  mutating func publish(
    _ text: String, in path: String, isPrivate: Bool = false, _ log: Log
  ) throws {
    let bytes = Array(text.utf8)
    if case .writtenInto(isFIFO: true) = Files.Manner(for: path) {
      // Opening it waits for a reader, and the service waits for nobody.
      DispatchQueue.global().async {
        do { try Files.write(bytes, to: path, isPrivate: isPrivate) } catch {
          log.write("\(error)")
        }
      }
      return
    }
    try Files.write(bytes, to: path, isPrivate: isPrivate)
    published.append(Published(path: path, bytes: bytes))
  }

  /// Only what still is as it was written here: another service may have written its own since.
  func withdraw() {
    for file in published where (try? Self.contents(of: file.path)) == file.bytes {
      switch Files.Manner(for: file.path) {
      case .replaced: unlink(file.path)
      // What was there before stays there, but says nothing any more.
      case .writtenInto: truncate(file.path, 0)
      }
    }
  }

  /// Nil where nothing stays written, as in a terminal: reading there would wait.
  private static func contents(of path: String) throws -> [UInt8]? {
    var found = stat()
    guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
    return try Files.read(path)
  }
}
