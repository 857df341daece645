import CampaignEngine
import JSONRPC
import ServiceTesting
import Synchronization
import Testing
import Wire

@testable import OperationCenterService

/// Strangers, callers and revoked ones, with a clock and a file of the test's own.
struct AccessTests {
  private final class World: Sendable {
    let milliseconds = Atomic<Int64>(0)
    let list = Mutex(TokenList())

    func add(_ name: String, _ capabilities: [Capability], methods: [String]? = nil) {
      let caller = Caller(name: name, capabilities: capabilities, methods: methods)
      list.withLock { $0.add(NamedToken("token of \(name)", for: caller, at: StoryTime.start)) }
    }

    func revoke(_ name: String) { list.withLock { _ = $0.remove(named: name) } }

    func pass(milliseconds span: Int64) { milliseconds.add(span, ordering: .relaxed) }
  }

  private let world = World()
  private let service: InProcessService

  init() throws {
    let world = world
    let owner = Caller(name: "owner", capabilities: Capability.allCases)
    service = try InProcessService(
      access: .tokens(
        TokenAccess(
          own: NamedToken("token of owner", for: owner, at: StoryTime.start),
          readNamed: { world.list.withLock { $0 } },
          milliseconds: { world.milliseconds.load(ordering: .relaxed) })),
      pace: Pace(tests: 1, walks: 1),
      document: #"""
        {"methods": [{"name": "guest.get"}, {"name": "guest.list"}, {"name": "guest.create"}, {"name": "system.authenticate"}], "components": {}}
        """#)
  }

  private func open(_ connection: UInt64, from host: String? = "127.0.0.1") -> Bool {
    service.center.assumeIsolated { $0.connectionOpened(connection, from: host) }
  }

  private var verdict: AccessVerdict? { service.center.assumeIsolated { $0.takeVerdict() } }

  @discardableResult
  private func authenticate(_ name: String, on connection: UInt64) throws -> JSONValue {
    try service.call(
      "system.authenticate", #"{"token": "token of \#(name)"}"#, on: connection)
  }

  private func refusal(
    _ method: String, _ params: String = "{}", on connection: UInt64
  ) throws -> RPCError {
    do { try service.call(method, params, on: connection) } catch let error as RPCError {
      return error
    }
    throw Fault("\(method) was not refused")
  }

  @Test func `a stranger may authenticate and nothing else`() throws {
    #expect(open(7))
    for method in ["system.ping", "guest.list", "rpc.discover", "no.such.method"] {
      let error = try refusal(method, on: 7)
      #expect(error.code == 1006)
      #expect(error.data?.text == #"{"kind":"unauthenticated","reason":"no_token"}"#)
      #expect(verdict == nil)
    }
    let answer = try authenticate("owner", on: 7)
    #expect(verdict == .admitted(delayMilliseconds: 0))
    #expect(answer["name"] == .string("owner"))
    #expect(answer["methods"] == nil)
    #expect(answer["capabilities"] == .array(Capability.allCases.map { .string($0.rawValue) }))
    try service.call("system.ping", on: 7)
    #expect(verdict == nil)
  }

  @Test(
    arguments: [
      ("owner", ["guest.get", "guest.list", "guest.create", "system.authenticate"]),
      ("reader", ["guest.get", "guest.list", "system.authenticate"]),
      ("one", ["guest.list", "system.authenticate"]),
    ])
  func `the description can be cut to what a caller may call`(name: String, callable: [String])
    throws
  {
    world.add("reader", [.query])
    world.add("one", [.query, .operate], methods: ["guest.list", "rpc.discover"])
    _ = open(7)
    try authenticate(name, on: 7)
    let all = try service.call("rpc.discover", "{}", on: 7)
    let some = try service.call("rpc.discover", #"{"callable": true}"#, on: 7)
    #expect(all["components"] != nil && some["components"] == all["components"])
    guard case .array(let methods)? = some["methods"] else { throw Fault("no methods") }
    #expect(methods.map { $0["name"] } == callable.map { .string($0) })
  }

  @Test func `a wrong token is answered late and not told in the log`() throws {
    _ = open(7)
    #expect(try refusal("system.authenticate", #"{"token": "guess"}"#, on: 7).code == 1006)
    #expect(verdict == .refused(delayMilliseconds: 250))
    _ = try refusal("system.authenticate", #"{"token": "guess"}"#, on: 7)
    #expect(service.log.count == 1)
    #expect(service.log.allSatisfy { $0.contains("127.0.0.1") && !$0.contains("guess") })
  }

  @Test func `after five wrong tokens everybody at that address waits, and nobody is shut out`()
    throws
  {
    for connection in 1...5 as ClosedRange<UInt64> {
      _ = open(connection)
      _ = try refusal("system.authenticate", #"{"token": "guess"}"#, on: connection)
      #expect(verdict == .refused(delayMilliseconds: 250))
    }
    _ = open(6)
    _ = try refusal("system.authenticate", #"{"token": "guess"}"#, on: 6)
    #expect(verdict == .refused(delayMilliseconds: 10_000))
    _ = open(7)
    try authenticate("owner", on: 7)
    #expect(verdict == .admitted(delayMilliseconds: 10_000))
    _ = open(8, from: "::1")
    try authenticate("owner", on: 8)
    #expect(verdict == .admitted(delayMilliseconds: 0))
    world.pass(milliseconds: 60_000)
    _ = open(9)
    try authenticate("owner", on: 9)
    #expect(verdict == .admitted(delayMilliseconds: 0))
  }

  @Test(arguments: [
    #"[{"jsonrpc":"2.0","id":1,"method":"system.authenticate","params":["token of owner"]}]"#,
    #" [{"jsonrpc":"2.0","id":1,"method":"system.ping"}]"#, "[]", "{", #"{"jsonrpc":"2.0","id":1}"#,
    #"{"jsonrpc":"2.0","id":1,"result":{}}"#, "nonsense",
  ])
  func `what is no single request ends the connection of a stranger`(_ frame: String) throws {
    _ = open(7)
    _ = try service.exchange(Array(frame.utf8), on: 7)
    #expect(verdict == .refused(delayMilliseconds: 0))
    #expect(try refusal("system.ping", on: 7).code == 1006)
  }

  @Test func `params that are wrong do not end it, and are not echoed`() throws {
    _ = open(7)
    let error = try refusal("system.authenticate", #"{"token": ["hidden"]}"#, on: 7)
    #expect(error.code == RPCError.Code.invalidParams)
    #expect(!error.message.contains("hidden"))
    #expect(verdict == nil)
  }

  @Test func `a notification authenticates too`() throws {
    _ = open(7)
    let frame = #"{"jsonrpc":"2.0","method":"system.authenticate","params":["token of owner"]}"#
    #expect(try service.exchange(Array(frame.utf8), on: 7) == nil)
    #expect(verdict == .admitted(delayMilliseconds: 0))
    try service.call("system.ping", on: 7)
  }

  @Test func `a connection is authenticated once`() throws {
    _ = open(7)
    try authenticate("owner", on: 7)
    _ = verdict
    world.add("reader", [.query])
    for token in ["token of owner", "token of reader", "guess"] {
      let error = try refusal("system.authenticate", #"{"token": "\#(token)"}"#, on: 7)
      #expect(error.code == 1002)
      #expect(verdict == nil)
    }
    try service.call("sender.list", on: 7)
  }

  @Test func `a parent process needs no token`() throws {
    #expect(!open(1, from: nil))
    try service.call("system.ping", on: 1)
    #expect(try authenticate("nobody", on: 1)["name"] == .string("local"))
    #expect(verdict == nil)
  }

  @Test func `a token opens what it is for, and says what is missing`() throws {
    world.add("reader", [.query])
    world.add("clerk", [.query, .operate], methods: ["guest.list", "guest.create"])
    _ = open(7)
    _ = open(8)
    #expect(try authenticate("reader", on: 7)["capabilities"] == .array([.string("query")]))
    try service.call("sender.list", on: 7)
    let change = try refusal("project.create", on: 7)
    #expect(change.code == 1007)
    #expect(change.data?.text == #"{"kind":"forbidden","capability":"operate"}"#)
    #expect(try refusal("system.shutdown", on: 7).data?.text.contains("administer") == true)
    #expect(try refusal("message.receive", on: 7).data?.text.contains("ingest") == true)
    #expect(try refusal("no.such.method", on: 7).code == RPCError.Code.methodNotFound)
    let clerk = try authenticate("clerk", on: 8)
    #expect(clerk["methods"] == .array([.string("guest.list"), .string("guest.create")]))
    let other = try refusal("sender.list", on: 8)
    #expect(other.code == 1007)
    #expect(other.data?.text == #"{"kind":"forbidden","method":"sender.list"}"#)
    #expect(try refusal("guest.list", on: 8).code == RPCError.Code.invalidParams)
    #expect(!service.hasBeenStopped)
  }

  @Test func `every element of a batch is judged by itself`() throws {
    world.add("reader", [.query])
    _ = open(7)
    try authenticate("reader", on: 7)
    let frame = """
      [{"jsonrpc":"2.0","id":1,"method":"system.ping"},\
      {"jsonrpc":"2.0","id":2,"method":"system.shutdown"}]
      """
    let answer = try service.exchange(Array(frame.utf8), on: 7) ?? []
    let text = String(decoding: answer, as: UTF8.self)
    #expect(text.contains("pong") && text.contains("1007"))
    #expect(!service.hasBeenStopped)
  }

  @Test func `a revoked token opens nothing more, and its connections end`() throws {
    world.add("reader", [.query])
    world.add("other", [.query])
    for connection in 7...9 as ClosedRange<UInt64> { _ = open(connection) }
    try authenticate("reader", on: 7)
    try authenticate("other", on: 8)
    try authenticate("owner", on: 9)
    try service.call("events.subscribe", on: 7)
    func look() { service.center.assumeIsolated { $0.dropRevoked() } }
    look()
    world.revoke("reader")
    look()
    #expect(service.closed.isEmpty)
    #expect(service.center.assumeIsolated { $0.millisecondsToAccessCheck } == 1000)
    world.pass(milliseconds: 1000)
    look()
    #expect(service.closed == [7])
    #expect(try refusal("system.ping", on: 7).code == 1006)
    #expect(service.center.assumeIsolated { $0.subscriptions.isEmpty })
    try service.call("system.ping", on: 8)
    _ = open(10)
    #expect(
      try refusal("system.authenticate", #"{"token": "token of reader"}"#, on: 10).code == 1006)
    world.pass(milliseconds: 1_000_000)
    look()
    try service.call("system.ping", on: 9)
    service.center.assumeIsolated { $0.connectionClosed(8) }
    #expect(service.center.assumeIsolated { $0.millisecondsToAccessCheck } == nil)
  }

  // MARK: - Who did what

  @Test func `each token has idempotency keys of its own, also after a restart of it`() throws {
    world.add("office", [.administer, .operate])
    for connection in 7...9 as ClosedRange<UInt64> { _ = open(connection) }
    try authenticate("owner", on: 7)
    try authenticate("office", on: 8)
    func create(_ number: Int, on connection: UInt64) throws -> JSONValue? {
      try service.call(
        "sender.create",
        #"{"name": "Choir", "phone": "+35121000000\#(number)", "idempotency_key": "k"}"#,
        on: connection)["id"]
    }
    #expect(try create(1, on: 7) == .string("snd_1"))
    #expect(try create(2, on: 8) == .string("snd_2"))
    try authenticate("owner", on: 9)
    #expect(try create(1, on: 9) == .string("snd_1"))
    #expect(try create(2, on: 8) == .string("snd_2"))
  }

  @Test func `events say with which token something was done, and nothing of others`() throws {
    _ = open(7)
    _ = open(8, from: nil)
    try authenticate("owner", on: 7)
    func create(_ name: String, on connection: UInt64) throws {
      try service.call(
        "project.create", #"{"sender_id": "snd_1", "name": "\#(name)", "time_zone": "UTC"}"#,
        on: connection)
    }
    try service.call("sender.create", #"{"name": "A", "phone": "+351210000001"}"#, on: 7)
    try create("Concert", on: 8)
    try create("Fair", on: 7)
    try service.pass(.hours(1))
    let list = try service.call("events.list", on: 7)
    guard case .array(let events)? = list["items"] else { throw Fault("no events") }
    let made = events.filter { $0["kind"] == .string("project_created") }
    #expect(made.map { $0["by"]?["name"] } == [.null, .string("owner")])
    #expect(made.allSatisfy { $0["by"]?["kind"] == .string("operator") })
  }

  /// With two guests the list is too long to be counted in the call.
  @Test func `what a call does after it has counted a list is done by the same caller`() throws {
    _ = open(7)
    try authenticate("owner", on: 7)
    let sample = try SampleCampaign(guests: SampleCampaign.guests(2)) {
      try service.call($0, $1, on: 7)
    }
    let params = #"{"campaign_id": "\#(sample.campaign)", "idempotency_key": "k"}"#
    let first = try service.call("campaign.start", params, on: 7)
    #expect(try service.call("campaign.start", params, on: 7) == first)
    let list = try service.call("events.list", #"{"kinds": ["campaign_status_changed"]}"#, on: 7)
    #expect(list["items"]?[0]?["by"]?["name"] == .string("owner"))
    world.add("ada", [.operate])
    _ = open(8)
    try authenticate("ada", on: 8)
    #expect(try refusal("campaign.start", params, on: 8).code == ServiceError.invalidState.code)
  }

  /// Its connection ends once everything on it is answered, so what it waits for is given up.
  @Test func `a stranger cancels nothing, and who is turned out waits for nothing`() throws {
    world.add("reader", [.query])
    for connection in 7...9 as ClosedRange<UInt64> { _ = open(connection) }
    try authenticate("reader", on: 7)
    try authenticate("owner", on: 9)
    let sample = try SampleCampaign(guests: SampleCampaign.guests(3)) {
      try service.call($0, $1, on: 9)
    }
    _ = verdict
    service.begin(
      #"{"jsonrpc":"2.0","id":1,"method":"campaign.forecast","params":{"campaign_id":"\#(sample.campaign)","seeds":20}}"#,
      on: 7)
    let cancel = #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#
    #expect(service.begin(cancel, on: 8) == nil)
    #expect(verdict == nil)
    #expect(service.takeReplies().isEmpty)
    service.center.assumeIsolated { $0.dropRevoked() }
    world.revoke("reader")
    world.pass(milliseconds: 1000)
    service.center.assumeIsolated { $0.dropRevoked() }
    let replies = service.takeReplies().map { String(decoding: $0, as: UTF8.self) }
    #expect(replies.count == 1)
    #expect(replies[0].contains("-32800"))
    #expect(service.closed == [7])
  }
}
