/// Searches for texts, character by character. The standard library's own come with its regular
/// expressions, which would be a tenth of the whole program.
extension StringProtocol {
  package func firstRange(ofText part: String) -> Range<Index>? {
    guard let beginning = part.first else { return startIndex..<startIndex }
    var start = startIndex
    while let found = self[start...].firstIndex(of: beginning) {
      if self[found...].starts(with: part) {
        return found..<index(found, offsetBy: part.count)
      }
      start = index(after: found)
    }
    return nil
  }

  package func contains(text part: String) -> Bool { firstRange(ofText: part) != nil }

  /// The parts between, empty ones included.
  package func split(atText separator: String) -> [String] {
    guard !separator.isEmpty else { return [String(self)] }
    var parts: [String] = []
    var start = startIndex
    while let found = self[start...].firstRange(ofText: separator) {
      parts.append(String(self[start..<found.lowerBound]))
      start = found.upperBound
    }
    return parts + [String(self[start...])]
  }

  package func replacing(text part: String, with other: String) -> String {
    split(atText: part).joined(separator: other)
  }
}
