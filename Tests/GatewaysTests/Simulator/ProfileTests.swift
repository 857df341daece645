import CampaignEngine
import Testing
import Wire

@testable import Gateways

/// How simulated people behave on the whole.
struct ProfileTests {
  private func settings(_ json: String) throws -> SimulatorSettings {
    try JSON.decode(SimulatorSettings.self, from: Array(json.utf8))
  }

  @Test func `a profile is what is not said otherwise`() throws {
    #expect(try settings("{}").guests == SimulatedGuests())
    #expect(try settings(#"{"guests": {"profile": "eager"}}"#).guests == SimulatedGuests())
    let real = try settings(#"{"guests": {"profile": "real"}}"#).guests
    #expect(real == SimulatedGuests(.real) && real != SimulatedGuests())
    var other = SimulatedGuests(.real)
    other.silent = 100
    #expect(try settings(#"{"guests": {"silent": 100, "profile": "real"}}"#).guests == other)
    // As it is written, it is read.
    #expect(try JSON.decode(SimulatedGuests.self, from: JSON.encode(other)) == other)
  }

  /// Of the invited 55 % answer, within four weeks, and most of them in the third.
  @Test func `real people answer over four weeks, and many never`() throws {
    var settings = SimulatorSettings.calm
    settings.guests = SimulatedGuests(.real)
    (settings.guests.media, settings.guests.optOuts, settings.guests.weekLate) = (0, 0, 0)
    (settings.guests.earlyReplies, settings.guests.quickReplies) = (0, 0)
    (settings.guests.lateChanges, settings.guests.doubleReplies) = (0, 0)
    let people = 4000
    var weeks: [Int64: Int] = [:]
    for reply in reports(of: (0..<people).map { request($0) }, settings).inbound {
      weeks[(reply.sentAt - noon).milliseconds / 604_800_000, default: 0] += 1
    }
    let answered = weeks.values.reduce(0, +)
    #expect((530...570).contains(answered * 1000 / people))
    #expect(Set(weeks.keys) == [0, 1, 2, 3])
    #expect(weeks.max { $0.value < $1.value }?.key == 2)
  }
}
