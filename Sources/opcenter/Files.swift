import Foundation

/// Whole files, for what the command line reads and writes.
enum Files {
  static func read(_ path: String) throws -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw FileFailure(path: path, reason: reason(error), isRead: true)
    }
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw FileFailure(path: path, reason: reason(error), isRead: false)
    }
  }

  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(cause.code)))
  }
}

struct FileFailure: Error, CustomStringConvertible {
  let path: String
  let reason: String
  let isRead: Bool

  var description: String { "\(path) cannot be \(isRead ? "read" : "written"): \(reason)" }
}
