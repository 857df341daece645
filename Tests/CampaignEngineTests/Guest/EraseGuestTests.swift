import Testing
import Wire

import CampaignEngine

struct EraseGuestTests {
  private func erase(_ guest: GuestID, _ harness: EngineHarness, after sequence: UInt64 = 7) throws
  {
    try harness.perform(EraseGuest(guest: guest, sequence: sequence))
  }

  /// Ana was invited, answered, wrote more than was asked, and a message to her failed.
  private func story() throws -> (EngineHarness, GuestID, CampaignID) {
    let harness = try EngineHarness.wedding()
    try harness.receive(
      {
        var content = MessageContent()
        (content.kind, content.text) = (.text, "Who writes to Anastasia?")
        return content
      }(), from: Phone(number: 6_281_230_000_001), userID: "IN.anastasia")
    let guest = try harness.guest("Anastasia", phone: "+6281230000001") { row in
      (row.externalID, row.category, row.language) = ("A-1", "vip", "id")
      (row.tags, row.partySize) = (["cousin"], .integer(3))
      row.fieldValues["allergy"] = .text("nuts")
    }
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    try harness.write("yes", from: guest)
    try harness.settle()
    try harness.write("2", from: guest)
    try harness.settle()
    try harness.write("Vegetarian", from: guest)
    try harness.settle()
    try harness.write("Anastasia says thank you", from: guest)
    try harness.settle()
    return (harness, guest, campaign)
  }

  @Test func `nothing personal is left, and the sums stay`() throws {
    let (harness, guest, campaign) = try story()
    let before = harness.state[campaign].counters
    let messages = harness.state.personalMessages(of: guest)
    #expect(messages.count >= 8)
    try erase(guest, harness)
    try harness.restart(fromSnapshot: true)
    let row = harness.state[guest]
    #expect(row.isErased)
    #expect((row.name, row.externalID, row.language) == ("", "", ""))
    #expect(row.tags.isEmpty && row.values.isEmpty)
    #expect((row.rsvp, row.attendingCount, row.partySize) == (.attending, 2, 3))
    for id in messages {
      let message = harness.state[id]
      #expect(message.content.text.isEmpty && message.content.values.isEmpty)
      #expect(message.gatewayID.isEmpty && message.content.header == nil)
    }
    for execution in harness.state.executions(of: guest) {
      #expect(harness.state[execution].variables.isEmpty)
    }
    #expect(harness.state[campaign].counters == before)
    #expect(harness.state.find(guest) == nil)
  }

  /// Everything that a snapshot writes, as one text.
  private func snapshot(of state: State) throws -> [UInt8] {
    var all: [UInt8] = []
    try state.encodeSnapshot { _, payload in all += payload }
    return all
  }

  @Test func `a snapshot has no trace of the guest's words`() throws {
    let (harness, guest, _) = try story()
    let words = ["Anastasia", "A-1", "nuts", "IN.anastasia", "Vegetarian"]
    let before = String(decoding: try snapshot(of: harness.state), as: UTF8.self)
    for word in words where word != "Vegetarian" { #expect(before.contains(word), "\(word)") }
    try erase(guest, harness)
    let after = String(decoding: try snapshot(of: harness.state), as: UTF8.self)
    // The menu is the flow's own word.
    for word in words where word != "Vegetarian" { #expect(!after.contains(word), "\(word)") }
    #expect(!after.contains("wamid"))
  }

  @Test func `what waits for the guest is cancelled and a campaign may end`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    try erase(guest, harness)
    #expect(harness.state[campaign].status == .completed)
    #expect(
      harness.reason(of: try #require(harness.state.executions(of: guest).first))
        == "guest_deleted")
  }

  @Test func `a guest who was deleted before can be erased, in a deleted project too`() throws {
    let harness = try EngineHarness.wedding()
    let first = try harness.guest("Ana", phone: "+6281230000001")
    let second = try harness.guest("Budi", phone: "+6281230000002")
    try harness.perform(DeleteGuest(guest: first))
    try erase(first, harness)
    try harness.perform(DeleteProject(project: harness.project))
    try erase(second, harness, after: 11)
    try harness.restart(fromSnapshot: true)
    #expect(harness.state[first].isErased && harness.state[second].isErased)
    #expect(harness.state.erasure(of: second)?.afterSequence == 11)
    #expect(harness.state.newestErasure == 11)
    for phone in [6_281_230_000_001, 6_281_230_000_002] as [UInt64] {
      #expect(harness.state[harness.sender].personsByPhone[Phone(number: phone)] == nil)
    }
  }

  @Test func `a second erasure is no event, and nobody is not found`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try erase(guest, harness, after: 5)
    harness.pass(.hours(1))
    try erase(guest, harness, after: 9)
    #expect(harness.state.erasure(of: guest)?.afterSequence == 5)
    let nobody = EraseGuest(guest: GuestID(space: 0, counter: 99), sequence: 1)
    #expect(harness.refusal(of: nobody)?.code == .notFound)
  }

  @Test func `a number that others of the family have, or that opted out, is kept`() throws {
    let harness = try EngineHarness.wedding()
    let first = try harness.guest("Ana", phone: "+6281230000001")
    let second = try harness.guest("Budi", phone: "+6281230000001")
    let third = try harness.guest("Citra", phone: "+6281230000003")
    try harness.write("stop", from: third)
    try erase(first, harness)
    try erase(third, harness)
    #expect(harness.state.person(of: second).phone.wireText == "+6281230000001")
    let again = try harness.guest("Citra", phone: "+6281230000003")
    #expect(harness.state.person(of: again).subscription == .optedOut)
  }

  @Test func `an old number that nobody else has is forgotten too`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.write("hello", from: guest)
    var profile = GuestProfile()
    profile.phone = Phone(number: 6_281_230_000_009)
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil
      ))
    try erase(guest, harness)
    let persons = harness.state[harness.sender].persons
    persons.forEach { _, person in #expect(person.phone.isNone) }
    #expect(persons.count == 2)
  }

  @Test func `late reports are booked and bring nothing personal back`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.started(try document(rsvpFlow))
    let request = try #require(try harness.dispatch().first)
    try erase(guest, harness)
    try harness.accept(request, userID: "IN.ana")
    try harness.report(request, .delivered, gatewayID: "wamid.ana")
    let message = harness.state[request.attempt.message]
    #expect(message.status == .delivered)
    #expect(message.gatewayID.isEmpty)
    #expect(message.cost.billedMicros == 41_100)
    #expect(harness.state[harness.sender].personsByUserID["IN.ana"] == nil)
    #expect(harness.state.attempts(since: .zero).isEmpty)
  }

  @Test func `remembered results that show the guest are emptied`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    let other = try harness.guest("Budi", phone: "+6281230000002")
    func remember(_ key: String, _ result: String) throws {
      var entry = RememberedResult()
      (entry.method, entry.key) = ("m", key)
      entry.result = RawJSON(validated: bytes(result))
      try harness.perform(RememberResult(entry: entry))
    }
    try remember("one", #"{"id":"\#(guest.wireText)","name":"Ana"}"#)
    try remember("both", #"[{"id":"\#(other.wireText)"},{"id":"\#(guest.wireText)"}]"#)
    try remember("other", #"{"id":"\#(other.wireText)0","name":"Budi"}"#)
    try harness.restart(fromSnapshot: true)
    try erase(guest, harness)
    func result(_ key: String) -> String? {
      harness.state.idempotency.find(caller: "", method: "m", key: key, at: harness.now)?.result
        .text
    }
    #expect(result("one") == "null")
    #expect(result("both") == "null")
    #expect(result("other")?.contains("Budi") == true)
    harness.pass(.hours(25))
    try remember("later", "{}")
    #expect(harness.state.idempotency.count == 1)
  }
}

extension EraseGuestTests {
  /// WhatsApp repeats its webhooks for days.
  @Test func `a message that comes again after an erasure brings nothing back`() throws {
    let (harness, guest, _) = try story()
    let ids = harness.state.personalMessages(of: guest).map { harness.state[$0] }
    let inbound = ids.filter { $0.direction == .inbound }.map(\.gatewayID)
    let outbound = ids.filter { $0.direction == .outbound }.map(\.gatewayID)
    #expect(inbound.count >= 4 && outbound.count >= 3)
    try erase(guest, harness)
    for fromSnapshot in [false, true] {
      try harness.restart(fromSnapshot: fromSnapshot)
      for id in inbound {
        var content = MessageContent()
        (content.kind, content.text) = (.text, "Who writes to Anastasia?")
        let again = ReceiveMessage(
          sender: harness.sender, gatewayID: id, from: Phone(number: 6_281_230_000_001),
          userID: "IN.anastasia", sentAt: harness.now, content: content)
        #expect(harness.refusal(of: again)?.reason == "message_erased")
      }
      for id in outbound {
        let report = ReportStatus(
          sender: harness.sender, gatewayID: id, attempt: nil, report: DeliveryReport())
        #expect(harness.refusal(of: report)?.code == .notFound)
      }
    }
    #expect(harness.state[harness.sender].parkedReports.isEmpty)
    // A new message is a new message.
    var content = MessageContent()
    (content.kind, content.text) = (.text, "Hello again")
    try harness.receive(content, from: Phone(number: 6_281_230_000_001))
    harness.pass(.days(9))
    try harness.erase(another: "Budi")
    #expect(harness.state[harness.sender].erasedMessages.allSatisfy { $0.at == harness.now })
  }

  @Test func `reports that wait for their message in vain go with an erasure`() throws {
    let (harness, guest, _) = try story()
    func park(_ id: String) throws {
      var report = DeliveryReport()
      report.at = harness.now
      try harness.perform(
        ReportStatus(sender: harness.sender, gatewayID: id, attempt: nil, report: report))
    }
    try park("wamid.old")
    harness.pass(.hours(2))
    try park("wamid.new")
    try erase(guest, harness)
    #expect(harness.state[harness.sender].parkedReports.map(\.gatewayID) == ["wamid.new"])
    harness.pass(.days(8))
    try park("wamid.newest")
    #expect(harness.state[harness.sender].parkedReports.map(\.gatewayID) == ["wamid.newest"])
  }
}

extension EngineHarness {
  /// Another guest, who wrote once.
  fileprivate func erase(another name: String) throws {
    let guest = try guest(name, phone: "+6281230000009")
    try write("Hello", from: guest)
    try perform(EraseGuest(guest: guest, sequence: 8))
  }
}
