import Testing

@testable import CampaignEngine

struct PhoneTests {
  @Test(arguments: [
    ("+91 98123 00045", "62", "+919812300045"), ("0812-3000-0077", "62", "+6281230000077"),
    ("+62 812 3000 0077", "62", "+6281230000077"), ("0062 812 3000 0077", "1", "+6281230000077"),
    ("6281230000077", "62", "+6281230000077"), ("(0812) 3000.0077", "62", "+6281230000077"),
    ("81230000077", "62", "+6281230000077"), ("9812300045", "91", "+919812300045"),
    ("+12025550123", "62", "+12025550123"), ("030/1234567", "49", "+49301234567"),
    ("+1 (202) 555‑0123", "", "+12025550123"), ("81230000077", "", "+81230000077"),
    ("12345678", "", "+12345678"), ("123456789012345", "", "+123456789012345"),
  ])
  func `numbers as people write them`(text: String, callingCode: String, expected: String) throws {
    let phone = try Phone(parsing: text, callingCode: callingCode)
    #expect(phone.wireText == expected)
    #expect(Phone(wireText: expected) == phone)
  }

  @Test(arguments: [
    ("98123", "62", "phone_too_short", "found 5"), ("", "62", "phone_too_short", "found 0"),
    ("+", "62", "phone_too_short", "found 0"), ("+6281", "62", "phone_too_short", "found 4"),
    ("1234567890123456", "", "phone_too_long", "found 16"),
    ("+99999999999999999999999999", "", "phone_too_long", "found 26"),
    ("+0812300000", "62", "phone_country_code", "never begins with 0"),
    ("0812 CALL ME", "62", "phone_characters", "another character"),
    ("++6281230000077", "62", "phone_characters", "another character"),
    ("62+81230000077", "62", "phone_characters", "another character"),
    ("٠٨١٢٣٠٠٠٠٠٧٧", "62", "phone_characters", "another character"),
  ])
  func `what is no number says why`(
    text: String, callingCode: String, reason: String, part: String
  ) {
    #expect {
      try Phone(parsing: text, callingCode: callingCode)
    } throws: { error in
      guard let fault = error as? Phone.Fault else { return false }
      return fault.reason == reason && fault.message.contains(part)
    }
  }

  @Test(arguments: ["6281230000077", "", "+", "+0812300000", "+62", "+62x"])
  func `on the wire a number is E.164`(text: String) {
    #expect(Phone(wireText: text) == nil)
  }

  @Test func `no digits make it trap`() {
    for seed in UInt64(1)...300 {
      var random = Random(seed: seed)
      var text = ""
      for _ in 0..<random.below(40) {
        text += random.pick(["0", "1", "9", "+", " ", "-", "a", "६"]) ?? ""
      }
      let phone = try? Phone(parsing: text, callingCode: random.chance(2) ? "62" : "")
      if let phone { #expect((8...15).contains(phone.digits.count), "seed \(seed)") }
    }
  }
}
