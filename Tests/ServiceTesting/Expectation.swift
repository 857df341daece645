import CampaignEngine
import Wire

/// An answer as a transcript writes it, with words in place of what nobody can know beforehand:
///
/// - `"<time>"` stands for any time, `"<any>"` for any value but null, and `"<caller>"` for the name of
///   the token that the caller has, or null where they need none.
/// - Any other `"<word>"` stands for one text, the same wherever the word stands: where it is met
///   first it takes the text, and later calls and answers get it in its place.
///
/// Where only what is told apart is written down, members that are not named may have any value, and
/// `"<none>"` stands for a member that must not be there.
package struct Expectation {
  private let isPartial: Bool
  private var words: [String: String] = [:]

  package init(isPartial: Bool = false) { self.isPartial = isPartial }

  /// The text with the words that are known replaced by what they stand for.
  package func filled(_ text: String) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      filled += rest[..<open]
      let word = String(rest[rest.index(after: open)..<close])
      filled += words[word] ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }

  package func filled(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(filled(text))
    case .array(let elements): .array(elements.map(filled))
    case .object(let members): .object(members.map { ($0.0, filled($0.1)) })
    case .null, .bool, .number: value
    }
  }

  /// Where the answer is not as expected; empty is good.
  package mutating func differences(
    _ expected: JSONValue, _ actual: JSONValue, at path: String = ""
  ) -> [String] {
    switch (expected, actual) {
    case (.string(let text), _): return differences(text, actual, at: path)
    case (.array(let wanted), .array(let found)):
      guard wanted.count == found.count else {
        return ["\(path): \(found.count) elements, expected \(wanted.count)"]
      }
      return zip(wanted, found).enumerated().flatMap { index, pair in
        differences(pair.0, pair.1, at: "\(path)[\(index)]")
      }
    case (.object(let wanted), .object(let found)):
      let missing = wanted.filter { actual[$0.0] == nil && !isAbsence($0.1) }
        .map { "\(path).\($0.0) is missing" }
      let surplus = found.filter { !isPartial && expected[$0.0] == nil }
        .map { "\(path).\($0.0) is new: \(String(decoding: JSON.encode($0.1), as: UTF8.self))" }
      return missing + surplus
        + wanted.flatMap { key, value in
          actual[key].map { differences(value, $0, at: "\(path).\(key)") } ?? []
        }
    default: return expected == actual ? [] : [Self.difference(expected, actual, path)]
    }
  }

  private func isAbsence(_ expected: JSONValue) -> Bool {
    isPartial && expected == .string("<none>")
  }

  private mutating func differences(
    _ text: String, _ actual: JSONValue, at path: String
  ) -> [String] {
    switch text {
    case "<none>" where isPartial: break
    case "<any>": return actual.isNull ? ["\(path) is null"] : []
    case "<caller>":
      if case .string = actual { return [] }
      if actual.isNull { return [] }
    case "<time>":
      if case .string(let found) = actual, Timestamp(wireText: found)?.wireText == found {
        return []
      }
    default:
      if let word = Self.word(text), words[word] == nil, case .string(let found) = actual {
        words[word] = found
        return []
      }
      if .string(filled(text)) == actual { return [] }
    }
    return [Self.difference(.string(filled(text)), actual, path)]
  }

  private static func word(_ text: String) -> String? {
    guard text.hasPrefix("<"), text.hasSuffix(">") else { return nil }
    let word = text.dropFirst().dropLast()
    let isWord = word.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == 95
    }
    return isWord && !word.isEmpty ? String(word) : nil
  }

  private static func difference(
    _ expected: JSONValue, _ actual: JSONValue, _ path: String
  ) -> String {
    "\(path): \(text(actual)), expected \(text(expected))"
  }

  private static func text(_ value: JSONValue) -> String {
    String(decoding: JSON.encode(value), as: UTF8.self)
  }
}
