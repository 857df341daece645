/// One of the five fields of a cron expression: which numbers it may hold, and by which names.
struct CronField {
  let name: String
  let range: ClosedRange<Int>
  /// Names of the numbers from the first of the range on.
  var names: [String] = []

  static let minute = CronField(name: "minute", range: 0...59)
  static let hour = CronField(name: "hour", range: 0...23)
  static let dayOfMonth = CronField(name: "day of month", range: 1...31)
  static let month = CronField(
    name: "month", range: 1...12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"])
  /// Sunday is 0 and 7.
  static let dayOfWeek = CronField(
    name: "day of week", range: 0...7,
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"])
  static let all = [minute, hour, dayOfMonth, month, dayOfWeek]

  /// The numbers that a field names, one bit each: `*`, `5`, `1-5`, `*/15`, `10-20/5`, and lists.
  func values(in text: Substring) throws(CronExpression.Fault) -> UInt64 {
    var values: UInt64 = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      values |= try self.values(inPart: part)
    }
    // The second name of Sunday.
    if range.upperBound == 7, values >> 7 & 1 == 1 { values = values & ~(1 << 7) | 1 }
    return values
  }

  private func values(inPart part: Substring) throws(CronExpression.Fault) -> UInt64 {
    let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = try self.numbers(in: halves[0])
    guard halves.count == 2 else { return Self.bits(numbers, step: 1) }
    guard halves[0] == "*" || halves[0].contains("-") else {
      throw fault(
        "a range or * before \"/\", such as \(range.lowerBound)-\(range.upperBound)/2", part)
    }
    guard let step = number(halves[1]), (1...range.upperBound).contains(step) else {
      throw fault("a step from 1 to \(range.upperBound) after \"/\"", halves[1])
    }
    return Self.bits(numbers, step: step)
  }

  private func numbers(in text: Substring) throws(CronExpression.Fault) -> ClosedRange<Int> {
    if text == "*" { return range.lowerBound...(range.upperBound == 7 ? 6 : range.upperBound) }
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let first = try value(ends[0])
    guard ends.count == 2 else { return first...first }
    var last = try value(ends[1])
    // A range of days may end with Sunday by its name: SAT-SUN.
    if range.upperBound == 7, last == 0, first > 0, number(ends[1]) == nil { last = 7 }
    guard first <= last else {
      throw fault("a range whose first value is not above its last", text)
    }
    return first...last
  }

  private func value(_ text: Substring) throws(CronExpression.Fault) -> Int {
    if let number = number(text), range.contains(number) { return number }
    let name = text.uppercased()
    if let index = names.firstIndex(of: name) { return range.lowerBound + index }
    let words = names.isEmpty ? "" : " or \(names[0])-\(names[names.count - 1])"
    throw fault("a number from \(range.lowerBound) to \(range.upperBound)\(words)", text)
  }

  /// At most two digits: longer numbers are in no range.
  private func number(_ text: Substring) -> Int? {
    guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  private static func bits(_ numbers: ClosedRange<Int>, step: Int) -> UInt64 {
    stride(from: numbers.lowerBound, through: numbers.upperBound, by: step)
      .reduce(0) { $0 | 1 << UInt64($1) }
  }

  private func fault(_ expected: String, _ found: Substring) -> CronExpression.Fault {
    CronExpression.Fault(
      field: name,
      message: "expected in the field \(name) \(expected); found \"\(found.prefix(20))\"")
  }
}
