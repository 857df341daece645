/// Finds the word that was most likely meant.
package enum Spelling {
  /// Longer words are not compared: the work grows with the product of the lengths.
  private static let longestWord = 64

  /// The candidate with the fewest differences, if they are few enough for a slip of the fingers:
  /// one in short words, a third of the letters in longer ones. Of equals, the first.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= longestWord else { return nil }
    var best: (candidate: String, differences: Int)?
    for candidate in candidates where candidate.utf8.count <= longestWord {
      let differences = distance(word, candidate)
      let allowed = max(1, max(word.utf8.count, candidate.utf8.count) / 3)
      guard differences <= allowed, differences < candidate.utf8.count else { continue }
      if differences < best?.differences ?? Int.max { best = (candidate, differences) }
    }
    return best?.candidate
  }

  /// How many letters must be inserted, removed, replaced or swapped with their neighbour to make
  /// one word of the other (optimal string alignment).
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let isSame = left[row] == right[column]
        var cost = min(
          previous[column + 1] + 1, current[column] + 1, previous[column] + (isSame ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforePrevious[column - 1] + 1)
        }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
