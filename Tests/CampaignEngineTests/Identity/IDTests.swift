import TestRandom
import Testing
import Wire

import CampaignEngine

struct IDTests {
  @Test(arguments: [
    (UInt32(0), UInt32(1), "gst_1"), (0, 31, "gst_z"), (0, 32, "gst_10"), (0, 80, "gst_2g"),
    (0, 81, "gst_2h"), (0, 82, "gst_2j"), (0, 44, "gst_1c"), (1, 1, "gst_10000001"),
    (33, 1, "gst_110000001"), (0, .max, "gst_3zzzzzz"),
  ])
  func `an id is its prefix and its number in Crockford digits`(
    space: UInt32, counter: UInt32, text: String
  ) throws {
    let id = GuestID(space: space, counter: counter)
    #expect(id.wireText == text)
    #expect(GuestID(wireText: text) == id)
    #expect((id.space, id.counter) == (space, counter))
  }

  @Test(arguments: [
    "", "gst_", "gst_0", "gst_01", "gst_G", "gst_2G", "gst_i", "gst_l", "gst_o", "gst_u", "GST_1",
    "msg_1", "gst-1", "gst_1 ", " gst_1", "gst_1.", "gst_é", "gst_4000000", "gst_zzzzzzzzzzzzz",
    "gst_zzzzzzzzzzzzzz", "gst_fzzzzzzzzzzzz", "1", "gst_-1", "gst_+1", "gst_10000000",
    "gst_zzzz0000000", "gst_4000000000001", "gst_1\u{301}",
  ])
  func `any other spelling is refused`(text: String) {
    #expect(GuestID(wireText: text) == nil)
  }

  @Test func `senders and projects have no space, and only messages have a sender's`() {
    #expect(ProjectID(wireText: "prj_3zzzzzz")?.counter == .max)
    #expect(ProjectID(wireText: "prj_10000001") == nil)
    #expect(SenderID(wireText: "snd_10000001") == nil)
    let loose = MessageID(of: SenderID(space: 0, counter: 1), counter: 1)
    #expect(MessageID(wireText: loose.wireText) == loose)
    #expect(GuestID(wireText: loose.wireText.replacing("msg_", with: "gst_")) == nil)
    let last = GuestID(space: loose.space - 1, counter: 1)
    #expect(GuestID(wireText: last.wireText) == last)
  }

  @Test func `each kind has its own prefix`() {
    #expect(SenderID(space: 0, counter: 1).wireText == "snd_1")
    #expect(ProjectID(space: 0, counter: 1).wireText == "prj_1")
    #expect(TemplateID(space: 0, counter: 1).wireText == "tpl_1")
    #expect(ChatflowID(space: 0, counter: 1).wireText == "flw_1")
    #expect(CampaignID(space: 0, counter: 1).wireText == "cmp_1")
    #expect(ExecutionID(space: 0, counter: 5 * 32 + 20).wireText == "exe_5m")
    #expect(MessageID(space: 0, counter: 1).wireText == "msg_1")
  }

  @Test func `ids order by space, then by counter`() {
    var random = Random(seed: 1)
    for _ in 0..<500 {
      let one = (UInt32(random.below(4)), UInt32(random.below(4)))
      let other = (UInt32(random.below(4)), UInt32(random.below(4)))
      let isBefore =
        GuestID(space: one.0, counter: one.1) < GuestID(space: other.0, counter: other.1)
      #expect(isBefore == (one < other))
    }
  }

  @Test func `text and binary form give every id back`() throws {
    for seed in UInt64(1)...200 {
      var random = Random(seed: seed)
      let id = MessageID(
        space: UInt32(random.next() >> 36), counter: UInt32(truncatingIfNeeded: random.next()))
      #expect(MessageID(wireText: id.wireText) == id, "seed \(seed)")
      #expect(try Binary.decode(MessageID.self, from: Binary.encode(id)) == id, "seed \(seed)")
    }
  }

  @Test(arguments: ["msg_c1.1", "msg_c1.65535"])
  func `an attempt is named by its message and number`(text: String) throws {
    #expect(try #require(AttemptID(text)).description == text)
  }

  @Test(arguments: ["", "msg_c1", "msg_c1.0", "msg_c1.65536", "msg_c1.1.1", "exe_1.1", "msg_c1."])
  func `anything else names no attempt`(text: String) {
    #expect(AttemptID(text) == nil)
  }

  @Test func `a payload names execution, node and way out, and nothing else does`() throws {
    let payload = try #require(ButtonPayload("exe_5m:answer:no"))
    #expect(payload.execution.wireText == "exe_5m")
    #expect((payload.node, payload.handle) == ("answer", "no"))
    #expect(payload.text == "exe_5m:answer:no")
    for text in ["", "exe_5m", "exe_5m:answer", "exe_5m:answer:no:x", "5m:answer:no", "yes"] {
      #expect(ButtonPayload(text) == nil)
    }
  }

  @Test func `an id that nothing bears is not found`() throws {
    let harness = try EngineHarness.wedding()
    let state = harness.state
    let loose = MessageID(of: SenderID(space: 0, counter: 1), counter: 1).space
    for space in [0, 1, loose, loose + 1, loose - 1] {
      for counter in [UInt32(0), 1, .max] {
        #expect(state.find(GuestID(space: space, counter: counter)) == nil)
        #expect(state.find(ChatflowID(space: space, counter: counter)) == nil)
        #expect(state.find(CampaignID(space: space, counter: counter)) == nil)
        #expect(state.find(ExecutionID(space: space, counter: counter)) == nil)
        #expect(state.find(MessageID(space: space, counter: counter)) == nil)
      }
      #expect(state.find(SenderID(space: space, counter: 2)) == nil)
      #expect(state.find(ProjectID(space: space, counter: 0)) == nil)
    }
    #expect(state.find(harness.sender) != nil)
    #expect(state.find(harness.project) != nil)
  }

  @Test func `the stable hash never changes`() {
    var hash = StableHash()
    hash.add(GuestID(space: 0, counter: 80).rawValue)
    hash.add("split")
    #expect(hash.value == 8_414_570_061_103_115_594)
  }
}
