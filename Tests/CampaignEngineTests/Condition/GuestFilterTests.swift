import Testing
import Wire

@testable import CampaignEngine

struct GuestFilterTests {
  private let harness: EngineHarness
  private let ana: GuestID, budi: GuestID, citra: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    ana = try harness.guest("Ana Pérez", phone: "+6281230000011") { row in
      row.category = "vip"
      row.tags = ["bride", "sangeet"]
      row.externalID = "A-1"
    }
    budi = try harness.guest("Budi", phone: "+6281230000022") { row in
      row.category = "family"
      row.tags = ["groom"]
      row.rsvp = "attending"
    }
    citra = try harness.guest("Citra", phone: "+6281230000033") { row in row.rsvp = "declined" }
  }

  @Test(arguments: [
    ("{}", "abc"), (#"{"categories": ["vip"]}"#, "a"),
    (#"{"categories": ["vip", "family"]}"#, "ab"),
    (#"{"categories": [""]}"#, "c"), (#"{"categories": []}"#, ""),
    (#"{"categories": ["none"]}"#, ""),
    (#"{"rsvp": ["pending"]}"#, "a"), (#"{"rsvp": ["attending", "declined"]}"#, "bc"),
    (#"{"tags_any": ["bride", "groom"]}"#, "ab"), (#"{"tags_all": ["bride", "sangeet"]}"#, "a"),
    (#"{"tags_all": ["bride", "groom"]}"#, ""), (#"{"tags_all": []}"#, "abc"),
    (#"{"tags_none": ["bride"]}"#, "bc"), (#"{"tags_none": ["unknown"]}"#, "abc"),
    (#"{"tags_all": ["unknown"]}"#, ""), (#"{"guest_ids": ["gst_1", "gst_3"]}"#, "ac"),
    (#"{"exclude_guest_ids": ["gst_1"]}"#, "abc"), (#"{"search": "perez"}"#, "a"),
    (#"{"search": "a-1"}"#, "a"), (#"{"search": "0022"}"#, "b"), (#"{"search": "+62 812"}"#, "abc"),
    (#"{"search": "22"}"#, ""), (#"{"categories": ["vip"], "rsvp": ["attending"]}"#, ""),
  ])
  func `a filter matches the guests that it describes`(text: String, expected: String) throws {
    let filter = try JSON.decode(GuestFilter.self, from: bytes(text))
    let project = harness.state.project(of: 0)
    let predicate = GuestPredicate(filter, symbols: project.symbols)
    let names = [(ana, "a"), (budi, "b"), (citra, "c")]
    let matched = names.filter { predicate.matches(harness.state[$0.0], id: $0.0) }.map(\.1)
    #expect(matched.joined() == expected)
  }

  @Test func `excluded guests match and are marked`() throws {
    let filter = try JSON.decode(
      GuestFilter.self, from: bytes(#"{"exclude_guest_ids": ["gst_2"]}"#))
    let predicate = GuestPredicate(filter, symbols: harness.state.project(of: 0).symbols)
    #expect(predicate.excluded == [budi])
  }

  @Test func `the paths that it looks at are told`() throws {
    let text = #"{"categories": ["a"], "rsvp": ["maybe"], "tags_none": ["x"], "search": "y"}"#
    let filter = try JSON.decode(GuestFilter.self, from: bytes(text))
    #expect(
      Set(filter.reads) == [
        "guest.category", "guest.rsvp", "guest.tags", "guest.external_id", "guest.name",
        "guest.phone",
      ])
  }

  @Test func `an unknown key or answer is refused`() {
    for text in [#"{"category": ["vip"]}"#, #"{"rsvp": ["yes"]}"#, #"{"guest_ids": ["gst_0"]}"#] {
      #expect(throws: WireError.self) { try JSON.decode(GuestFilter.self, from: bytes(text)) }
    }
  }
}
