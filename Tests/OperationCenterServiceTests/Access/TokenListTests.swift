import CampaignEngine
import JSONRPC
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService

struct TokenListTests {
  private func token(_ secret: String, _ name: String) -> NamedToken {
    NamedToken(secret, for: Caller(name: name, capabilities: [.query]), at: StoryTime.start)
  }

  @Test func `a file of tokens comes back, and holds none of them in clear`() throws {
    var list = TokenList()
    for index in 0..<3 { list.add(token("secret \(index)", "caller-\(index)")) }
    let bytes = list.encoded
    #expect(try TokenList(parsing: bytes) == list)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("secret"))
    #expect(text.split(separator: "\n").count == 5)
    let removals = (list.remove(named: "caller-1"), list.remove(named: "caller-1"))
    #expect(removals == (true, false))
    #expect(try TokenList(parsing: list.encoded).tokens.map(\.name) == ["caller-0", "caller-2"])
    #expect(try TokenList(parsing: TokenList().encoded) == TokenList())
  }

  @Test func `a token opens for its own name only`() {
    let tokens = (0..<5).map { token("secret \($0)", "caller-\($0)") }
    for index in 0..<5 {
      #expect(TokenList.holder(of: "secret \(index)", among: tokens)?.name == "caller-\(index)")
    }
    for wrong in ["secret", "secret 5", "secret 00", "", "Secret 0"] {
      #expect(TokenList.holder(of: wrong, among: tokens) == nil)
    }
  }

  @Test func `the same token is kept differently each time`() {
    #expect(token("secret", "a") != token("secret", "a"))
    #expect(SecretToken.make() != SecretToken.make())
    #expect(SecretToken.make().utf8.count == 64)
  }

  @Test(arguments: [
    "", "[]", #"{"tokens": [{"name": "a"}]}"#, #"{"tokens": [], "more": 1}"#,
    #"{"tokens": [{"name": "a b", "capabilities": ["query"], "salt": "00", "hash": "00", "created_at": "2026-11-22T09:00:00.000Z"}]}"#,
    #"{"tokens": [{"name": "a", "capabilities": ["root"], "salt": "00", "hash": "00", "created_at": "2026-11-22T09:00:00.000Z"}]}"#,
    #"{"tokens": [{"name": "a", "capabilities": ["query"], "salt": "0", "hash": "00", "created_at": "2026-11-22T09:00:00.000Z"}]}"#,
  ])
  func `what is no file of tokens is refused`(_ text: String) {
    #expect(throws: WireError.self) { try TokenList(parsing: Array(text.utf8)) }
  }
}

struct FailureTableTests {
  @Test func `five failures within a minute slow an address down, and it recovers`() {
    var table = FailureTable()
    for time in 0..<4 { table.add("a", at: Int64(time) * 1000) }
    #expect(!table.isSlow("a", at: 4000))
    table.add("a", at: 4000)
    #expect(table.isSlow("a", at: 4000))
    #expect(!table.isSlow("b", at: 4000))
    #expect(table.isSlow("a", at: 59_999))
    #expect(!table.isSlow("a", at: 60_000))
    table.add("a", at: 60_500)
    #expect(table.isSlow("a", at: 60_600))
  }

  @Test func `so many addresses are remembered and no more`() {
    var table = FailureTable()
    for host in 0..<3 * FailureTable.addresses { table.add("\(host)", at: Int64(host)) }
    #expect(table.times.count == FailureTable.addresses)
    #expect(table.times["\(3 * FailureTable.addresses - 1)"] != nil)
    for _ in 0..<100 { table.add("again", at: 4000) }
    #expect(table.times["again"]?.count == FailureTable.failures)
    table.add("late", at: 1_000_000)
    #expect(table.times.count == 1)
  }
}
