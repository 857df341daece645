import Testing

@testable import CampaignEngine

/// What watches over all the other tests has to see, too.
struct StateComparisonTests {
  private struct Fault: CustomTestStringConvertible {
    let path: String
    let make: @Sendable (inout State) -> Void

    init(_ path: String, _ make: @escaping @Sendable (inout State) -> Void) {
      (self.path, self.make) = (path, make)
    }

    var testDescription: String { path }
  }

  private static let faults = [
    Fault("State.sendersByPhone") { $0.sendersByPhone[$0.senders.rows[0].row.phone] = 9 },
    Fault("State.busyReminders") { $0.busyReminders.insert(ReminderID(space: 0, counter: 7)) },
    Fault("State.senders.rows.0.personsByPhone") { state in
      state.senders[counter: 1].personsByPhone[state.projects[0].guests[1].phone] = nil
    },
    Fault("State.senders.rows.0.runningCampaigns") {
      $0.senders[counter: 1].runningCampaigns = []
    },
    Fault("State.projects.rows.0.guestsByExternalID") {
      $0.projects[0].guestsByExternalID["nobody"] = 1
    },
    Fault("State.projects.rows.0.unsettled") { $0.projects[0].unsettled.insert(1) },
    Fault("State.projects.rows.0.guests 1") { $0.projects[0].guests[1].createdAt = .zero },
    Fault("State.projects.rows.0.guests 1") { $0.projects[0].guests[links: 1].person += 1 },
    Fault("State.projects.rows.0.executions 2") {
      $0.projects[0].executions[links: 2].lastMessage += 1
    },
    Fault("State.projects.rows.0.messages: count") { $0.projects[0].messages.append(Message()) },
    Fault("State.projects.rows.0.campaignIndexes.rows.0.members") {
      $0.projects[0].campaignIndexes[counter: 1].members.append(1)
    },
    Fault("State.projects.rows.0.campaignIndexes.rows.0.written") {
      $0.projects[0].campaignIndexes[counter: 1].written[77] = 1
    },
    Fault("State.projects.rows.0.symbols") { _ = $0.projects[0].symbols.intern("unheard of") },
    Fault("gateway id") { state in
      state.projects[0].messages.forEach { counter, row in
        let id = MessageID(space: 0, counter: counter)
        for text in row.gatewayIDs {
          state.senders[counter: 1].messagesByGatewayID.remove(id, for: text)
        }
      }
    },
  ]

  @Test(arguments: faults.indices)
  func `one that is not as it should be is named`(index: Int) throws {
    let fault = Self.faults[index]
    let harness = try EngineHarness.wedding()
    try harness.guests(3)
    try harness.started(try CounterTests.flow())
    try harness.settle()
    var other = harness.state
    #expect(StateComparison.firstDifference(harness.state, other) == nil)
    fault.make(&other)
    let found = try #require(
      StateComparison.firstDifference(harness.state, other)
        ?? StateComparison.firstDifference(other, harness.state))
    #expect(found.hasPrefix(fault.path), "\(found)")
  }
}
