import Foundation
import Wire

/// Files of one JSON value a line; empty lines are passed over.
package enum JSONLines {
  package static func read(_ file: URL) throws -> [JSONValue] {
    let text = try String(contentsOf: file, encoding: .utf8)
    return try text.split(separator: "\n", omittingEmptySubsequences: true).enumerated().map {
      number, line in
      do {
        return try JSON.decode(JSONValue.self, from: Array(line.utf8))
      } catch {
        throw Fault("\(file.lastPathComponent), line \(number + 1): \(error)")
      }
    }
  }
}
