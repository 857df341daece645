import Testing
import Wire

import CampaignEngine

private func row(
  _ name: String, _ language: String, _ body: String = "Hello.", _ titles: [String] = [],
  _ status: TemplateStatus = .approved, _ category: TemplateCategory = .marketing
) -> TemplateRow {
  var variant = TemplateVariant()
  variant.status = .approved
  (variant.language, variant.body, variant.status) = (language, body, status)
  variant.buttons = titles.map { title in
    var button = TemplateButton()
    button.title = title
    return button
  }
  return TemplateRow(
    name: name, language: language, content: .success(.init(category: category, variant: variant)))
}

private func refused(_ name: String, _ language: String) -> TemplateRow {
  TemplateRow(
    name: name, language: language,
    content: .failure(RowFault(field: "components", reason: "required", message: "expected a BODY"))
  )
}

extension EngineHarness {
  @discardableResult
  fileprivate func sync(
    _ rows: [TemplateRow], isComplete: Bool = false, isDryRun: Bool = false
  ) throws -> [SyncTemplates.Item] {
    try perform(
      SyncTemplates(project: project, rows: rows, isComplete: isComplete, isDryRun: isDryRun))
  }

  fileprivate func stored(_ name: String) throws -> Template {
    try #require(state.template(named: name, space: project.counter - 1)).row
  }

  fileprivate func handles(_ name: String, _ language: String) throws -> [String] {
    try #require(try stored(name).currentVariants.first { $0.language == language })
      .buttons.map(\.handle)
  }
}

struct SyncTemplatesTests {
  @Test func `languages are added, changed and left alone, and a refused row harms nobody`() throws
  {
    let harness = try EngineHarness.wedding()
    let items = try harness.sync([
      row("gift", "en"), row("gift", "id", "Halo."), refused("gift", "fr"),
      row("rsvp_thanks", "en", "Thank you!", [], .approved, .utility),
      row("rsvp_thanks", "id", "Terima kasih!", [], .pending, .utility),
    ])
    #expect(items.map(\.result) == [.created, .created, .refused, .unchanged, .updated])
    #expect(items[4].changed == ["body", "status"])
    #expect(items[2].fault?.reason == "required")
    #expect(items[2].template == items[0].template)
    #expect(try harness.stored("gift").currentVariants.map(\.language) == ["en", "id"])
    let thanks = try harness.stored("rsvp_thanks")
    #expect(thanks.currentVariants.map(\.body) == ["Thank you!", "Terima kasih!"])
    #expect(thanks.currentVariants.map(\.status) == [.approved, .pending])
    try harness.restart(fromSnapshot: true)
    #expect(try harness.stored("rsvp_thanks") == thanks)
  }

  @Test func `a second time nothing changes, and there is no event`() throws {
    let harness = try EngineHarness.wedding()
    let rows = [
      row("gift", "en", "Hello.", ["Yes!", "Yes?"]), row("gift", "id", "Halo.", ["Ya", "Tidak"]),
      row("wait", "en", "Hello.", [], .paused), row("lost", "en", "Hello.", [], .rejected),
    ]
    try harness.sync(rows, isComplete: true)
    let before = harness.state
    let items = try harness.sync(rows, isComplete: true)
    #expect(items.allSatisfy { $0.result == .unchanged && $0.changed.isEmpty })
    #expect(items.count == rows.count)
    #expect(harness.state.projects[0].templates == before.projects[0].templates)
  }

  @Test func `a dry run answers the same and changes nothing`() throws {
    let harness = try EngineHarness.wedding()
    let rows = [
      row("gift", "en", "Hello.", ["Yes"]), refused("gift", "id"),
      row("rsvp_thanks", "en", "Thanks."),
    ]
    let before = harness.state.projects[0].templates
    let foreseen = try harness.sync(rows, isComplete: true, isDryRun: true)
    #expect(harness.state.projects[0].templates == before)
    let items = try harness.sync(rows, isComplete: true)
    #expect(items.map(\.result) == foreseen.map(\.result))
    #expect(items.map(\.changed) == foreseen.map(\.changed))
    #expect(items.map(\.template) == foreseen.map(\.template))
  }

  @Test func `a complete list disables what is approved and not in it, and never deletes`() throws {
    let harness = try EngineHarness.wedding()
    try harness.template("new", status: .pending)
    let rows = [
      refused("wedding_invite", "en"), row("rsvp_reminder", "en", "Will you come?", ["Yes", "No"]),
    ]
    let items = try harness.sync(rows, isComplete: true).filter { $0.result == .missing }
    #expect(
      items.map { "\($0.name) \($0.language)" } == [
        "wedding_invite id", "wedding_invite hi", "rsvp_reminder id", "rsvp_thanks en",
        "rsvp_thanks id",
      ])
    #expect(items.allSatisfy { $0.row == nil && $0.changed == ["status"] })
    let invite = try harness.stored("wedding_invite")
    #expect(invite.currentVariants.map(\.status) == [.approved, .disabled, .disabled])
    #expect(try harness.stored("new").currentVariants[0].status == .pending)
    #expect(try harness.sync(rows, isComplete: true).count == 2)
    #expect(try harness.sync(rows).count == 2)
  }

  @Test func `messages wait for what is missing, and go once it is listed again`() throws {
    let harness = try EngineHarness.wedding()
    try harness.template("note")
    try harness.guests(1)
    try harness.started(
      try flow(
        #"{"id": "one", "type": "send_template", "data": {"template": "note"}}, {"id": "end", "type": "end", "data": {"outcome": "done"}}"#,
        "start > one, one > end"))
    try harness.sync([row("other", "en")], isComplete: true)
    try harness.settle()
    #expect(harness.sent.isEmpty)
    let items = try harness.sync([row("note", "en")])
    #expect(items[0].changed == ["status"])
    try harness.settle()
    #expect(harness.sent.count == 1)
  }

  @Test func `a template that comes paused is waited for`() throws {
    let harness = try EngineHarness.wedding()
    try harness.sync([
      row("wait", "en", "Hello.", [], .paused), row("wait", "id", "Halo.", [], .disabled),
    ])
    let row = try harness.stored("wait")
    #expect(row.isStopped(0))
    #expect(row.isStopped(1))
  }

  @Test func `of several categories the dearest holds, in whatever order they come`() throws {
    let harness = try EngineHarness.wedding()
    let rows = [
      row("gift", "en", "Hello.", [], .approved, .utility),
      row("gift", "id", "Halo.", [], .approved, .marketing),
    ]
    try harness.sync(rows)
    #expect(try harness.stored("gift").category == .marketing)
    #expect(try harness.sync(rows.reversed()).allSatisfy { $0.result == .unchanged })
  }

  @Test(arguments: [true, false])
  func `over several pages a category only becomes dearer`(_ isDearFirst: Bool) throws {
    let harness = try EngineHarness.wedding()
    let dear = row("gift", "en", "Hello.", [], .approved, .marketing)
    let cheap = row("gift", "id", "Halo.", [], .approved, .utility)
    let pages = isDearFirst ? [dear, cheap] : [cheap, dear]
    try harness.sync([pages[0]])
    try harness.sync([pages[1]])
    #expect(try harness.stored("gift").category == .marketing)
    for page in pages { #expect(try harness.sync([page])[0].result == .unchanged) }
    #expect(try harness.stored("gift").category == .marketing)
  }

  @Test func `a category becomes cheaper once all languages of the template are`() throws {
    let harness = try EngineHarness.wedding()
    func rows(_ category: TemplateCategory) -> [TemplateRow] {
      [("en", "Hello."), ("id", "Halo.")].map { row("gift", $0, $1, [], .approved, category) }
    }
    func category() throws -> TemplateCategory { try harness.stored("gift").category }
    try harness.sync(rows(.marketing))
    try harness.sync([rows(.utility)[0], refused("gift", "id"), row("gift", "fr", "Bonjour.")])
    #expect(try category() == .marketing)
    let french = row("gift", "fr", "Bonjour.", [], .approved, .utility)
    let items = try harness.sync(rows(.utility) + [french])
    #expect(items.allSatisfy { $0.result == .updated && $0.changed == ["category"] })
    #expect(try category() == .utility)
  }

  /// What a complete list leaves out is not there any more, and costs nothing.
  @Test func `in a complete list all languages of a template are listed`() throws {
    let harness = try EngineHarness.wedding()
    try harness.sync([row("gift", "en"), row("gift", "id", "Halo.")])
    let cheap = row("gift", "en", "Hello.", [], .approved, .authentication)
    try harness.sync([cheap, refused("gift", "id")], isComplete: true)
    #expect(try harness.stored("gift").category == .marketing)
    try harness.sync([cheap], isComplete: true)
    #expect(try harness.stored("gift").category == .authentication)
    try harness.sync([row("gift", "id", "Halo.")])
    #expect(try harness.stored("gift").category == .marketing)
  }

  @Test func `of two rows of one language the first counts`() throws {
    let harness = try EngineHarness.wedding()
    let rows = [
      row("gift", "en", "Hello."), row("rsvp_thanks", "en", "Thanks a lot."),
      row("gift", "en", "Good day."), row("gift", "id", "Halo."), refused("gift", "id"),
      refused("gift", "fr"), row("gift", "fr", "Bonjour."),
    ]
    let foreseen = try harness.sync(rows, isDryRun: true)
    let items = try harness.sync(rows)
    #expect(
      items.map(\.result) == [.created, .updated, .refused, .created, .refused, .refused, .refused])
    #expect(items.map(\.result) == foreseen.map(\.result))
    #expect(items.map(\.fault) == foreseen.map(\.fault))
    for index in [2, 4, 6] {
      #expect(items[index].fault?.reason == "duplicate_row")
      #expect(items[index].fault?.field == "language")
    }
    #expect(items[6].fault?.message.contains("templates[5]") == true)
    #expect(try harness.stored("gift").currentVariants.map(\.body) == ["Hello.", "Halo."])
    #expect(Set(items.filter { $0.name == "gift" }.map(\.template)) == [items[0].template])
  }

  @Test func `a project that is full refuses new templates alone`() throws {
    let harness = try EngineHarness.wedding()
    let count = Int(harness.state.projects[0].templates.count)
    let room = Limits.templatesPerProject - count
    let rows = (0...room).map { row("template_\($0)", "en") }
    let items = try harness.sync(rows + [row("rsvp_thanks", "fr", "Merci !")])
    #expect(items.count { $0.result == .refused } == 1)
    #expect(items[room].fault?.reason == "templates")
    #expect(items[room + 1].result == .created)
    let nowhere = SyncTemplates(
      project: ProjectID(space: 0, counter: 9), rows: rows, isComplete: true, isDryRun: true)
    #expect(harness.refusal(of: nowhere)?.code == .notFound)
  }
}

struct ButtonHandleTests {
  @Test func `a new button is named after its title`() throws {
    let harness = try EngineHarness.wedding()
    try harness.sync([
      row("gift", "en", "Hello.", ["Yes, I'm coming!", "Não posso", "हाँ", "Yes, Im coming", "👍"])
    ])
    #expect(
      try harness.handles("gift", "en")
        == ["yes_im_coming", "nao_posso", "button_3", "yes_im_coming_2", "button_5"])
    for handle in try harness.handles("gift", "en") { #expect(Pattern.handle.matches(handle)) }
  }

  @Test func `a button keeps its handle when it moves, and when it has another title`() throws {
    let harness = try EngineHarness.wedding()
    try harness.sync([row("rsvp_reminder", "en", "Will you come?", ["no en", "yes en"])])
    #expect(try harness.handles("rsvp_reminder", "en") == ["no", "yes"])
    try harness.sync([row("rsvp_reminder", "en", "Will you come?", ["Sorry", "yes en"])])
    #expect(try harness.handles("rsvp_reminder", "en") == ["no", "yes"])
    try harness.sync([row("rsvp_reminder", "en", "Will you come?", ["Later", "Sorry", "yes en"])])
    #expect(try harness.handles("rsvp_reminder", "en") == ["later", "no", "yes"])
  }

  @Test func `a new language has the handles of the others, by title before place`() throws {
    let harness = try EngineHarness.wedding()
    try harness.sync([
      row("rsvp_reminder", "pt", "Vens?", ["Sim", "Não", "Talvez"]),
      row("rsvp_reminder", "en_GB", "Will you come?", ["no en", "yes en"]),
    ])
    #expect(try harness.handles("rsvp_reminder", "pt") == ["yes", "no", "talvez"])
    #expect(try harness.handles("rsvp_reminder", "en_GB") == ["no", "yes"])
  }

  @Test func `handles differ even where titles and places would give the same`() throws {
    let harness = try EngineHarness.wedding()
    try harness.sync([row("rsvp_reminder", "en", "Will you come?", ["No", "Nothing", "no en"])])
    #expect(try harness.handles("rsvp_reminder", "en") == ["yes", "nothing", "no"])
  }

  @Test func `a link that comes before the replies takes no handle of theirs`() throws {
    let harness = try EngineHarness.wedding()
    try harness.sync([row("gift", "en", "Hello.", ["Yes", "No"])])
    var listed = try row("gift", "en", "Hello.", ["Map", "Gladly", "Sorry"]).content.get().variant
    listed.buttons[0].url = "https://a.example/map"
    let again = TemplateRow(
      name: "gift", language: "en",
      content: .success(.init(category: .marketing, variant: listed)))
    #expect(try harness.sync([again]).map(\.changed) == [["buttons"]])
    #expect(try harness.handles("gift", "en") == ["map", "yes", "no"])
    #expect(
      try harness.stored("gift").currentVariants[0].buttons[0].url == "https://a.example/map")
    #expect(try harness.sync([again]).map(\.result) == [.unchanged])
  }
}
