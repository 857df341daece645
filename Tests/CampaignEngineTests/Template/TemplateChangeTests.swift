import Testing
import Wire

import CampaignEngine

private let end = #"{"id": "end", "type": "end", "data": {"outcome": "done"}}"#

private func note(_ data: String = #"{"template": "note"}"#) throws -> ChatflowDocument {
  try flow(
    #"{"id": "one", "type": "send_template", "data": \#(data)}, \#(end)"#, "start > one, one > end")
}

private func variant(
  _ language: String, _ body: String, _ status: TemplateStatus = .approved
) -> TemplateVariant {
  var variant = TemplateVariant()
  (variant.language, variant.body, variant.status) = (language, body, status)
  return variant
}

struct UpdateTemplateTests {
  private func text(_ message: MessageID, in harness: EngineHarness) -> String {
    let content = harness.state[message].content
    return harness.state.template(content.template).variants[Int(content.variant)].body
  }

  @Test func `the next send uses the new text, and sent messages keep theirs`() throws {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note", body: "Old.")
    let guests = try harness.guests(2)
    let campaign = try harness.started(try note()) { $0.settings.throttle = Throttle() }
    let first = try #require(try harness.dispatch().first)
    try harness.accept(first)
    try harness.perform(
      UpdateTemplate(
        template: template, category: .utility, variants: [variant("en", "New.")]))
    try harness.run(for: .minutes(5))
    try harness.restart(fromSnapshot: true)
    let messages = try guests.map { guest in
      try #require(harness.state.messages(of: try harness.execution(of: guest)).first)
    }
    #expect(messages.map { text($0, in: harness) } == ["Old.", "New."])
    #expect(messages.map { harness.state[$0].cost.category } == [.marketing, .utility])
    #expect(harness.state[campaign].status == .completed)
    let row = harness.state.template(template)
    #expect(row.currentVariants.map(\.body) == ["New."])
    #expect(row.variants.map(\.body) == ["Old.", "New."])
  }

  @Test func `a text that comes again has its old place, and a language left out is gone`() throws {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note", languages: ["en", "id"], body: "Old.")
    func update(_ variants: [TemplateVariant]) throws {
      try harness.perform(UpdateTemplate(template: template, category: nil, variants: variants))
    }
    try update([variant("id", "Old.", .pending), variant("fr", "Nouveau.")])
    var row = harness.state.template(template)
    #expect(row.currentVariants.map(\.language) == ["id", "fr"])
    #expect(row.variants.map(\.language) == ["en", "id", "fr"])
    #expect(row.variants[1].status == .pending)
    #expect(row.variantIndex(language: "en", projectLanguages: ["id"]) == nil)
    try update([variant("en", "Old."), variant("id", "Old.")])
    row = harness.state.template(template)
    #expect(row.variants.count == 3)
    #expect(row.variantIndex(language: "en", projectLanguages: []) == 0)
  }

  @Test func `an update that changes nothing is no event, and a wrong one is refused`() throws {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note", body: "Old.")
    try harness.perform(
      UpdateTemplate(template: template, category: .marketing, variants: [variant("en", "Old.")]))
    let twice = harness.refusal(
      of: UpdateTemplate(
        template: template, category: nil, variants: [variant("en", "A"), variant("en", "B")]))
    #expect((twice?.field, twice?.reason) == ("variants[1].language", "duplicate_language"))
    let nobody = UpdateTemplate(
      template: TemplateID(space: 0, counter: 99), category: nil, variants: nil)
    #expect(harness.refusal(of: nobody)?.code == .notFound)
  }

  @Test func `texts come to an end`() throws {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note", body: "0")
    for number in 1..<(Limits.variantsEver / 100) {
      try harness.perform(
        UpdateTemplate(
          template: template, category: nil,
          variants: (0..<100).map { index in
            let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
            return variant(letters[index / 26] + letters[index % 26], "\(number)")
          }))
    }
    let last = UpdateTemplate(
      template: template, category: nil,
      variants: (0..<100).map { index in
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        return variant(letters[index / 26] + letters[index % 26], "last")
      })
    let refusal = harness.refusal(of: last)
    #expect((refusal?.code, refusal?.reason) == (.limitExceeded, "variants"))
  }

  @Test func `a campaign does not start with a template that no longer fits`() throws {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note", body: "Hello.")
    try harness.guests(1)
    let campaign = try harness.campaign(try harness.flow(try note()))
    try harness.perform(
      UpdateTemplate(
        template: template, category: nil, variants: [variant("en", "Hello {{name}}.")]))
    let refusal = harness.refusal(of: StartCampaign(campaign: campaign, expectedEligible: nil))
    #expect((refusal?.code, refusal?.reason) == (.notReady, "missing_parameter"))
  }
}

struct TemplateStatusTests {
  private func report(
    _ harness: EngineHarness, _ template: TemplateID, _ status: TemplateStatus
  ) throws {
    try harness.perform(
      ReportTemplateStatus(template: template, language: "en", status: status))
  }

  /// One guest whose message waits, since WhatsApp told of the stop before anything was sent.
  private func held(
    _ status: TemplateStatus
  ) throws -> (EngineHarness, TemplateID, ExecutionID) {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note")
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.started(try note())
    try report(harness, template, status)
    try harness.settle()
    #expect(harness.sent.isEmpty)
    return (harness, template, try harness.execution(of: guest))
  }

  @Test(arguments: [TemplateStatus.paused, .disabled])
  func `messages wait for a stop that WhatsApp told of, until the variant is approved again`(
    status: TemplateStatus
  ) throws {
    let (harness, template, execution) = try held(status)
    #expect(harness.state[execution].wait?.kind == .capacity)
    // The same news again ends nothing.
    try report(harness, template, status)
    try harness.restart(fromSnapshot: true)
    try harness.run(for: .days(10))
    #expect(harness.sent.isEmpty)
    try report(harness, template, .approved)
    try harness.settle()
    #expect(harness.sent.count == 1)
    #expect(harness.state[execution].status == .completed)
  }

  @Test func `another text in place of a stopped one goes at once`() throws {
    let (harness, template, execution) = try held(.paused)
    try harness.perform(
      UpdateTemplate(template: template, category: nil, variants: [variant("en", "Other.")]))
    try harness.settle()
    #expect(harness.state[execution].status == .completed)
    #expect(harness.state.template(template).stops.isEmpty)
  }

  @Test func `a text that is rejected skips what waited for it`() throws {
    let (harness, template, execution) = try held(.paused)
    try report(harness, template, .rejected)
    try harness.settle()
    #expect(harness.reason(of: execution) == "no_template_language")
  }

  @Test func `news of a category alone checks the language only`() throws {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note")
    try harness.perform(ReportTemplateStatus(template: template, language: "en", status: nil))
    #expect(harness.state.template(template).variants[0].status == .approved)
    let refusal = harness.refusal(
      of: ReportTemplateStatus(template: template, language: "fr", status: nil))
    #expect(refusal?.field == "language")
  }
}

struct DeletionTests {
  @Test func `a template that a reminder is to send stays until the reminder is over`() throws {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note")
    try harness.guests(1)
    func reminder() throws -> ReminderID {
      try harness.reminder { plan in
        plan.guestFilter = .all
        plan.template = TemplateUse()
        plan.template.name = "note"
      }
    }
    let cancelled = try reminder()
    let refusal = harness.refusal(of: DeleteTemplate(template: template))
    #expect((refusal?.code, refusal?.reason) == (.conflict, "template_in_use"))
    #expect(refusal?.id == cancelled.wireText)
    try harness.perform(CancelReminder(reminder: cancelled))
    let sent = try reminder()
    #expect(harness.refusal(of: DeleteTemplate(template: template))?.id == sent.wireText)
    try harness.run(for: .hours(2))
    #expect(harness.status(of: sent) == .sent)
    try harness.perform(DeleteTemplate(template: template))
  }

  @Test func `a template goes only when nothing sends it any more`() throws {
    let harness = try EngineHarness.wedding()
    let template = try harness.template("note")
    try harness.guests(1)
    let flow = try harness.flow(try note())
    let refusal = harness.refusal(of: DeleteTemplate(template: template))
    #expect((refusal?.code, refusal?.reason) == (.conflict, "template_in_use"))
    #expect(refusal?.id == flow.wireText)
    let campaign = try harness.campaign(flow)
    try harness.start(campaign)
    // The newest version does without it, but the campaign walks the one before.
    try harness.perform(
      SaveChatflow(
        project: harness.project, chatflow: flow, name: nil,
        document: try CampaignEngineTests.flow(end, "start > end")))
    #expect(harness.refusal(of: DeleteTemplate(template: template))?.reason == "template_in_use")
    try harness.settle()
    #expect(harness.state[campaign].status == .completed)
    try harness.perform(DeleteTemplate(template: template))
    try harness.restart(fromSnapshot: true)
    #expect(harness.state.find(template) == nil)
    #expect(harness.state.template(named: "note", space: 0) == nil)
    // Sent messages stay readable, and the name is free.
    #expect(harness.state.template(template).name == "note")
    let again = try harness.template("note")
    #expect(again != template)
    #expect(harness.state.template(named: "note", space: 0)?.id == again)
  }

  @Test func `a chatflow goes once its campaigns have ended, and they keep their graph`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    let flow = try harness.flow(try document(rsvpFlow))
    let campaign = try harness.campaign(flow)
    let refusal = harness.refusal(of: DeleteChatflow(chatflow: flow))
    #expect((refusal?.code, refusal?.reason) == (.conflict, "chatflow_in_use"))
    #expect(refusal?.id == campaign.wireText)
    try harness.start(campaign)
    try harness.settle()
    try harness.write("no", from: guest)
    try harness.settle()
    #expect(harness.state[campaign].status == .completed)
    try harness.perform(DeleteChatflow(chatflow: flow))
    try harness.restart(fromSnapshot: true)
    #expect(harness.state.find(flow) == nil)
    #expect(harness.node(of: try harness.execution(of: guest)) == "end_declined")
    let create = CreateCampaign(
      project: harness.project,
      row: {
        var row = Campaign()
        row.settings.chatflow = flow
        return row
      }())
    #expect(harness.refusal(of: create)?.code == .notFound)
    let update = SaveChatflow(
      project: harness.project, chatflow: flow, name: nil, document: try document(rsvpFlow))
    #expect(harness.refusal(of: update)?.code == .notFound)
    // A late change still walks it.
    let tap = try harness.tap("yes", at: "answer", of: try harness.execution(of: guest))
    #expect(tap.hasReopened)
  }
}
