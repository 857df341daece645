import Foundation
import Testing

import CampaignEngine

/// Reads what `judge_phones.py draw FILE` wrote and leaves in `FILE.left` what is not plainly right, for
/// `judge_phones.py check FILE` to look up in a library that many programs trust.
struct PhoneJudgeTests {
  private static let file = ProcessInfo.processInfo.environment["OPCENTER_PHONES"]

  @Test(.enabled(if: file != nil))
  func `numbers of all plans are read in every spelling`() throws {
    let file = try #require(Self.file)
    let texts = try String(contentsOfFile: file, encoding: .utf8)
    var plans: [Substring: NumberingPlan] = [:]
    var left = ""
    var count = (all: 0, refused: 0)
    for line in texts.split(separator: "\n") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      let (spelling, code, text, truth) = (columns[0], columns[3], columns[4], columns[5])
      let home = plans[code] ?? NumberingPlan.of(callingCode: String(code))
      plans[code] = home
      count.all += 1
      if let phone = Phone(complete: String(truth)) {
        #expect(phone.isInUnitedStates == (columns[1] == "US"), "\(columns[1]) \(truth)")
      }
      switch PhoneReading.read(String(text), home: home) {
      case .one(let number):
        if String(number) != truth { left += "one\t\(number)\t\(line)\n" }
      case .ambiguous(let numbers):
        left += "two\t\(numbers.map(String.init).joined(separator: " "))\t\(line)\n"
      case .refused:
        count.refused += 1
        left += "no\t\t\(line)\n"
        if spelling == "E.164" { Issue.record("\(text) is refused") }
      }
    }
    #expect(count.all > 1_000_000)
    #expect(count.refused * 50 <= count.all)
    try left.write(toFile: file + ".left", atomically: true, encoding: .utf8)
  }
}
