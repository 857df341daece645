import Testing
import Wire

@testable import CampaignEngine

private func asking(_ no: String, late: String = "never") throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "late_change": "\#(late)",
      "replies": [{"handle": "yes", "title": {"*": "Yes"}},
        {"handle": "no", "title": {"*": "No"}, "keywords": ["\#(no)"]}]}}, \#(replyEnds)
    """#,
    "start > wait, wait:yes > yes, wait:no > no, wait:timeout > timeout, wait:default > default")
}

/// What is an answer, and what opts out.
struct StopWordTests {
  private static let refusals = ["cancel", "Batal", "CANCELAR", "إلغاء", "end", "quit", "keluar"]

  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011") { $0.rsvp = "attending" }
  }

  private var isSubscribed: Bool {
    harness.state.person(of: guest).subscription == .subscribed
  }

  @Test(arguments: refusals)
  func `a guest who comes and cancels is not opted out, and somebody sees it`(word: String) throws {
    try harness.started(try asking("never"))
    try harness.write("yes", from: guest)
    let execution = try harness.execution(of: guest)
    #expect(harness.outcome(of: execution) == "yes")
    let result = try harness.write(word, from: guest)
    #expect(!result.hasOptedOut && isSubscribed)
    #expect(harness.state[result.message].needsAttention)
    #expect(harness.outcome(of: execution) == "yes")
    #expect(harness.state[guest].rsvp == .attending)
  }

  @Test(arguments: refusals)
  func `where the question is open, to cancel is an answer`(word: String) throws {
    try harness.started(try asking(word.lowercased()))
    let result = try harness.write("\(word)!", from: guest)
    #expect(!result.hasOptedOut && isSubscribed)
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "no")
  }

  @Test(arguments: refusals)
  func `where no answer has that name, it leaves by default`(word: String) throws {
    try harness.started(try asking("never"))
    #expect(try !harness.write(word, from: guest).hasOptedOut)
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "default")
    #expect(isSubscribed)
  }

  @Test func `a stop word that names an answer is that answer while the question is open`() throws {
    try harness.started(try asking("Stop"))
    let first = try harness.write("STOP 🛑", from: guest)
    #expect(!first.hasOptedOut && isSubscribed)
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "no")
    #expect(try harness.write("stop", from: guest).hasOptedOut)
  }

  @Test func `another stop word opts out while the question is open`() throws {
    try harness.started(try asking("Stop"))
    #expect(try harness.write("unsubscribe", from: guest).hasOptedOut)
    #expect(harness.reason(of: try harness.execution(of: guest)) == "opted_out")
  }

  @Test func `a stop word that names a choice of the open question is that choice`() throws {
    let form = try flow(
      #"""
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "7d"}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "20h", "questions": [
        {"key": "bus", "kind": "choice", "ask": {"*": "Where do you get off?"}, "choices": [
          {"value": "stop", "title": {"*": "Stop"}}, {"value": "end", "title": {"*": "End"}}]}]}},
      \#(replyEnds)
      """#, "start > wait, wait:default > form, form:submitted > done")
    try harness.started(form)
    try harness.write("hello", from: guest)
    try harness.settle()
    #expect(try !harness.write("stop", from: guest).hasOptedOut)
    #expect(harness.variable("bus", of: try harness.execution(of: guest)) == "stop")
  }

  @Test func `senders that never chose have the words of today`() throws {
    var change = SenderChange()
    change.stopWords = Sender.formerDefaultStopWords
    try harness.perform(UpdateSender(sender: harness.sender, change: change))
    #expect(harness.state[harness.sender].row.currentStopWords == Sender.defaultStopWords)
    #expect(try !harness.write("keluar", from: guest).hasOptedOut)
    #expect(try harness.write("stopall", from: guest).hasOptedOut)
  }

  @Test func `the defaults are no more than a sender may have, and none is an answer`() {
    let words = Set(Sender.defaultStopWords.map { FoldedText($0) })
    #expect(words.count == Sender.defaultStopWords.count && words.count <= 200)
    for word in Self.refusals + ["no", "baja", "ende", "fin", "取消", "отмена", "iptal", "ביטול"] {
      #expect(!words.contains(FoldedText(word)), "\(word)")
    }
  }

  @Test func `titles and keywords that are stop words are warned of`() throws {
    let project = harness.state.project(of: 0)
    let issues = ChatflowCheck.issues(
      of: try asking("Stop!"), project: project.row, templates: project.templates.rows,
      stopTexts: harness.state[harness.sender].stopTexts, now: harness.now)
    let issue = try #require(issues.first { $0.code == "stop_word" })
    #expect(issue.severity == .warning && issue.node == "wait")
    #expect(issue.path == "nodes[1].data.replies")
    #expect(issues.count { $0.code == "stop_word" } == 1)
  }
}
