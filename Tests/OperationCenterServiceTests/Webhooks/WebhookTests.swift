import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

extension MemoryStorage {
  fileprivate func files(in folders: [String]) throws -> [String] {
    try folders.flatMap { folder in try list(folder).map { "\(folder)/\($0)" } }
      .filter { try attributes($0)?.kind == .file }
  }

  fileprivate func bytes(of path: String) throws -> [UInt8] {
    let token = try open(path, .read)
    defer { close(token) }
    return try read(token, count: try size(of: token), at: 0)
  }
}

/// Webhooks between their answer and their last item.
struct WebhookTests {
  private static let itemCount = 600

  private func world(on disk: MemoryStorage) throws -> InProcessService {
    let service = try InProcessService(on: disk)
    try service.call(
      "sender.create",
      #"{"name": "Choir", "phone": "+351210000001", "account": "\#(SampleWebhook.account)"}"#)
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
    try service.call(
      "guest.create",
      #"{"project_id": "prj_1", "name": "Rosamunde Lima", "phone": "+351912000101"}"#)
    return service
  }

  /// A guest and many strangers write.
  private static let large = body(of: itemCount)

  /// Too large to be read in one turn.
  private static let veryLarge = body(of: 2000)

  private static func body(of count: Int) -> [UInt8] {
    let messages = (0..<count).map { number in
      let writer = number % 50 == 0 ? 351_912_000_101 : 351_912_100_000 + number % 50
      return
        #"{"from":"\#(writer)","id":"wamid.\#(number)","timestamp":"1795339800","type":"text","text":{"body":"Text \#(number)"}}"#
    }
    return SampleWebhook.body(
      #"{"metadata":{"display_phone_number":"+351 21 000 0001"},"messages":[\#(messages.joined(separator: ","))]}"#
    )
  }

  private func receive(_ id: Int, _ body: [UInt8], signedAs other: [UInt8]? = nil) -> String {
    var params = SampleWebhook.params(body)
    if let other, case .object(let members) = params {
      let signature = SampleWebhook.params(other)["signature"] ?? .null
      params = .object(members.map { $0.0 == "signature" ? ($0.0, signature) : $0 })
    }
    let call = Call(
      id: Int64(id), method: "webhook.receive",
      params: RawJSON(validated: JSON.encode(params)))
    return String(decoding: call.encoded(), as: UTF8.self)
  }

  /// Taken in and made durable, before the loop finds time to work on it.
  private func takeIn(_ body: [UInt8], _ service: InProcessService) throws {
    let params = RawJSON(validated: JSON.encode(SampleWebhook.params(body)))
    let frame = Call(id: 1, method: "webhook.receive", params: params).encoded()
    try service.center.assumeIsolated { center in
      guard case .complete(let answer) = center.answer(frame[...], from: 1),
        case .result = try ServerMessage(answer)
      else { throw Fault("the webhook was not taken in") }
      try center.commit()
    }
  }

  /// One turn of the loop.
  private func turn(_ service: InProcessService) throws {
    try service.center.assumeIsolated { center in
      center.work(limit: 0)
      try center.commit()
    }
  }

  @Test func `a large body is worked off in slices, and others are answered in between`() throws {
    let service = try world(on: MemoryStorage())
    try takeIn(Self.large, service)
    #expect(service.state.webhooks.waiting.map(\.done) == [0])
    #expect(service.center.assumeIsolated { $0.millisecondsToNextDue } == 0)
    try turn(service)
    let done = try #require(service.state.webhooks.waiting.first?.done)
    #expect((1..<Self.itemCount).contains(done))
    #expect(try service.call("system.ping")["pong"] == .bool(true))
    #expect(service.state.webhooks.waiting.isEmpty)
    #expect(service.state.webhooks.tally.applied == UInt64(Self.itemCount))
    #expect(service.state.checkInvariants().isEmpty)
  }

  @Test func `a very large body is read on another thread, and others are answered meanwhile`()
    throws
  {
    let service = try world(on: MemoryStorage())
    #expect(service.begin(receive(1, Self.veryLarge)) == nil)
    #expect(service.begin(#"{"jsonrpc":"2.0","id":2,"method":"system.ping"}"#) != nil)
    let taken = try JSON.decode(JSONValue.self, from: service.awaitReply())
    #expect(taken["result"]?["number"] == .number("1"))
    try turn(service)
    // There is nothing to do until the other thread wakes the loop.
    #expect(service.center.assumeIsolated { $0.isReadingWebhook })
    #expect(service.center.assumeIsolated { $0.millisecondsToNextDue } != 0)
    #expect(service.state.webhooks.waiting.map(\.done) == [0])
    try service.call("system.ping")
    #expect(service.state.webhooks.waiting.isEmpty)
    #expect(service.state.webhooks.tally.applied == 2000)
    let again = try service.call("webhook.receive", SampleWebhook.params(Self.veryLarge))
    #expect(again["duplicate"] == .bool(true))
  }

  @Test func `a very large body that is not signed, or that is given up, is not kept`() throws {
    let service = try world(on: MemoryStorage())
    service.begin(receive(1, Self.veryLarge, signedAs: Self.large))
    let refused = try JSON.decode(JSONValue.self, from: service.awaitReply())
    #expect(refused["error"]?["data"]?["reason"] == .string("wrong_signature"))
    service.begin(receive(2, Self.veryLarge))
    service.begin(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":2}}"#)
    #expect(service.takeReplies().count == 1)
    // After this one the thread has ended that the other was on.
    service.begin(receive(3, Self.veryLarge, signedAs: Self.large))
    _ = try service.awaitReply()
    #expect(service.state.webhooks.tally.received == 0)
  }

  @Test func `an erasure waits until what came before it was read, unless it is given up`() throws {
    let service = try world(on: MemoryStorage())
    try takeInLarge(service)
    let erase = #"{"jsonrpc":"2.0","id":ID,"method":"guest.erase","params":{"guest_id":"gst_1"}}"#
    #expect(service.begin(erase.replacing("ID", with: "1")) == nil)
    #expect(service.begin(erase.replacing("ID", with: "2")) == nil)
    service.begin(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#)
    #expect(service.takeReplies().count == 1)
    #expect(service.state.newestErasure == nil)
    // Others do not wait.
    #expect(service.begin(#"{"jsonrpc":"2.0","id":3,"method":"system.ping"}"#) != nil)
    try service.call("system.ping")
    let answers = service.takeReplies()
    #expect(answers.count == 1)
    let erased = try JSON.decode(JSONValue.self, from: try #require(answers.first))
    #expect(erased["id"] == .number("2"))
    #expect(erased["result"]?["erased_at"] != nil)
    #expect(service.state.webhooks.tally.applied == 2000)
  }

  @Test func `an erasure is refused where webhooks wait for room on the disk`() throws {
    let disk = MemoryStorage()
    let service = try world(on: disk)
    try takeIn(Self.large, service)
    let erase = #"{"jsonrpc":"2.0","id":1,"method":"guest.erase","params":{"guest_id":"gst_1"}}"#
    #expect(service.begin(erase) == nil)
    disk.setCapacity(bytes: 0)
    func refusal(_ body: [UInt8]?) throws -> JSONValue? {
      try body.map { try JSON.decode(JSONValue.self, from: $0) }?["error"]?["data"]?["reason"]
    }
    // What was claimed ahead may still be written to.
    var isFull = false
    for number in 0..<100_000 where !isFull {
      let create =
        #"{"jsonrpc":"2.0","id":2,"method":"sender.create","params":{"name":"A","phone":"+\#(351_220_000_000 + number)"}}"#
      isFull = try refusal(service.begin(create)) == .string("storage_full")
      try service.commit()
    }
    #expect(isFull)
    try turn(service)
    #expect(try service.takeReplies().map(refusal) == [.string("storage_full")])
    #expect(try refusal(service.begin(erase)) == .string("storage_full"))
    disk.setCapacity(bytes: .max)
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    #expect(service.state.webhooks.waiting.isEmpty)
    #expect(service.state.newestErasure != nil)
  }

  private func takeInLarge(_ service: InProcessService) throws {
    service.begin(receive(9, Self.veryLarge))
    _ = try service.awaitReply()
    #expect(service.state.webhooks.waiting.count == 1)
  }

  /// Killed after each number of turns, from the journal alone and from a snapshot in the middle.
  @Test(arguments: [0, 1, 2], [false, true])
  func `a restart in the middle of a body goes on behind the last item that is done`(
    _ turns: Int, _ hasSnapshot: Bool
  ) throws {
    let lasting = try world(on: MemoryStorage())
    try lasting.call("webhook.receive", SampleWebhook.params(Self.large))
    let disk = MemoryStorage()
    let first = try world(on: disk)
    try takeIn(Self.large, first)
    for _ in 0..<turns { try turn(first) }
    #expect(first.state.webhooks.waiting.count == 1)
    if hasSnapshot {
      first.center.assumeIsolated { $0.startSnapshot() }
      try first.awaitSnapshot()
    }
    let second = try InProcessService(on: disk.crashed())
    try second.recover()
    try turn(second)
    try second.call("system.ping")
    #expect(second.state.webhooks.waiting.isEmpty)
    #expect(second.state.webhooks.tally == lasting.state.webhooks.tally)
    let list = #"{"guest_id": "gst_1", "limit": 100}"#
    #expect(try second.call("message.list", list) == lasting.call("message.list", list))
    #expect(second.state.checkInvariants().isEmpty)
  }

  /// A body that waits may tell of the guest who is erased.
  @Test func `an erasure comes after what came before it`() throws {
    let disk = MemoryStorage()
    let service = try world(on: disk)
    try takeIn(Self.large, service)
    try service.call("guest.erase", #"{"guest_id": "gst_1"}"#)
    #expect(service.state.webhooks.waiting.isEmpty)
    #expect(
      try service.call("guest.erasure_status", #"{"guest_id": "gst_1"}"#)["state"]
        == .string("done"))
    for file in try disk.files(in: ["/data", "/data/journal", "/data/snapshot"]) {
      #expect(!String(decoding: try disk.bytes(of: file), as: UTF8.self).contains("351912000101"))
    }
    #expect(service.center.assumeIsolated { !$0.webhookWork.isOpen })
    // What strangers wrote in the same body is there.
    #expect(try service.call("message.list", #"{"sender_id": "snd_1"}"#)["items"]?[0] != nil)
  }

  // MARK: Accounts

  /// The accounts of one app share its secret, and one body may speak of several.
  @Test func `a body speaks of accounts with the same secret, and of no other`() throws {
    let service = try world(on: MemoryStorage())
    for (number, account) in [SampleWebhook.sister, SampleWebhook.stranger].enumerated() {
      try service.call(
        "sender.create",
        #"{"name": "\#(account)", "phone": "+35121000000\#(2 + number)", "account": "\#(account)"}"#
      )
    }
    func write(_ id: String, to phone: String, of account: String) throws {
      let body = SampleWebhook.body(
        #"{"metadata":{"display_phone_number":"\#(phone)"},"messages":[{"from":"351912000109","id":"\#(id)","timestamp":"1795339800","type":"text","text":{"body":"Hi"}}]}"#,
        of: account)
      try service.call("webhook.receive", SampleWebhook.params(body))
    }
    try write("a", to: "351210000002", of: SampleWebhook.sister)
    #expect(service.state.webhooks.tally.applied == 1)
    // Signed for one account, and about another: either by its entry or by its number.
    try write("b", to: "351210000003", of: SampleWebhook.stranger)
    #expect(service.log.last?.contains("another secret") == true)
    try write("c", to: "351210000003", of: SampleWebhook.account)
    #expect(service.log.last?.contains("no sender of the account") == true)
    #expect(service.state.webhooks.tally.applied == 1)
    #expect(service.state.webhooks.tally.skipped == 2)
  }

  /// Items of one body come at one moment, and each is its own.
  @Test func `what one person did is not told as the doing of the one before`() throws {
    let service = try world(on: MemoryStorage())
    try service.call(
      "guest.create", #"{"project_id": "prj_1", "name": "Nuno", "phone": "+351912000103"}"#)
    let number = #""metadata":{"display_phone_number":"351210000001"}"#
    let message =
      #"{\#(number),"messages":[{"from":"351912000101","id":"m","timestamp":"1795339800","type":"text","text":{"body":"Hi"}}]}"#
    let wish =
      #"{\#(number),"user_preferences":[{"wa_id":"351912000103","category":"marketing_messages","value":"stop","timestamp":1795339800}]}"#
    let body = Array(
      #"{"entry":[{"id":"\#(SampleWebhook.account)","changes":[{"field":"messages","value":\#(message)},{"field":"user_preferences","value":\#(wish)}]}]}"#
        .utf8)
    try service.call("webhook.receive", SampleWebhook.params(body))
    let list = try service.call("events.list", #"{"kinds": ["person_changed"]}"#)
    guard case .array(let events)? = list["items"] else { throw Fault("no events") }
    #expect(events.map { $0["guest_id"] } == [.string("gst_1"), .string("gst_2")])
    #expect(events.map { $0["message_id"] } == [.string("msg_1"), .null])
  }

  @Test func `what is passed over is logged without anything personal`() throws {
    let service = try world(on: MemoryStorage())
    let body = SampleWebhook.body(
      #"{"metadata":{"display_phone_number":"351299999999"},"messages":[{"from":"351912000101","id":"w","timestamp":"1795339800","type":"text","text":{"body":"Secret"}}]}"#
    )
    try service.call("webhook.receive", SampleWebhook.params(body))
    #expect(
      service.log.last
        == "item 1 of webhook 1 was passed over: its number is no sender of the account")
    #expect(!service.log.joined().contains("351912"))
  }

  @Test func `secrets that are none are refused with their place`() {
    for (file, fault) in [
      ("[]", "secrets: expected an object; found an array"),
      (
        #"{"a b": "0123456789abcdef"}"#,
        "secrets: expected accounts of 1 to 64 of letters, digits, ., _ and -"
      ),
      (#"{"5": "short"}"#, "secrets.5: expected 16 to 256 characters; found 5"),
      (#"{"5": 7}"#, "secrets.5: expected a text; found a number"),
    ] {
      do {
        _ = try WebhookSecrets(parsing: Array(file.utf8))
        #expect(Bool(false), "\(file) was taken")
      } catch {
        #expect(error.description == fault)
      }
    }
  }
}
