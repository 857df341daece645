import Testing
import Wire

@testable import CampaignEngine

struct EventTests {
  @Test func `every kind of event has a number and a name of its own`() {
    #expect(Set(EventKind.allCases.map(\.rawValue)).count == EventKind.allCases.count)
    #expect(Set(EventKind.allCases.map(\.name)).count == EventKind.allCases.count)
    #expect(EventKind.nodeEntered.name == "node_entered")
    for kind in EventKind.allCases { #expect(kind.type.kind == kind) }
  }

  @Test func `a record of another kind, version or shape is refused`() {
    var state = State()
    #expect(throws: UnreadableEvent.self) {
      try state.replay(kind: 9999, version: eventVersion, payload: [])
    }
    #expect(throws: UnreadableEvent.self) {
      try state.replay(kind: EventKind.timeAdvanced.rawValue, version: 99, payload: [])
    }
    #expect(throws: WireError.self) {
      try state.replay(
        kind: EventKind.guestCreated.rawValue, version: eventVersion, payload: [9, 1])
    }
  }

  @Test func `commands that change nothing leave no record`() throws {
    var engine = Engine()
    _ = engine.perform(DispatchSends(), at: time("2026-01-01T00:00:00Z"))
    #expect(!engine.hasEvents && engine.takeEvents().isEmpty)
    var row = Sender()
    row.phone = Phone(number: 6_281_100_000_001)
    _ = try engine.perform(CreateSender(row: row), at: time("2026-01-01T00:00:00Z"))
    #expect(engine.takeEvents().map(\.kind) == [.timeAdvanced, .causeChanged, .senderCreated])
    row.phone = Phone(number: 6_281_100_000_002)
    _ = try engine.perform(CreateSender(row: row), at: time("2025-01-01T00:00:00Z"))
    #expect(engine.takeEvents().map(\.kind) == [.senderCreated])
    #expect(engine.state.now == time("2026-01-01T00:00:00Z"))
  }

  @Test func `numbers, names and keys that are taken are a conflict`() throws {
    let harness = try EngineHarness.wedding()
    var sender = Sender()
    sender.phone = Phone(number: 6_281_100_000_001)
    #expect(harness.refusal(of: CreateSender(row: sender))?.reason == "phone_in_use")
    var template = Template()
    template.name = "rsvp_thanks"
    let project = harness.project
    #expect(
      harness.refusal(of: CreateTemplate(project: project, row: template))?.reason == "name_in_use")
    var row = Project()
    (row.name, row.sender) = ("Again", harness.sender)
    row.events = Array(
      repeating: ProjectEvent(key: "a", name: "A", startsAt: harness.now), count: 2)
    #expect(
      harness.refusal(of: CreateProject(row: row, zone: .utc))?.field == "events[1].key")
    row.sender = SenderID(space: 0, counter: 9)
    #expect(harness.refusal(of: CreateProject(row: row, zone: .utc))?.code == .notFound)
  }

  @Test func `a template's variants have a language and buttons of their own`() throws {
    let harness = try EngineHarness.wedding()
    var variant = TemplateVariant()
    variant.status = .approved
    (variant.language, variant.body) = ("en", "Hello")
    func reason(_ variants: [TemplateVariant]) -> String? {
      var row = Template()
      (row.name, row.variants) = ("new", variants)
      return harness.refusal(of: CreateTemplate(project: harness.project, row: row))?.reason
    }
    #expect(reason([variant, variant]) == "duplicate_language")
    variant.buttons = [TemplateButton(), TemplateButton()]
    #expect(reason([variant]) == "duplicate_handle")
    variant.buttons = []
    variant.header = TemplateHeader()
    #expect(reason([variant]) == "header")
    variant.header?.text = "Hello"
    #expect(reason([variant]) == nil)
  }
}

struct SnapshotTests {
  @Test func `a snapshot gives the same state back, and the run goes on as if nothing was`() throws
  {
    var outcomes: [[String]] = []
    for isRestarted in [false, true] {
      let harness = try EngineHarness.wedding()
      let guests = try harness.guests(5)
      try harness.started(try document(rsvpFlow)) { $0.settings.throttle = Throttle() }
      try harness.settle()
      try harness.write("hello", from: guests[0])
      try harness.receive(MessageContent(), from: Phone(number: 49_151_000_000), userID: "DE.1")
      try harness.perform(RememberResult(entry: RememberedResult()))
      try harness.report(gatewayID: "unknown", .sent)
      if isRestarted { try harness.restart(fromSnapshot: true) }
      try harness.tap("yes", at: "answer", of: try harness.execution(of: guests[1]))
      try harness.run(for: .days(30))
      outcomes.append(
        try guests.map { harness.outcome(of: try harness.execution(of: $0)) })
    }
    #expect(outcomes[0] == outcomes[1])
  }

  @Test func `a block that is unknown, damaged or out of place is refused`() throws {
    var state = State()
    #expect(throws: UnreadableEvent.self) { try state.restore(tag: 999, payload: []) }
    for tag in [SnapshotTag.person, .guest, .message, .symbol] {
      #expect(throws: UnreadableEvent.self) { try state.restore(tag: tag.rawValue, payload: []) }
    }
    #expect(throws: WireError.self) {
      try state.restore(tag: SnapshotTag.sender.rawValue, payload: [9, 1])
    }
  }
}

struct IdempotencyTests {
  private func entry(_ key: String, _ digest: UInt64 = 1) -> RememberedResult {
    var entry = RememberedResult()
    (entry.method, entry.key, entry.digest) = ("guest.import", key, digest)
    return entry
  }

  @Test func `a result is remembered for a day, and then forgotten`() throws {
    let harness = EngineHarness()
    let start = harness.now
    func find(_ key: String) -> UInt64? {
      harness.state.idempotency.find(caller: "", method: "guest.import", key: key, at: harness.now)?
        .digest
    }
    try harness.perform(RememberResult(entry: entry("a")))
    #expect(find("a") == 1 && find("b") == nil)
    harness.now = start + .hours(24) + TimeSpan(milliseconds: -1)
    #expect(find("a") == 1)
    harness.now = start + .hours(24)
    #expect(find("a") == nil)
    try harness.perform(RememberResult(entry: entry("a", 2)))
    #expect(find("a") == 2)
    #expect(harness.state.idempotency.count == 1)
    try harness.perform(RememberResult(entry: entry("b", 3)))
    #expect(harness.state.idempotency.all.map(\.key) == ["a", "b"])
  }
}
