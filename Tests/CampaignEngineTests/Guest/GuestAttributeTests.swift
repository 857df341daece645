import Testing
import Wire

@testable import CampaignEngine

/// What holds for every attribute of a guest, one that comes later too.
struct GuestAttributeTests {
  private let harness: EngineHarness

  init() throws {
    harness = try EngineHarness.wedding()
    harness.keepsRecords = true
  }

  /// As a list spells it, and as a text shows it.
  private func sample(of attribute: GuestAttribute) -> (given: String, shown: String) {
    switch attribute.facts.kind {
    case .text, .symbol: ("Word of \(attribute.name)", "Word of \(attribute.name)")
    case .phone: ("0812 3000 0055", "+6281230000055")
    case .language: ("id", "id")
    case .timeZone: ("Asia/Jakarta", "Asia/Jakarta")
    case .number: ("3", "3")
    case .time: ("2026-11-22", "2026-11-22T00:00:00.000Z")
    case .events: ("dinner", "dinner")
    }
  }

  private func value(of attribute: GuestAttribute) -> GuestValue {
    if attribute == .phone { return .phone(Phone(number: 6_281_230_000_055)) }
    return attribute.range == nil ? .text(sample(of: attribute).shown) : .number(3)
  }

  /// A guest of whom the list says this too, by a row of a call.
  private func guest(with attribute: GuestAttribute) throws -> GuestID {
    try harness.guest("Ana", phone: "+6281230000011") { row in
      row[attribute] = .text(sample(of: attribute).given)
    }
  }

  @Test(arguments: GuestAttribute.allCases)
  func `what a list says is kept through a restart, and shown`(attribute: GuestAttribute) throws {
    let guest = try guest(with: attribute)
    try harness.restart(fromSnapshot: true)
    let symbols = harness.state.project(of: 0).symbols
    let shown = GuestAttributeValues(of: harness.state[guest], symbols)
    #expect(shown[attribute]?.text == sample(of: attribute).shown)
    if attribute.has(.isInTexts) {
      let path = try #require(VariablePath("guest.\(attribute.name)"))
      let shown = attribute == .invitedTo ? "Dinner" : sample(of: attribute).shown
      #expect(harness.state.value(of: path, for: guest) == shown)
      #expect(path.description == "guest.\(attribute.name)")
    } else {
      #expect(VariablePath("guest.\(attribute.name)") == nil)
    }
  }

  @Test(arguments: GuestAttribute.allCases)
  func `a row is read and written alike, by name and as binary`(attribute: GuestAttribute) throws {
    var row = GuestRow()
    row[attribute] = attribute.range == nil ? .text(sample(of: attribute).given) : .integer(3)
    let read = try JSON.decode(GuestRow.self, from: JSON.encode(row))
    #expect(read == row)
    #expect(read.cells.given == [attribute])
    var profile = GuestProfile()
    profile.values[attribute] = value(of: attribute)
    let decoded = try Binary.decode(GuestProfile.self, from: Binary.encode(profile))
    #expect(decoded.values == profile.values)
    #expect(!profile.isEmpty)
  }

  @Test(arguments: GuestAttribute.allCases)
  func `conditions find a guest by it`(attribute: GuestAttribute) throws {
    let guest = try guest(with: attribute)
    var filter = GuestFilter()
    filter.query = "\(attribute.name) = \"\(sample(of: attribute).shown)\""
    let project = harness.state.project(of: 0)
    let predicate = GuestPredicate(filter, project: project)
    #expect(predicate.fault == nil)
    #expect(predicate.matches(guest, in: harness.state))
    let other = try harness.guest("Budi", phone: "+6281230000022") {
      if attribute == .invitedTo { $0.invitedTo = ["wedding"] }
    }
    #expect(!predicate.matches(other, in: harness.state))
  }

  @Test(arguments: GuestAttribute.allCases)
  func `a change is named, and told with its value unless that is personal`(
    attribute: GuestAttribute
  ) throws {
    let guest = try harness.guest("Ana", phone: "+6281230000011") { $0.externalID = "A-1" }
    var profile = GuestProfile()
    profile.values[attribute] = value(of: attribute)
    let symbols = harness.state.project(of: 0).symbols
    #expect(
      profile.differences(from: harness.state[guest], symbols: symbols).changedFields
        == [attribute.name])
    let first = harness.records.count
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: EngineHarness.jakarta))
    let told = harness.records[first...].compactMap {
      harness.state.publicEvent(kind: $0.kind.rawValue, payload: $0.payload, inbound: nil)
    }
    let data = try #require(told.compactMap { $0.data as? GuestUpdatedData }.first)
    let isPersonal = attribute.has(.isPersonal)
    #expect((data.hidden == [attribute.name]) == isPersonal)
    #expect((data.changed[attribute.name] != nil) == !isPersonal)
    // The same again changes nothing.
    let again = profile.differences(
      from: harness.state[guest], symbols: harness.state.project(of: 0).symbols)
    #expect(again.isEmpty)
  }

  @Test(arguments: GuestAttribute.allCases)
  func `only what is personal goes when the guest is erased`(attribute: GuestAttribute) throws {
    let guest = try guest(with: attribute)
    let before = harness.state[guest].value(of: attribute, harness.state.project(of: 0).symbols)
    try harness.perform(EraseGuest(guest: guest, sequence: 1))
    let after = harness.state[guest].value(of: attribute, harness.state.project(of: 0).symbols)
    #expect((after == before) != attribute.has(.isPersonal))
  }
}
