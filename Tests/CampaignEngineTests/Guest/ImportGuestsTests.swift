import Testing
import Wire

import CampaignEngine

/// The five rows of a guest list, with 79 guests there already; the 44th is Ana.
private let sheet = #"""
  [{"external_id": "A-001", "name": "Meera Rao", "phone": "+91 98123 00045", "category": "vip",
    "language": "hi", "party_size": 2, "tags": ["bride", "sangeet"], "fields": {"table": "4"}},
   {"external_id": "A-002", "name": "Budi Santoso", "phone": "0812-3000-0077", "category": "family",
    "language": "id", "party_size": 4},
   {"external_id": "A-003", "name": "Sari Santoso", "phone": "+62 812 3000 0077",
    "category": "family", "language": "id"},
   {"external_id": "A-004", "name": "Uncle Raj", "phone": "98123"},
   {"external_id": "A-005", "name": "Ana Wijaya", "phone": "+6281230000099", "party_size": 3,
    "rsvp": "pending"}]
  """#

private func rows(_ text: String) throws -> [GuestRow] {
  try JSON.decode([GuestRow].self, from: bytes(text))
}

private func row(_ text: String) throws -> [GuestRow] { try rows("[\(text)]") }

struct ImportGuestsTests {
  /// Ana answered attending on 20 November.
  private func listed() throws -> EngineHarness {
    let harness = try EngineHarness(startingAt: time("2026-11-20T05:00:00Z"), wedding: { _ in })
    try harness.guests(43)
    let ana = try harness.guest("Ana Wijaya", phone: "+6281230000099") { row in
      row.externalID = "A-005"
    }
    try harness.guests(35)
    let ask = try flow(
      #"""
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "1d", "replies": [
        {"handle": "yes", "title": {"*": "Yes"}}]}},
      {"id": "come", "type": "update_guest", "data": {"set": {"rsvp": "attending"}}}
      """#, "start > wait, wait:yes > come")
    try harness.started(ask) { $0.settings.guestFilter.guestIDs = [ana] }
    try harness.write("yes", from: ana)
    harness.now = time("2026-11-22T09:30:12.408Z")
    return harness
  }

  @Test func `a sheet of five rows: created, shared, refused and updated`() throws {
    let harness = try listed()
    let items = try harness.importRows(try rows(sheet))
    #expect(items.map(\.result) == [.created, .created, .created, .refused, .updated])
    #expect(items.map(\.guest.wireText) == ["gst_2g", "gst_2h", "gst_2j", "", "gst_1c"])
    #expect(
      items.map(\.phone.wireText) == [
        "+919812300045", "+6281230000077", "+6281230000077", "", "+6281230000099",
      ])
    #expect(items.map(\.changed) == [[], [], [], [], ["party_size"]])
    #expect(items[0].warnings.isEmpty && items[1].warnings.isEmpty && items[3].warnings.isEmpty)
    let shared = try #require(items[2].warnings.first)
    #expect((shared.code, shared.field) == ("shared_phone", "phone"))
    #expect(shared.guests == [items[1].guest])
    #expect(shared.message == "gst_2h has the same number.")
    #expect(
      items[3].error
        == RowFault(
          field: "phone", reason: "phone_too_short",
          message: "expected 8 to 15 digits with country code; found 5"))
    let kept = try #require(items[4].warnings.first)
    #expect((kept.code, kept.field, kept.guests) == ("kept_answer", "rsvp", []))
    #expect(
      kept.message == "The guest answered attending on 2026-11-20; pending was not applied.")
    #expect(harness.state[items[4].guest].rsvp == .attending)
    #expect(harness.state[items[0].guest].partySize == 2)
  }

  @Test func `the same sheet again changes nothing`() throws {
    let harness = try listed()
    try harness.importRows(try rows(sheet))
    let again = try harness.importRows(try rows(sheet))
    #expect(again.map(\.result) == [.unchanged, .unchanged, .unchanged, .refused, .unchanged])
    #expect(again.map(\.changed) == [[], [], [], [], []])
  }

  @Test func `a dry run says the same and changes nothing`() throws {
    let harness = try listed()
    let before = harness.state
    let dry = try harness.importRows(try rows(sheet), isDryRun: true)
    #expect(StateComparison.firstDifference(before, harness.state) == nil)
    let real = try harness.importRows(try rows(sheet))
    #expect(dry.map(\.guest) == real.map(\.guest))
    #expect(dry.map(\.result) == real.map(\.result))
    #expect(dry.map(\.warnings) == real.map(\.warnings))
    #expect(dry.map(\.error) == real.map(\.error))
    #expect(dry.map(\.changed) == real.map(\.changed))
  }

  @Test func `an answer is overwritten only when that is asked for`() throws {
    let harness = try listed()
    let items = try harness.importRows(
      try row(#"{"external_id": "A-005", "rsvp": "declined"}"#), overwritesRSVP: true)
    #expect(items.map(\.changed) == [["rsvp"]])
    #expect(items[0].warnings.isEmpty)
    #expect(harness.state[items[0].guest].rsvp == .declined)
    #expect(harness.state[items[0].guest].attendingCount == 0)
  }

  @Test func `an answer that only the list gave is overwritten by the list`() throws {
    let harness = try EngineHarness.wedding()
    try harness.importRows(try row(#"{"name": "A", "phone": "+6281230000011", "rsvp": "maybe"}"#))
    let items = try harness.importRows(
      try row(#"{"name": "A", "phone": "+6281230000011", "rsvp": "attending"}"#))
    #expect(items.map(\.result) == [.updated])
    #expect(harness.state[items[0].guest].rsvp == .attending)
    #expect(harness.state[items[0].guest].attendingCount == 1)
  }

  @Test func `an absent or empty value keeps what is stored`() throws {
    let harness = try EngineHarness.wedding()
    try harness.importRows(try row(sheetRow))
    let items = try harness.importRows(
      try row(
        #"""
        {"external_id": "A-001", "name": "", "phone": " ", "category": "", "language": null,
         "party_size": "", "rsvp": "", "tags": [], "fields": {"table": ""}, "subscription": ""}
        """#))
    #expect(items.map(\.result) == [.unchanged])
    let guest = harness.state[items[0].guest]
    let symbols = harness.state.project(of: 0).symbols
    #expect((guest.name, guest.language, guest.partySize) == ("Meera Rao", "hi", 2))
    #expect(symbols[guest.category] == "vip")
    #expect(guest.tags.map { symbols[$0] } == ["bride", "sangeet"])
    #expect(guest.values.map(\.value) == [.text("4")])
  }

  private let sheetRow = #"""
    {"external_id": "A-001", "name": "Meera Rao", "phone": "+91 98123 00045", "category": "vip",
     "language": "hi", "party_size": 2, "tags": ["bride", "sangeet"], "fields": {"table": "4"}}
    """#

  @Test func `tags replace, fields merge, and the changes are named`() throws {
    let harness = try EngineHarness.wedding()
    try harness.importRows(try row(sheetRow))
    let items = try harness.importRows(
      try row(
        #"""
        {"external_id": "A-001", "name": "Meera R.", "phone": "+91 98123 00046", "category": "crew",
         "language": "en", "time_zone": "Asia/Jakarta", "party_size": 3, "rsvp": "attending",
         "attending_count": 3, "tags": ["sangeet", "sangeet", ""], "fields": {"menu": "veg"},
         "subscription": "no_marketing"}
        """#))
    #expect(
      items.map(\.changed) == [
        [
          "name", "phone", "category", "language", "time_zone", "party_size", "rsvp", "tags",
          "fields", "subscription",
        ]
      ])
    let guest = harness.state[items[0].guest]
    let symbols = harness.state.project(of: 0).symbols
    #expect(guest.tags.map { symbols[$0] } == ["sangeet"])
    #expect(guest.values.map { symbols[$0.key] } == ["table", "menu"])
    #expect(guest.attendingCount == 3)
    #expect(harness.state.person(of: items[0].guest).phone.wireText == "+919812300046")
    #expect(harness.state.person(of: items[0].guest).subscription == .noMarketing)
  }

  @Test func `rows match by external id, else by phone and name together`() throws {
    let harness = try EngineHarness.wedding()
    let items = try harness.importRows(
      try rows(
        #"""
        [{"name": "Ana", "phone": "+6281230000011"}, {"name": "ANA!", "phone": "0812 3000 0011"},
         {"name": "Budi", "phone": "+6281230000011"},
         {"external_id": "X", "name": "Ana", "phone": "+6281230000011"},
         {"external_id": " X ", "name": "Anna"}]
        """#))
    #expect(items.map(\.result) == [.created, .updated, .created, .created, .refused])
    #expect(items.map(\.guest.wireText) == ["gst_1", "gst_1", "gst_2", "gst_3", ""])
    #expect(items[4].error?.reason == "repeated")
    #expect(items[4].error?.message.contains("rows[3]") == true)
    #expect(items[1].changed == ["name"])
    #expect(items[3].warnings.map(\.message) == ["gst_1, gst_2 have the same number."])
    #expect(harness.state.project(of: 0).guests.count == 3)
  }

  @Test func `a list opts a guest out but never in`() throws {
    let harness = try EngineHarness.wedding()
    let one = #"{"name": "Ana", "phone": "+6281230000011", "subscription": "#
    let out = try harness.importRows(try row(one + #""opted_out"}"#))
    let person = { harness.state.person(of: out[0].guest).subscription }
    #expect(person() == .optedOut)
    let back = try harness.importRows(try row(one + #""subscribed"}"#))
    #expect(person() == .optedOut)
    #expect(back.map(\.result) == [.unchanged])
    #expect(back[0].warnings.map(\.code) == ["kept_opt_out"])
    #expect(
      back[0].warnings.map(\.message) == ["This number opted out; subscribed was not applied."])
  }

  @Test(arguments: [
    (#"{"phone": "+6281230000011"}"#, "name", "required"), (#"{"name": "A"}"#, "phone", "required"),
    (#"{"name": "A", "phone": "+6281230000011", "language": "Hindi"}"#, "language", "bad_format"),
    (
      #"{"name": "A", "phone": "+6281230000011", "time_zone": "Mars"}"#, "time_zone",
      "unknown_time_zone"
    ),
    (#"{"name": "A", "phone": "+6281230000011", "party_size": 0}"#, "party_size", "out_of_range"),
    (
      #"{"name": "A", "phone": "+6281230000011", "party_size": "two"}"#, "party_size",
      "out_of_range"
    ),
    (#"{"name": "A", "phone": "+6281230000011", "party_size": 1.5}"#, "party_size", "out_of_range"),
    (#"{"name": "A", "phone": "+6281230000011", "rsvp": "yes"}"#, "rsvp", "not_one_of"),
    (
      #"{"name": "A", "phone": "+6281230000011", "attending_count": -1}"#, "attending_count",
      "out_of_range"
    ),
    (
      #"{"name": "A", "phone": "+6281230000011", "subscription": "maybe"}"#, "subscription",
      "not_one_of"
    ),
    (
      #"{"name": "A", "phone": "+6281230000011", "fields": {"A b": "1"}}"#, #"fields["A b"]"#,
      "bad_format"
    ),
    (
      #"{"name": "A", "phone": "+6281230000011", "fields": {"age": "old"}}"#, "fields.age",
      "not_an_integer"
    ),
    (
      #"{"name": "A", "phone": "+6281230000011", "fields": {"born": "2026-02-30"}}"#, "fields.born",
      "bad_format"
    ),
  ])
  func `a value that cannot be used refuses its row and no other`(
    text: String, field: String, reason: String
  ) throws {
    let harness = try EngineHarness(wedding: { project in
      project.fieldTypes["age"] = .number
      project.fieldTypes["born"] = .date
    })
    let good = #"{"name": "Good", "phone": "+6281230000088"}"#
    let items = try harness.importRows(try rows("[\(text), \(good)]"))
    #expect(items.map(\.result) == [.refused, .created])
    #expect(items[0].error?.field == field)
    #expect(items[0].error?.reason == reason)
    #expect(harness.state.project(of: 0).guests.count == 1)
  }

  @Test(arguments: [#"{"nick": "x"}"#, #"{"category": 3}"#, #"["A"]"#, #"{"tags": "a"}"#])
  func `a row of another shape is refused when it is read`(text: String) {
    #expect(throws: WireError.self) { try row(text) }
  }

  @Test func `a project that does not exist is refused`() throws {
    let harness = try EngineHarness.wedding()
    let refusal = harness.refusal(
      of: ImportGuests(
        project: ProjectID(space: 0, counter: 9), rows: [], isDryRun: false, overwritesRSVP: false,
        zones: []))
    #expect(refusal?.code == .notFound)
  }

  @Test func `zones of guests are recorded once, with their rules`() throws {
    let harness = try EngineHarness.wedding()
    let kolkata = ZoneRules(name: "Asia/Kolkata", initialOffsetSeconds: 19_800, transitions: [])
    let text = #"{"name": "A", "phone": "+6281230000011", "time_zone": " Asia/Kolkata "}"#
    let items = try harness.importRows(try row(text), zones: [kolkata])
    #expect(harness.state[items[0].guest].timeZone == "Asia/Kolkata")
    #expect(harness.state.zone(named: "Asia/Kolkata") == kolkata)
  }
}

struct UpdateGuestTests {
  private func update(
    _ guest: GuestID, rsvp: RSVP? = nil, count: Int64? = nil, subscription: Subscription? = nil,
    _ configure: (inout GuestProfile) -> Void = { _ in }
  ) -> UpdateGuest {
    var profile = GuestProfile()
    configure(&profile)
    return UpdateGuest(
      guest: guest, profile: profile, rsvp: rsvp, attendingCount: count, subscription: subscription,
      zone: nil)
  }

  @Test func `an answer that is not attending brings nobody`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.perform(update(guest, rsvp: .attending))
    #expect(harness.state[guest].attendingCount == 1)
    try harness.perform(update(guest, count: 3))
    #expect(harness.state[guest].attendingCount == 3)
    try harness.perform(update(guest, rsvp: .maybe))
    #expect(harness.state[guest].attendingCount == 0)
    let refusal = harness.refusal(of: update(guest, count: 2))
    #expect(refusal?.reason == "not_attending")
    try harness.perform(update(guest, rsvp: .attending, count: 2))
    #expect(harness.state[guest].attendingCount == 2)
  }

  @Test func `an external id belongs to one guest`() throws {
    let harness = try EngineHarness.wedding()
    let ana = try harness.guest("Ana", phone: "+6281230000011") { $0.externalID = "A" }
    let budi = try harness.guest("Budi", phone: "+6281230000022")
    #expect(
      harness.refusal(of: update(budi) { $0.externalID = "A" })?.reason == "external_id_in_use")
    try harness.perform(update(ana) { $0.externalID = "B" })
    try harness.perform(update(budi) { $0.externalID = "A" })
    #expect(harness.state.project(of: 0).guestsByExternalID["A"] == budi.counter)
  }

  @Test func `a corrected number leads to another person, in any order of changes`() throws {
    let harness = try EngineHarness.wedding()
    let guests = try ["Ana", "Budi", "Citra"].map { try harness.guest($0, phone: "+6281230000011") }
    let sender = harness.sender
    try harness.perform(update(guests[1]) { $0.phone = Phone(wireText: "+6281230000022") })
    let old = harness.state[guests[0]].person
    let new = harness.state[guests[1]].person
    #expect(harness.state.guests(of: old, at: sender) == [guests[2], guests[0]])
    #expect(harness.state.guests(of: new, at: sender) == [guests[1]])
    try harness.perform(update(guests[1]) { $0.phone = Phone(wireText: "+6281230000011") })
    #expect(harness.state.guests(of: old, at: sender) == guests.reversed())
    #expect(harness.state.guests(of: new, at: sender) == [])
    try harness.perform(update(guests[2]) { $0.phone = Phone(wireText: "+6281230000022") })
    try harness.perform(update(guests[0]) { $0.phone = Phone(wireText: "+6281230000022") })
    #expect(harness.state.guests(of: new, at: sender) == [guests[2], guests[0]])
  }

  @Test func `an operator may subscribe a guest again`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.write("STOP", from: guest)
    #expect(harness.state.person(of: guest).subscription == .optedOut)
    try harness.perform(update(guest, subscription: .subscribed))
    #expect(harness.state.person(of: guest).subscription == .subscribed)
    let unknown = GuestID(space: 0, counter: 9)
    #expect(harness.refusal(of: update(unknown))?.code == .notFound)
  }
}
