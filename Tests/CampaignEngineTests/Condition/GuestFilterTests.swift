import Testing
import Wire

import CampaignEngine

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
    (#"{"categories": ["VIP"]}"#, "a"), (#"{"tags_any": ["Bride", "GROOM"]}"#, "ab"),
    (#"{"search": "0812-3000-0022"}"#, "b"), (#"{"search": "?"}"#, ""),
    (#"{"query": "category = vip OR rsvp = declined"}"#, "ac"),
    (#"{"query": "category = vip OR rsvp = declined", "tags_any": ["bride"]}"#, "a"),
    (#"{"events": {"dinner": ["pending"], "wedding": ["attending", "declined"]}}"#, "bc"),
    (#"{"events": {}}"#, "abc"), (#"{"events": {"dinner": []}}"#, ""),
    (#"{"search": "22"}"#, ""), (#"{"categories": ["vip"], "rsvp": ["attending"]}"#, ""),
  ])
  func `a filter matches the guests that it describes`(text: String, expected: String) throws {
    let filter = try JSON.decode(GuestFilter.self, from: bytes(text))
    let project = harness.state.project(of: 0)
    let predicate = GuestPredicate(filter, project: project)
    let names = [(ana, "a"), (budi, "b"), (citra, "c")]
    let matched = names.filter { predicate.matches($0.0, in: harness.state) }.map(\.1)
    #expect(matched.joined() == expected)
  }

  @Test func `excluded guests match and are marked`() throws {
    let filter = try JSON.decode(
      GuestFilter.self, from: bytes(#"{"exclude_guest_ids": ["gst_2"]}"#))
    let predicate = GuestPredicate(filter, project: harness.state.project(of: 0))
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

  @Test func `what a query and its events look at is told too`() throws {
    let text = #"""
      {"query": "Guest.Category = a rsvp.Dinner = maybe vars.x > 2 OR execution.status = failed",
       "events": {"wedding": ["maybe"]}}
      """#
    let filter = try JSON.decode(GuestFilter.self, from: bytes(text))
    #expect(
      Set(filter.reads) == [
        "guest.category", "guest.rsvp.dinner", "guest.rsvp.wedding", "vars.x", "execution.status",
      ])
    let search = try JSON.decode(GuestFilter.self, from: bytes(#"{"query": "ana"}"#))
    #expect(search.reads == ["guest.external_id", "guest.name", "guest.phone"])
  }

  @Test(arguments: [
    (#"{"query": "rsvp.sangeet = pending"}"#, "query", 1),
    (#"{"events": {"dinner": ["maybe"], "sangeet": ["pending"]}}"#, "events.sangeet", nil),
    (#"{"categories": ["vip"], "query": "category = vip AND"}"#, "query", 19),
  ])
  func `a filter that cannot be used says why and matches nobody`(
    text: String, member: String, position: Int?
  ) throws {
    let filter = try JSON.decode(GuestFilter.self, from: bytes(text))
    let project = harness.state.project(of: 0)
    let predicate = GuestPredicate(filter, project: project)
    #expect(predicate.fault?.position == position)
    #expect(!predicate.matches(ana, in: harness.state))
    let refusal = #expect(throws: Rejection.self) {
      try filter.check(for: project, path: "guest_filter")
    }
    #expect(refusal?.field == "guest_filter.\(member)")
    #expect(refusal?.position == position)
  }

  @Test func `a campaign is not created with a filter that cannot be used`() throws {
    let flow = try harness.flow(
      try flow(#"{"id": "done", "type": "end", "data": {"outcome": "done"}}"#, "start > done"))
    var row = Campaign()
    row.settings.chatflow = flow
    row.settings.guestFilter.query = "rsvp.sangeet = pending"
    let refusal = harness.refusal(of: CreateCampaign(project: harness.project, row: row))
    #expect(refusal?.field == "guest_filter.query")
    #expect(refusal?.reason == "unknown_event")
    row.settings.guestFilter.query = "rsvp.dinner = pending AND category = vip"
    let campaign = try harness.perform(CreateCampaign(project: harness.project, row: row))
    try harness.start(campaign)
    #expect(harness.state[campaign].counters.audience == 1)
    #expect(harness.state.execution(of: ana, in: campaign) != nil)
  }

  @Test func `an unknown key or answer is refused`() {
    for text in [
      #"{"category": ["vip"]}"#, #"{"rsvp": ["yes"]}"#, #"{"guest_ids": ["gst_0"]}"#,
      #"{"query": ""}"#,
    ] {
      #expect(throws: WireError.self) { try JSON.decode(GuestFilter.self, from: bytes(text)) }
    }
  }
}
