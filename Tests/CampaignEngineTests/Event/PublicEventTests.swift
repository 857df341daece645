import Testing
import Wire

@testable import CampaignEngine

struct PublicEventTests {
  /// Whoever adds a kind of event decides whether others are told of it.
  @Test(arguments: EventKind.allCases)
  func `an event is told to others or is a matter of the engine's own`(_ kind: EventKind) {
    let isInternal = kind.type is any InternalEvent.Type
    #expect((kind.type.publicData != nil) != isInternal, "\(kind.name) must be one of the two")
    #expect((PublicCatalogue.kind(of: kind.rawValue) != nil) != isInternal)
  }

  @Test func `public kinds have names of their own in lower case and say what happened`() {
    let all = PublicCatalogue.data
    #expect(Set(all.map { $0.kind.rawValue }).count == all.count)
    for data in all {
      #expect(data.kind.rawValue.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 })
      #expect(data.summary.hasSuffix("."))
      #expect(PublicKind(rawValue: data.kind.rawValue) == data.kind)
    }
    #expect(PublicKind(rawValue: "lagged") == LaggedData.kind)
    #expect(PublicKind(rawValue: "time_advanced") == nil)
    #expect(PublicCatalogue.kind(of: 9999) == nil)
  }

  @Test func `a record that cannot be read or is unknown tells nothing`() {
    #expect(State().publicEvent(kind: 9999, payload: [], inbound: nil) == nil)
    #expect(
      State().publicEvent(kind: EventKind.guestUpdated.rawValue, payload: [9], inbound: nil)
        == nil)
    #expect(
      EventBatch.inbound(kind: EventKind.messageReceived.rawValue, payload: [9]) == nil)
  }
}

/// What a story tells those who listen, kind by kind.
struct PublicStoryTests {
  /// A harness whose records are kept, as a subscriber would be told of them afterwards.
  private func told(_ harness: EngineHarness, _ body: (EngineHarness) throws -> Void) rethrows
    -> [PublicEvent]
  {
    let first = harness.records.count
    try body(harness)
    var inbound: InboundReference?
    return harness.records[first...].compactMap { record in
      let kind = record.kind.rawValue
      if EventBatch.isHead(kind: kind) { inbound = nil }
      inbound = EventBatch.inbound(kind: kind, payload: record.payload) ?? inbound
      return harness.state.publicEvent(kind: kind, payload: record.payload, inbound: inbound)
    }
  }

  private func text(_ event: PublicEvent?) -> String? {
    event.map { String(decoding: JSON.encode($0.data), as: UTF8.self) }
  }

  private func first(_ kind: String, in events: [PublicEvent]) -> PublicEvent? {
    events.first { $0.kind.rawValue == kind }
  }

  @Test func `what is set up is told with its identifiers`() throws {
    let harness = EngineHarness()
    harness.keepsRecords = true
    let events = try told(harness) { harness in
      try harness.makeSender()
      try harness.makeProject()
      try harness.makeTemplates()
      try harness.guest("Ana", phone: "+6281230000001") { row in
        row.category = "vip"
        row.partySize = .integer(3)
      }
      try harness.started(try document(rsvpFlow))
    }
    #expect(text(first("sender_created", in: events)) == #"{"sender_id":"snd_1"}"#)
    #expect(first("sender_created", in: events)?.project == nil)
    #expect(first("project_created", in: events)?.project?.wireText == "prj_1")
    #expect(
      text(first("template_created", in: events))
        == #"{"template_id":"tpl_1","category":"marketing","languages":["en","id","hi"]}"#)
    #expect(
      text(first("guest_created", in: events)) == #"{"category":"vip","party_size":3}"#)
    #expect(first("guest_created", in: events)?.guest?.wireText == "gst_1")
    #expect(
      text(first("chatflow_saved", in: events)) == #"{"chatflow_id":"flw_1","version":1}"#)
    #expect(
      text(first("campaign_created", in: events))
        == #"{"chatflow_id":"flw_1","trigger_type":"manual"}"#)
    #expect(first("campaign_created", in: events)?.campaign?.wireText == "cmp_1")
    #expect(
      text(first("campaign_status_changed", in: events))
        == #"{"from":"draft","to":"running","reason":null}"#)
    let enrolled = first("execution_enrolled", in: events)
    #expect(text(enrolled) == #"{"status":"active","reason":null,"duplicate_of":null}"#)
    #expect(enrolled?.execution?.wireText == "exe_1" && enrolled?.guest?.wireText == "gst_1")
  }

  @Test func `a message and its guest's answer are told step by step`() throws {
    let harness = try EngineHarness.wedding()
    harness.keepsRecords = true
    let guest = try harness.guests(1)[0]
    let campaign = try harness.campaign(try harness.flow(try document(rsvpFlow)))
    let sending = try told(harness) { harness in
      try harness.start(campaign)
      try harness.settle()
    }
    let execution = try harness.execution(of: guest)
    let queued = first("message_queued", in: sending)
    #expect(queued?.message?.wireText == "msg_1" && queued?.campaign == campaign)
    #expect(
      text(queued)?.hasPrefix(#"{"node_id":"invite","purpose":"node","status":"queued""#) ?? false)
    #expect(
      text(first("message_attempted", in: sending))
        == #"{"attempt":1,"content":"template","template_id":"tpl_1","replaced_template_id":null,"estimated_micros":41100}"#
    )
    #expect(text(first("message_accepted", in: sending)) == #"{"held":false}"#)
    let waiting = sending.last { $0.kind.rawValue == "execution_waiting" }
    #expect(text(waiting)?.hasPrefix(#"{"node_id":"answer","kind":"reply","until":"#) ?? false)

    let answer = try told(harness) { try $0.tap("yes", at: "answer", of: execution) }
    let received = first("message_received", in: answer)
    #expect(received?.message != nil && received?.execution == execution)
    let entered = first("execution_entered_node", in: answer)
    #expect(text(entered)?.contains(#""handle":"yes","from":"answer""#) ?? false)
    #expect(entered?.message == received?.message)
    let updated = first("guest_updated", in: answer)
    #expect(
      text(updated)?.hasPrefix(
        #"{"changed":{"rsvp":{"from":"pending","to":"attending"},"attending_count":{"from":0,"to":1}}"#
      )
        ?? false)
    #expect(updated?.guest == guest && updated?.message == received?.message)
    #expect(updated?.campaign == campaign && updated?.execution == execution)
    let window = first("person_changed", in: answer)
    #expect(window?.guest == guest && window?.project?.wireText == "prj_1")
    #expect(window?.campaign == campaign && window?.execution == execution)

    let report = try told(harness) { harness in
      try harness.report(harness.sent[0], .delivered, billed: 41_000)
    }
    #expect(
      text(first("message_reported", in: report))?.contains(#""billed_micros":41000"#) ?? false)
    #expect(first("message_reported", in: report)?.execution == execution)
  }

  @Test func `an end, an opt-out and a late change are told`() throws {
    let harness = try EngineHarness.wedding()
    harness.keepsRecords = true
    let guests = try harness.guests(2)
    try harness.started(try document(rsvpFlow))
    try harness.settle()
    let declined = try told(harness) { harness in
      try harness.tap("no", at: "answer", of: try harness.execution(of: guests[0]))
      try harness.settle()
    }
    let ended = first("execution_ended", in: declined)
    #expect(
      text(ended)?.hasPrefix(#"{"status":"completed","reason":null,"outcome":"declined""#) ?? false)
    let stopped = try told(harness) { try $0.write("STOP", from: guests[1]) }
    #expect(
      text(first("person_changed", in: stopped))?.contains(
        #""subscription":{"from":"subscribed","to":"opted_out"}"#) ?? false)
    #expect(
      text(first("execution_ended", in: stopped))?.contains(#""reason":"opted_out""#) ?? false)
    harness.pass(.days(3))
    let changed = try told(harness) { harness in
      try harness.tap("yes", at: "answer", of: try harness.execution(of: guests[0]))
    }
    #expect(text(first("execution_reopened", in: changed)) == #"{"node_id":"answer"}"#)
  }

  @Test func `a failure is told without its words`() throws {
    let harness = try EngineHarness.wedding()
    harness.keepsRecords = true
    try harness.guests(1)
    try harness.started(try document(rsvpFlow))
    let events = try told(harness) { harness in
      try harness.refuse(try #require(try harness.dispatch().first), .recipient, code: 131_026)
    }
    #expect(
      text(first("message_settled", in: events))
        == #"{"status":"failed","error":{"class":"recipient","gateway_code":131026}}"#)
    let noted = first("execution_failure_noted", in: events)
    #expect(
      text(noted) == #"{"class":"recipient","gateway_code":131026,"node_id":"invite","attempts":1}"#
    )
    #expect(noted?.message?.wireText == "msg_1")
  }

  @Test func `what operators do to executions and campaigns is told`() throws {
    let harness = try EngineHarness.wedding()
    harness.keepsRecords = true
    let guests = try harness.guests(2)
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    let execution = try harness.execution(of: guests[0])
    let events = try told(harness) { harness in
      try harness.perform(ControlExecution(execution: execution, control: .pause))
      try harness.perform(
        ControlExecution(execution: execution, control: .resume(isExtended: true)))
      try harness.perform(ControlExecution(execution: execution, control: .cancel))
      var bulk = Bulk()
      (bulk.campaign, bulk.action) = (campaign, .pause)
      let others = [execution, try harness.execution(of: guests[1])]
      try harness.perform(StartBulk(row: bulk, .executions(others)))
      try harness.settle()
      try harness.perform(PauseCampaign(campaign: campaign))
      try harness.perform(CancelCampaign(campaign: campaign))
      try harness.settle()
      try harness.perform(DeleteCampaign(campaign: campaign))
    }
    #expect(text(first("execution_paused", in: events)) == "{}")
    #expect(text(first("execution_resumed", in: events)) == #"{"extended":true}"#)
    #expect(
      text(first("bulk_started", in: events))
        == #"{"bulk_id":"blk_1","action":"pause","selected":2}"#)
    let advanced = events.filter { $0.kind.rawValue == "bulk_advanced" }
    #expect(
      text(advanced.last) == #"{"bulk_id":"blk_1","ok":1,"refused":1,"remaining":0}"#)
    let states = events.filter { $0.kind.rawValue == "campaign_status_changed" }
    #expect(
      states.map { text($0) } == [
        #"{"from":"running","to":"paused","reason":null}"#,
        #"{"from":"paused","to":"cancelled","reason":null}"#,
      ])
    // What is deleted is still told of in full.
    #expect(first("campaign_deleted", in: events)?.campaign == campaign)
    #expect(first("execution_paused", in: events)?.guest == guests[0])
    #expect(text(first("execution_ended", in: events))?.contains(#""node_id":"answer""#) ?? false)
  }

  @Test func `a selection in slices is told when it is made, also where it finds nobody`() throws {
    let harness = try EngineHarness.wedding(pace: Pace(tests: 2, walks: 4))
    harness.keepsRecords = true
    try harness.guests(3) { $0.category = "vip" }
    let campaign = try harness.started(try askFlow())
    let events = try told(harness) { harness in
      for query in ["category = vip", "category = nobody"] {
        var bulk = Bulk()
        (bulk.campaign, bulk.action) = (campaign, .pause)
        try harness.perform(StartBulk(row: bulk, .query(query)))
        try harness.enrol()
      }
    }
    #expect(
      events.filter { $0.kind.rawValue.hasPrefix("bulk_") }.map { text($0) } == [
        #"{"bulk_id":"blk_1","action":"pause","selected":null}"#,
        #"{"bulk_id":"blk_1","ok":0,"refused":0,"remaining":3}"#,
        #"{"bulk_id":"blk_1","ok":3,"refused":0,"remaining":0}"#,
        #"{"bulk_id":"blk_2","action":"pause","selected":null}"#,
        #"{"bulk_id":"blk_2","ok":0,"refused":0,"remaining":0}"#,
      ])
  }

  @Test func `personal values are named and never shown`() throws {
    let harness = try EngineHarness.wedding()
    harness.keepsRecords = true
    let guest = try harness.guest("Ana Secret", phone: "+6281230000001")
    let events = try told(harness) { harness in
      var profile = GuestProfile()
      (profile.name, profile.phone) = ("Anna Hidden", Phone(number: 6_281_230_000_002))
      (profile.partySize, profile.tags) = (4, ["quiet"])
      profile.fieldValues["menu"] = .some(.text("fish"))
      try harness.perform(
        UpdateGuest(
          guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
          zone: nil))
    }
    #expect(
      text(first("guest_updated", in: events))
        == #"{"changed":{"party_size":{"from":1,"to":4}},"hidden":["name","phone","tags","fields.menu"]}"#
    )
  }

  /// Texts, names and numbers of a whole story, looked for in all that it tells.
  @Test func `a whole story gives nobody's name, number or words away`() throws {
    let harness = try EngineHarness.wedding()
    harness.keepsRecords = true
    let guests = try harness.guests(6) { $0.name = "Private Person" }
    try harness.started(try document(rsvpFlow))
    try harness.settle()
    for (index, guest) in guests.enumerated() {
      let execution = try harness.execution(of: guest)
      if index % 2 == 0 {
        try harness.tap("yes", at: "answer", of: execution, title: "whispered title")
      } else {
        try harness.write("whispered text", from: guest)
      }
      try harness.settle()
      try harness.write("2", from: guest)
      try harness.settle()
    }
    try harness.run(for: .days(10))
    var count = 0
    for record in harness.records {
      guard
        let event = harness.state.publicEvent(
          kind: record.kind.rawValue, payload: record.payload, inbound: nil)
      else { continue }
      let shown = text(event) ?? ""
      count += 1
      for secret in ["Private", "62811", "whispered", "Dear", "Meera"] {
        #expect(!shown.contains(secret), "\(record.kind.name): \(shown)")
      }
    }
    #expect(count > 100)
  }
}
