import Testing
import Wire

import CampaignEngine

private let ends = ["yes", "no", "timeout", "default"].map {
  #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
}.joined(separator: ", ")

private func waiting(_ more: String = "") throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "save_as": "answer",
      "replies": [
        {"handle": "yes", "title": {"*": "Attending", "id": "Hadir"},
         "keywords": ["yes", "ya", "हाँ"], "words": ["coming"]},
        {"handle": "no", "title": {"*": "Sorry"}, "keywords": ["no", "tidak"], "words": ["cannot"]}]
      \#(more)}}, \#(ends)
    """#,
    "start > wait, wait:yes > yes, wait:no > no, wait:timeout > timeout, wait:default > default")
}

struct WaitReplyTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  @Test(arguments: [
    ("yes", "yes"), ("YES!!", "yes"), ("Ya.", "yes"), ("हाँ", "yes"), ("Attending", "yes"),
    ("hadir", "yes"), ("we are coming, all of us", "yes"), ("No", "no"), ("tidak", "no"),
    ("I cannot make it", "no"), ("Yes 🎉", "yes"), ("🙏 tidak", "no"), ("ｙｅｓ", "yes"),
    ("no problem", "default"), ("yesterday", "default"),
    ("?", "default"),
  ])
  func `a text decides by title, keyword or word, never by a part of it`(
    text: String, outcome: String
  ) throws {
    try harness.started(try waiting())
    try harness.write(text, from: guest)
    let execution = try harness.execution(of: guest)
    #expect(harness.outcome(of: execution) == outcome)
    #expect(harness.variable("answer", of: execution) == outcome)
    #expect(harness.variable("answer_text", of: execution) == text)
  }

  @Test(arguments: ["yes", "no"])
  func `a button decides by its payload, whatever its title says`(handle: String) throws {
    try harness.started(try waiting())
    let execution = try harness.execution(of: guest)
    let result = try harness.tap(handle, at: "wait", of: execution, title: "Gern!")
    #expect(harness.outcome(of: execution) == handle)
    #expect(harness.state[result.message].routedBy == .button)
    #expect(harness.variable("answer_text", of: execution) == "Gern!")
  }

  @Test(arguments: [
    (ContentKind.image, "", "[image]"), (.audio, "", "[audio]"), (.image, "yes", "yes"),
    (.location, "", "[location]"), (.unsupported, "", "[unsupported]"), (.sticker, "", "[sticker]"),
  ])
  func `media leave by default, and their caption is the text`(
    kind: ContentKind, caption: String, text: String
  ) throws {
    try harness.started(try waiting(#", "reprompt": {"text": {"*": "Tap, please."}, "max": 2}"#))
    try harness.write(caption, from: guest, kind: kind)
    let execution = try harness.execution(of: guest)
    #expect(harness.outcome(of: execution) == "default")
    #expect(harness.variable("answer_text", of: execution) == text)
  }

  @Test(arguments: [ContentKind.reaction, .edit, .revoke])
  func `reactions, edits and revokes answer nothing and open nothing`(kind: ContentKind) throws {
    try harness.started(try waiting())
    let result = try harness.write("yes", from: guest, kind: kind)
    #expect(harness.state[try harness.execution(of: guest)].status == .waiting)
    #expect(!harness.state.person(of: guest).isWindowOpen(at: harness.now))
    #expect(harness.state[result.message].routedBy == nil)
    #expect(harness.state.project(of: 0).needsAttention.isEmpty)
  }

  @Test func `other texts get the question again, at most so often, then leave by default`() throws
  {
    try harness.started(try waiting(#", "reprompt": {"text": {"*": "Tap, please."}, "max": 2}"#))
    let execution = try harness.execution(of: guest)
    for count in 1...2 {
      try harness.write("what?", from: guest)
      #expect(harness.node(of: execution) == "wait")
      #expect(harness.state[execution].wait?.attempts == count)
      try harness.settle()
      #expect(harness.sent.count == count)
      let request = try #require(harness.sent.last)
      guard case .buttons(let text, let buttons) = request.content else {
        Issue.record("\(request.content)")
        return
      }
      #expect(text == "Tap, please.")
      #expect(buttons.map(\.title) == ["Attending", "Sorry"])
      #expect(buttons.map(\.payload) == ["exe_1:wait:yes", "exe_1:wait:no"])
    }
    try harness.write("what?", from: guest)
    #expect(harness.outcome(of: execution) == "default")
  }

  @Test func `the clock of an answer starts when the prompt was accepted`() throws {
    let prompt = #"{"id": "ask", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#
    let wait = #"{"id": "wait", "type": "wait_reply", "data": {"timeout": "20h"}}"#
    try harness.started(
      try flow("\(prompt), \(wait), \(ends)", "start > ask, ask > wait, wait:timeout > timeout"))
    let request = try #require(try harness.dispatch().first)
    harness.pass(.hours(1))
    try harness.accept(request)
    let execution = try harness.execution(of: guest)
    let accepted = harness.now
    #expect(harness.state[execution].wait?.until == accepted + .hours(20))
    try harness.run(until: accepted + .hours(20))
    #expect(harness.outcome(of: execution) == "timeout")
  }

  @Test func `a repeated question starts the clock of the answer anew`() throws {
    try harness.started(try waiting(#", "reprompt": {"text": {"*": "Tap, please."}, "max": 1}"#))
    let execution = try harness.execution(of: guest)
    harness.pass(.hours(19))
    try harness.write("what?", from: guest)
    try harness.settle()
    let until = harness.now + .hours(20)
    #expect(harness.state[execution].wait?.until == until)
    try harness.run(until: until)
    #expect(harness.outcome(of: execution) == "timeout")
  }

  @Test func `nothing answers after the timeout`() throws {
    try harness.started(try waiting())
    try harness.run(for: .hours(20))
    let execution = try harness.execution(of: guest)
    #expect(harness.outcome(of: execution) == "timeout")
    let result = try harness.write("yes", from: guest)
    #expect(harness.outcome(of: execution) == "timeout")
    #expect(harness.state[result.message].routedBy == nil)
    #expect(harness.state.project(of: 0).needsAttention.all == [result.message.counter])
  }

  @Test func `a way out without an edge is remembered by its number`() throws {
    let lonely = try flow(
      #"""
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "1h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}]}}, \#(ends)
      """#, "start > wait, wait:yes > yes")
    try harness.started(lonely)
    let execution = try harness.execution(of: guest)
    try harness.run(for: .hours(1))
    let step = try #require(harness.state[execution].steps.last)
    #expect(step.exit == .passed && step.handle == 1)
    let result = try harness.tap("yes", at: "wait", of: execution)
    #expect(result.hasReopened)
    #expect(harness.outcome(of: execution) == "yes")
  }
}
