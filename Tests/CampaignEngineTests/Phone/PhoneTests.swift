import Testing
import Wire

import CampaignEngine

struct PhoneTests {
  private let indonesia = NumberingPlan.of(callingCode: "62")

  @Test(arguments: [
    ("98123", "phone_too_short", "found 5"), ("", "phone_too_short", "found 0"),
    ("+6281", "phone_too_short", "found 4"),
    ("+99999999999999999999999999", "phone_too_long", "found 26"),
    ("+0812300000", "phone_country_code", "a calling code that a country has"),
    ("0812 CALL ME", "phone_characters", "another character"),
    ("021 1234567 ext 12", "phone_extension", "reaches one person"),
  ])
  func `what is no number says why`(text: String, reason: String, part: String) throws {
    let fault = try #require(throws: Phone.Fault.self) { try Phone.read(text, home: indonesia) }
    #expect(fault.reason == reason)
    #expect(fault.message.contains(part), "\(fault.message)")
  }

  @Test(arguments: [
    "6281230000077", "", "+", "+0812300000", "+62", "+62x", "+62 81230000077", "+1234567890123456",
    "+٦٢٨١٢٣", "+62812300\u{301}",
  ])
  func `on the wire a number is E.164`(text: String) { #expect(Phone(wireText: text) == nil) }

  @Test(arguments: ["+6281230000077", "+123456", "+123456789012345"])
  func `and comes back as it was`(text: String) { #expect(Phone(wireText: text)?.wireText == text) }

  @Test(arguments: [
    ("6281230000077", "+6281230000077"), ("+62 812-3000-0077", "+6281230000077"),
    // Nothing is added to what WhatsApp writes, and nothing taken off.
    ("5491123456789", "+5491123456789"), ("390669821234", "+390669821234"), ("0812", nil),
    ("x", nil),
  ])
  func `a whole number is taken as it is`(text: String, expected: String?) {
    #expect(Phone(complete: text)?.wireText == expected)
  }

  @Test func `an import takes the likelier number, and tells both`() throws {
    let harness = try EngineHarness.wedding()
    var row = GuestRow()
    (row.name, row.phone) = ("Ana", "6591234567")
    let items = try harness.importRows([row])
    #expect(items.map(\.result) == [.created])
    #expect(items[0].warnings.map(\.code) == ["ambiguous_phone"])
    #expect(items[0].warnings[0].readings.count == 2)
    #expect(items[0].warnings[0].readings.first == items[0].phone)
    // The message is for logs, too.
    #expect(!items[0].warnings[0].message.contains("91234567"))
  }

  @Test(arguments: ["phone", "name", "external_id"])
  func `a number where a text belongs refuses its row and no other`(field: String) throws {
    let harness = try EngineHarness.wedding()
    let good = #"{"name": "Ana", "phone": "+6281230000011", "external_id": "A"}"#
    let text = ["phone": "\"+6281230000011\"", "name": "\"Ana\"", "external_id": "\"A\""][field]
    for value in ["6281230000012", "true", "[]", #"{"a": 1}"#] {
      let bad = good.replacing("\"\(field)\": \(text ?? "")", with: "\"\(field)\": \(value)")
      let rows = try JSON.decode([GuestRow].self, from: bytes("[\(bad), \(good)]"))
      let items = try harness.importRows(rows)
      #expect(items[0].error?.field == field && items[0].error?.reason == "wrong_type")
      #expect(items[1].error == nil)
    }
  }
}
