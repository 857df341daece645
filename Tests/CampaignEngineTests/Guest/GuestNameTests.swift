import Testing
import Wire

import CampaignEngine

struct GuestNameTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  private func item(_ name: String) throws -> ImportGuests.Item {
    var row = GuestRow()
    (row.name, row.phone) = (name, "+6281230000011")
    return try #require(try harness.importRows([row]).first)
  }

  @Test(arguments: ["\u{200B}", "\u{3164}\u{FEFF}", " \u{00AD} "])
  func `a name of invisible characters is none`(name: String) throws {
    #expect(try item(name).error?.reason == "required")
  }

  @Test func `a name in decomposed letters is the same name`() throws {
    let first = try item("Андрей").guest
    #expect(try item("Андреи\u{306}").guest == first)
    #expect(harness.state.project(of: 0).guests.count == 1)
  }
}
