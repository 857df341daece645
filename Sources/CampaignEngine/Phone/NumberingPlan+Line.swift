/// Reads the table. It is our own, so what is malformed there is a mistake of ours.
extension NumberingPlan {
  init(line: Substring) {
    let columns = line.split(separator: "|", omittingEmptySubsequences: false)
    precondition(columns.count == 4, "a line of the numbering table has four columns: \(line)")
    let trunks = columns[1].split(separator: " ")
    self.init(
      code: PhoneDigits(number(columns[0]), columns[0].utf8.count),
      trunks: trunks.filter { $0 != "-" }.map(Prefix.init(pattern:)),
      exits: columns[2].split(separator: " ").map(Prefix.init(pattern:)),
      isBareUsual: trunks.first == "-",
      ranges: columns[3].split(separator: ";").flatMap(Range.read))
  }
}

extension NumberingPlan.Prefix {
  /// Such as 06, and 0xx or 010-099 where a carrier's number follows the trunk prefix.
  init(pattern: Substring) {
    let bounds = pattern.split(separator: "-")
    if bounds.count == 2 {
      (low, high, count) = (number(bounds[0]), number(bounds[1]), bounds[0].utf8.count)
      return
    }
    let digits = pattern.prefix { $0 != "x" }
    let open = pattern.utf8.count - digits.utf8.count
    let low = PhoneDigits(number(digits), digits.utf8.count)
    self.low = low.leading(low.count + open)
    self.count = low.count + open
    self.high = self.low + (PhoneDigits(1, 1).leading(open + 1) - 1)
  }
}

extension NumberingPlan.Range {
  /// Such as "m9-10 15 18-19": mobiles of 9 or 10 digits that begin with 15, 18 or 19. In
  /// "10+2-9 201" the digit behind 201 is 2 to 9.
  static func read(_ group: Substring) -> [Self] {
    let words = group.split(separator: " ")
    guard var head = words.first else { return [] }
    let fit: NumberingPlan.Fit =
      switch head.first {
      case "m": .mobile
      case "a": .abroad
      default: .line
      }
    if fit != .line { head.removeFirst() }
    let parts = head.split(separator: "+")
    head = parts.first ?? ""
    let next = parts.dropFirst().first.map { $0.split(separator: "-").map(number) }
    var lengths: UInt32 = 0
    for part in head.split(separator: ",") {
      let bounds = part.split(separator: "-")
      for length in number(bounds[0])...number(bounds[bounds.count - 1]) { lengths |= 1 << length }
    }
    var range = Self(low: 0, high: 9999, lengths: lengths, fit: fit)
    if let low = next?.first, let high = next?.last { range.next = UInt16(low)...UInt16(high) }
    guard words.count > 1 else { return [range] }
    return words.dropFirst().map { word in
      var range = range
      let bounds = word.split(separator: "-")
      let prefixes = bounds.map { PhoneDigits(number($0), $0.utf8.count) }
      let width = PhoneDigits(1, 1).leading(5 - prefixes[0].count)
      range.low = UInt16(prefixes[0].leading(4))
      range.place = next == nil ? 1 : UInt16(max(width / 10, 1))
      range.high = UInt16(prefixes[prefixes.count - 1].leading(4) + width - 1)
      return range
    }
  }
}

private func number(_ text: Substring) -> UInt64 {
  guard let number = UInt64(text) else {
    preconditionFailure("the numbering table has \(text) where a number belongs")
  }
  return number
}
