import Foundation
import Testing

@testable import CampaignEngine

/// Compares what `expected_folds.py` wrote, of all code points, with what is folded here.
struct FoldJudgeTests {
  private static let file = ProcessInfo.processInfo.environment["OPCENTER_FOLDS"]

  @Test(.enabled(if: file != nil))
  func `every code point is folded as Python's unicodedata has it`() throws {
    let file = try #require(Self.file)
    let lines = try String(contentsOfFile: file, encoding: .utf8).utf8.split(separator: 0x0A)
    var comparison = FoldComparison(version: String(Substring(try #require(lines.first))))
    for line in lines.dropFirst() {
      let parts = try line.split(separator: 0x3B, omittingEmptySubsequences: false).map(text)
      comparison.compareListed(parts[0], bare: parts[1], kept: parts[2])
    }
    for code in UInt32(0)..<0x11_0000 {
      guard let scalar = Unicode.Scalar(code) else { continue }
      for original in ["\(scalar)", "x\(scalar)y", "か\(scalar)"] {
        comparison.compareUnlisted(original)
      }
    }
    #expect(comparison.count > 3_000_000)
    #expect(comparison.wrong.isEmpty)
  }

  private func text(_ part: Substring.UTF8View) throws -> String {
    var text = ""
    for number in part.split(separator: 0x20) {
      let code = try #require(UInt32(Substring(number), radix: 16))
      text.unicodeScalars.append(try #require(Unicode.Scalar(code)))
    }
    return text
  }
}

private struct FoldComparison {
  private(set) var count = 0
  private(set) var wrong: [String] = []
  /// Keyed by scalars: canonically equivalent strings are equal.
  private var listed: Set<[Unicode.Scalar]> = []
  /// Nil where both sides have the same version; else the older one, and newer code points are
  /// passed over.
  private let limit: (major: Int, minor: Int)?

  init(version: String) {
    let versions = [version, FoldTables.unicodeVersion].map { version in
      version.split(separator: ".").compactMap { Int($0) }
    }
    let older = versions.min { $0.lexicographicallyPrecedes($1) } ?? []
    limit = versions[0] == versions[1] || older.count < 2 ? nil : (older[0], older[1])
  }

  mutating func compareUnlisted(_ original: String) {
    guard !listed.contains(Array(original.unicodeScalars)) else { return }
    compare(original, bare: original, kept: original)
  }

  mutating func compareListed(_ original: String, bare: String, kept: String) {
    if original.unicodeScalars.count <= 3 { listed.insert(Array(original.unicodeScalars)) }
    compare(original, bare: bare, kept: kept)
  }

  private mutating func compare(_ original: String, bare: String, kept: String) {
    guard original.unicodeScalars.allSatisfy(isCompared) else { return }
    count += 1
    let found = FoldedText(original)
    let foundKept = FoldedText(keepingPunctuation: original)
    let isRight =
      found.text.utf8.elementsEqual(bare.utf8) && foundKept.text.utf8.elementsEqual(kept.utf8)
      && FoldedText(found.text) == found
      && FoldedText(keepingPunctuation: foundKept.text) == foundKept
    guard !isRight, wrong.count < 40 else { return }
    wrong.append("\(hex(original)): \(hex(found.text)) | \(hex(foundKept.text))")
  }

  private func isCompared(_ scalar: Unicode.Scalar) -> Bool {
    guard let limit else { return true }
    return scalar.properties.age.map { ($0.major, $0.minor) <= limit } ?? false
  }

  private func hex(_ text: String) -> String {
    text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
  }
}
