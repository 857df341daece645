import Testing
import Wire

import CampaignEngine

/// Rows that match nobody by key or phone, and may be a known guest with a new phone.
struct NamesakesTests {
  private let harness: EngineHarness
  private let ana: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    ana = try harness.guest("Ana Wijaya", phone: "+6281230000011")
  }

  private func row(_ name: String, _ phone: String, key: String? = nil) -> GuestRow {
    var row = GuestRow()
    (row.name, row.phone, row.externalID) = (name, phone, key)
    return row
  }

  private func take(
    _ rows: GuestRow..., by match: ImportGuests.GuestMatch = .phone
  ) throws -> [ImportGuests.Item] {
    try harness.importRows(rows, match: match)
  }

  private func codes(_ item: ImportGuests.Item) -> [String] { item.warnings.map(\.code) }

  @Test func `a new phone makes a new guest, and the list is told who it may be`() throws {
    let item = try #require(try take(row("ANA WIJAYA", "+6281230000099")).first)
    #expect(item.result == .created && item.guest != ana)
    #expect(codes(item) == ["possible_same_guest"] && item.warnings[0].guests == [ana])
    #expect(item.warnings[0].message == "\(ana.wireText) has the same name and another number.")
  }

  @Test func `it is applied where that is asked for`() throws {
    let item = try #require(try take(row("Ana Wijaya", "+6281230000099"), by: .name).first)
    #expect(item.result == .updated && item.guest == ana && item.changed == ["phone"])
    #expect(codes(item) == ["matched_by_name"])
    #expect(harness.state[ana].phone.wireText == "+6281230000099")
    try harness.restart(fromSnapshot: true)
  }

  @Test func `a name that several have is refused, and created where it is not asked for`() throws {
    let other = try harness.guest("Ana Wijaya", phone: "+6281230000012")
    let refused = try #require(try take(row("Ana Wijaya", "+6281230000099"), by: .name).first)
    #expect(refused.result == .refused && refused.error?.reason == "ambiguous_name")
    #expect(refused.error?.message.contains("\(ana.wireText), \(other.wireText)") == true)
    let created = try #require(try take(row("Ana Wijaya", "+6281230000099")).first)
    #expect(created.warnings.first?.guests == [ana, other])
  }

  @Test func `two of one list are two people`() throws {
    let items = try take(
      row("Budi", "+6281230000021"), row("Budi", "+6281230000022"), by: .name)
    #expect(items.map(\.result) == [.created, .created])
    #expect(items.allSatisfy { $0.warnings.isEmpty })
  }

  @Test func `whom another row of the list is about is not meant`() throws {
    let items = try take(
      row("Ana Wijaya", "+6281230000011"), row("Ana Wijaya", "+6281230000099"), by: .name)
    #expect(items.map(\.result) == [.unchanged, .created])
    #expect(items[1].warnings.isEmpty)
  }

  @Test func `two keys of the caller's list are two guests`() throws {
    try take(row("Ravi", "+6281230000031", key: "R-1")).forEach { #expect($0.result == .created) }
    let item = try #require(try take(row("Ravi", "+6281230000032", key: "R-2"), by: .name).first)
    #expect(item.result == .created && item.warnings.isEmpty)
    // One without a key may get one.
    let keyed = try #require(
      try take(row("Ana Wijaya", "+6281230000099", key: "A-1"), by: .name).first)
    #expect(keyed.guest == ana && keyed.changed == ["external_id", "phone"])
  }

  @Test func `deleted guests and testers are nobody's namesakes`() throws {
    try harness.perform(DeleteGuest(guest: ana))
    #expect(try take(row("Ana Wijaya", "+6281230000099"))[0].warnings.isEmpty)
  }

  @Test func `a guest is known by the present name only, an erased one by none`() throws {
    var profile = GuestProfile()
    profile.name = "Ana Putri"
    try harness.perform(
      UpdateGuest(
        guest: ana, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil))
    #expect(try take(row("Ana Wijaya", "+6281230000098"))[0].warnings.isEmpty)
    #expect(try take(row("ana putri", "+6281230000099"))[0].warnings.first?.guests == [ana])
    try harness.perform(EraseGuest(guest: ana, sequence: 7))
    let guests = try take(row("Ana Putri", "+6281230000097"))[0].warnings.first?.guests
    #expect(guests?.contains(ana) == false)
    try harness.restart(fromSnapshot: true)
  }

  @Test func `a name that many have tells nothing`() throws {
    for number in 0..<6 { try harness.guest("Guest", phone: "+628123000004\(number)") }
    #expect(try take(row("Guest", "+6281230000099"))[0].warnings.isEmpty)
  }

  @Test func `a guest that is created alone is looked at, too`() throws {
    let item = try harness.perform(
      CreateGuest(project: harness.project, row: row("ana wijaya", "+6281230000099"), zones: []))
    #expect(codes(item) == ["possible_same_guest"])
  }
}
