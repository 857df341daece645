import Testing
import Foundation

/// Tables of conditions with what is expected of each: `condition => expected` a line.
struct ConditionRow: Sendable, CustomTestStringConvertible {
  let condition: String
  let expected: String

  var testDescription: String { condition }

  static func table(_ name: String) throws -> [ConditionRow] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Tables/\(name).txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { line in
        let parts = line.components(separatedBy: " => ")
        return ConditionRow(condition: parts[0], expected: parts.count == 2 ? parts[1] : "?")
      }
  }
}
