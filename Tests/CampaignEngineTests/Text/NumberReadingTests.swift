import Testing

import CampaignEngine

struct NumberReadingTests {
  @Test(
    arguments: [
      ("٤", "", "4"), ("४", "", "4"), ("۳", "", "3"), ("2️⃣", "", "2"), ("1️⃣0️⃣", "", "10"),
      ("🔟", "", nil), ("2.", "", "2"),
      ("2)", "", "2"), ("(2)", "", "2"), ("#2", "", "2"), (" 2 ", "", "2"), ("+2", "", "2"),
      ("-10", "", "-10"), ("−10", "", "-10"),
      ("–10", "", "-10"), ("the number -10", "", "-10"), ("A-10", "", "10"), ("- 2", "", nil),
      ("yes - 2 people", "", "2"), (".5", "", "0.5"), ("-.5", "", "-0.5"),
      ("2½", "", "2.5"), ("2 ½", "", "2.5"), ("½", "", "0.5"), ("⅓", "", nil), ("¼", "", "0.25"),
      ("2 1/2", "", "2.5"), ("1/2", "", "0.5"), ("2,5", "", "2.5"), ("2.5", "", "2.5"),
      ("1.000", "", nil), ("1.000", "id", "1000"), ("1.000", "en", nil), ("1,000", "en", "1000"),
      ("1,000", "pt-BR", nil),
      ("1.000", "es_MX", nil), ("1,000", "es_MX", "1000"), ("1.000.000", "", "1000000"),
      ("1,00,000", "", "100000"), ("1.234,5", "", "1234.5"), ("1,234.50", "", "1234.5"),
      ("0.500", "", "0.5"),
      ("١٬٠٠٠", "", "1000"), ("١٫٥", "", "1.5"), ("2 people", "", "2"), ("2people", "", "2"),
      ("2人", "", "2"), ("3명", "", "3"), ("we are 3", "", "3"),
      ("we are 2!", "", "2"), ("2 or 3", "", nil), ("2-3", "", nil), ("2+1", "", nil),
      ("3+", "", nil), ("two", "", nil), ("10%", "", nil), ("7:30", "", nil), ("2²", "", nil),
      ("③", "", "3"), ("３", "", "3"),
      ("99999999999999999999999", "", nil), ("", "", nil), ("none", "", nil), ("minus 2", "", nil),
      ("2.0", "", "2"), ("No. 2", "", "2"), ("№2", "", "2"), ("2nd", "", "2"), ("2, 3", "", nil),
      ("2.5.2027", "", nil), ("\u{200E}2\u{200F}", "", "2"), ("<5", "", nil), ("~5", "", nil),
      ("2 👍", "", "2"), ("0", "", "0"), ("007", "", "7"), ("1'000", "", "1000"),
      ("4 adults, 2 kids", "", nil), ("1.5.5", "", nil), ("1e3", "", nil), ("-0", "", "0"),
      ("9223372036854775808", "", nil), ("...2", "", "2"), ("2..", "", "2"),
    ] as [(String, String, String?)])
  func `a number is read exactly or not at all`(text: String, language: String, number: String?) {
    #expect(NumberReading(text, language: language).map(written) == number)
  }

  private func written(_ reading: NumberReading) -> String {
    let digits = String(reading.coefficient.magnitude)
    let padded = String(repeating: "0", count: max(0, reading.scale + 1 - digits.count)) + digits
    let sign = reading.coefficient < 0 ? "-" : ""
    return reading.scale == 0
      ? sign + padded : sign + padded.dropLast(reading.scale) + "." + padded.suffix(reading.scale)
  }

  @Test(
    arguments: [
      ("2.", 1), ("2)", 1), ("٢", 1), ("2", 1), ("#2", 1), ("2️⃣", 1), ("(2)", 1), ("3", nil),
      ("0", nil), ("-1", nil), ("2 please", nil), ("2.5", nil), ("1 or 2", nil), ("1:", 0),
      ("२", 1), ("② ", 1),
    ] as [(String, Int?)])
  func `a number alone is the place of a choice`(text: String, place: Int?) {
    #expect(choicePlace(text, of: ["Vegetarian", "Meat"]) == place)
  }

  @Test func `where titles are numbers, a number is no place`() {
    #expect(choicePlace("3", of: ["2", "4", "6"]) == nil)
  }
}
