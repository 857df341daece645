import Testing
import Wire

import CampaignEngine

private func sending() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "7d"}}
    """#, "start > send, send > wait")
}

/// Campaigns of one number take turns.
struct FairnessTests {
  private let harness: EngineHarness
  private let guests: [GuestID]

  init() throws {
    harness = EngineHarness()
    try harness.makeSender { $0.messagesPerSecond = 4 }
    try harness.makeProject()
    try harness.makeTemplates()
    guests = try harness.guests(12)
  }

  private func campaigns(of sizes: [Int]) throws -> [CampaignID] {
    var rest = guests[...]
    return try sizes.map { size in
      let part = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      return try harness.started(try sending()) { $0.settings.guestFilter.guestIDs = part }
    }
  }

  private func order() -> [CampaignID] {
    harness.sent.map { harness.state[$0.attempt.message].campaign }
  }

  @Test func `a large campaign does not starve those beside it`() throws {
    let ids = try campaigns(of: [8, 2, 2])
    try harness.run(for: .minutes(1))
    let (a, b, c) = (ids[0], ids[1], ids[2])
    #expect(order() == [a, b, c, a, b, c, a, a, a, a, a, a])
  }

  @Test func `after a restart the turns go on where they were`() throws {
    for fromSnapshot in [false, true] {
      let test = try FairnessTests()
      let ids = try test.campaigns(of: [4, 4, 4])
      for _ in 0..<12 {
        test.harness.now = max(test.harness.now, try #require(test.harness.state.nextDue))
        for request in try test.harness.dispatch() { try test.harness.accept(request) }
        try test.harness.restart(fromSnapshot: fromSnapshot)
      }
      #expect(test.order() == ids + ids + ids + ids)
    }
  }

  @Test func `a campaign whose messages need not go any more does not keep its turn`() throws {
    let ids = try campaigns(of: [6, 1])
    for guest in guests.prefix(6) {
      var profile = GuestProfile()
      profile.language = "en"
      try harness.perform(
        UpdateGuest(
          guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: .optedOut,
          zone: nil))
    }
    try harness.settle()
    #expect(order() == [ids[1]])
    #expect(
      harness.state[ids[0]].counters.messages[MessageStatus.suppressed.index] == 6)
  }

  @Test func `a slow campaign lets the others pass`() throws {
    let slow = try harness.started(try sending()) { row in
      row.settings.guestFilter.guestIDs = Array(guests.prefix(3))
      row.settings.throttle = Throttle()
      row.settings.throttle?.perMinute = 1
    }
    let fast = try harness.started(try sending()) {
      $0.settings.guestFilter.guestIDs = Array(guests.suffix(3))
    }
    try harness.run(for: .seconds(30))
    #expect(order() == [slow, fast, fast, fast])
    try harness.run(for: .minutes(3))
    #expect(order().suffix(2) == [slow, slow])
  }
}
