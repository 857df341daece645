import Testing
import Wire

import CampaignEngine

struct RSVPFlowTests {
  @Test func `the flow is saved with exactly its three warnings, in order`() throws {
    let harness = try EngineHarness.wedding()
    let id = try harness.flow(try document(rsvpFlow), name: "RSVP")
    #expect(id.wireText == "flw_1")
    let flow = try #require(harness.state.find(id))
    let version = try #require(flow.versions.first)
    #expect(flow.name == "RSVP" && flow.versions.count == 1)
    #expect((version.document.nodes.count, version.document.edges.count) == (16, 22))
    #expect(version.graph.templates == ["rsvp_reminder", "rsvp_thanks", "wedding_invite"])
    #expect(
      version.graph.reads == [
        "guest.category", "guest.fields.card_url", "guest.name", "guest.party_size",
        "project.event_date", "project.fields.card_url",
      ])
    #expect(version.issues.map(\.code) == Array(repeating: "unhandled_failure", count: 3))
    #expect(version.issues.map(\.node) == ["invite", "thanks", "remind"])
    for issue in version.issues {
      #expect(issue.severity == .warning)
      #expect(issue.message == "A message that fails here fails the execution.")
      #expect(
        issue.hint
          == "Draw an edge from the handle \"failed\" if another way should be tried.")
    }
  }

  @Test func `an unknown way out is refused in these words`() throws {
    let harness = try EngineHarness.wedding()
    let text = rsvpFlow.replacing(
      #""sourceHandle": "maybe""#, with: #""sourceHandle": "perhaps""#)
    let refusal = try #require(
      harness.refusal(
        of: SaveChatflow(
          project: harness.project, chatflow: nil, name: "x", document: try document(text))))
    #expect(
      refusal.message
        == "node \"answer\" has no way out \"perhaps\"")
    #expect(refusal.field == "edges[3].sourceHandle")
    #expect(refusal.reason == "unknown_handle")
    let issue = try #require(refusal.issues.first)
    #expect(refusal.issues.count == 1)
    #expect((issue.severity, issue.code, issue.node) == (.error, "unknown_handle", "answer"))
    #expect(issue.message == "No way out \"perhaps\".")
    #expect(issue.hint == "Use one of yes, maybe, no, timeout, default.")
  }

  @Test func `progress is 9 percent at the invitation and 57 at the form`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Meera", phone: "+919812300045")
    try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest)
    #expect(harness.node(of: execution) == "invite")
    #expect(harness.state[execution].progress == 9)
    try harness.settle()
    try harness.tap("yes", at: "answer", of: execution)
    #expect(harness.node(of: execution) == "details")
    #expect(harness.state[execution].progress == 57)
  }

  @Test func `keys of the editor survive a round trip`() throws {
    let document = try document(rsvpFlow)
    let start = try #require(document.nodes.first)
    #expect(start.unknown.entries.map(\.key) == ["width"])
    let again = try JSON.decode(ChatflowDocument.self, from: JSON.encode(document))
    #expect(Binary.encode(again) == Binary.encode(document))
    #expect(again.nodes.first?.unknown == start.unknown)
    #expect(again.nodes.first?.position == start.position)
  }

  @Test func `a new version is numbered, keeps the name, and changes no running campaign`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Meera", phone: "+919812300045")
    let flow = try harness.flow(try document(rsvpFlow), name: "RSVP")
    let campaign = try harness.campaign(flow)
    try harness.start(campaign)
    let short = try CampaignEngineTests.flow(
      #"{"id": "end", "type": "end", "data": {"outcome": "none"}}"#, "start > end")
    try harness.perform(
      SaveChatflow(project: harness.project, chatflow: flow, name: nil, document: short))
    #expect(harness.state.find(flow)?.versions.count == 2)
    #expect(harness.state.find(flow)?.name == "RSVP")
    #expect(harness.state[campaign].chatflowVersion == 1)
    #expect(harness.node(of: try harness.execution(of: guest)) == "invite")
    let next = try harness.campaign(flow)
    try harness.start(next)
    #expect(harness.outcome(of: try harness.execution(of: guest, in: next)) == "none")
  }

  @Test func `phases follow the kind of node and what came before`() throws {
    let graph = ChatflowGraph(try document(rsvpFlow))
    let phases = Dictionary(uniqueKeysWithValues: graph.nodes.map { ($0.id, $0.phase) })
    #expect(phases["start"] == .blasting && phases["invite"] == .blasting)
    #expect(phases["answer"] == .response && phases["details"] == .response)
    #expect(phases["set_attending"] == .processing && phases["vip"] == .processing)
    #expect(phases["think"] == .followUp && phases["remind"] == .followUp)
    #expect(phases["end_attending"] == .completion)
  }

  @Test func `a phase that the node names overrules its kind`() throws {
    let graph = ChatflowGraph(
      try flow(
        #"""
        {"id": "node", "type": "update_guest", "data": {"phase": "response"}},
        {"id": "end", "type": "end", "data": {"outcome": "done"}}
        """#, "start > node, node > end"))
    #expect(graph.nodes.map(\.phase) == [.blasting, .response, .completion])
  }

  @Test func `the longest way counts no node twice, in circles too`() throws {
    let nodes = #"""
      {"id": "a", "type": "delay", "data": {"for": "1h"}},
      {"id": "b", "type": "wait_reply", "data": {"timeout": "1h"}},
      {"id": "c", "type": "end", "data": {"outcome": "x"}}
      """#
    let line = ChatflowGraph(try flow(nodes, "start > a, a > b, b:timeout > c, b:default > c"))
    #expect(line.nodes.map(\.longestWay) == [4, 3, 2, 1])
    let circle = ChatflowGraph(try flow(nodes, "start > a, a > b, b:timeout > a, b:default > c"))
    #expect(circle.nodes.map(\.longestWay) == [4, 3, 2, 1])
  }
}
