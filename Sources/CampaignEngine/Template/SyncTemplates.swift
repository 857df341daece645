import Wire

/// Takes over what WhatsApp holds, language by language. A row that cannot be used is refused alone.
package struct SyncTemplates: Command {
  package let project: ProjectID
  package let rows: [TemplateRow]
  /// The rows are all that WhatsApp has: what is approved here and not among them is gone there.
  package let isComplete: Bool
  package let isDryRun: Bool
  /// Smaller only in tests.
  var eventBytes = Limits.templateSyncBytes

  package init(project: ProjectID, rows: [TemplateRow], isComplete: Bool, isDryRun: Bool) {
    (self.project, self.rows) = (project, rows)
    (self.isComplete, self.isDryRun) = (isComplete, isDryRun)
  }

  package enum RowResult: String, WireEnum {
    case created, updated, unchanged, refused, missing
  }

  package struct Item: Sendable {
    /// Nil for what no row tells of.
    package var row: Int?
    package var name = ""
    package var language = ""
    package var result = RowResult.refused
    package var template: TemplateID?
    package var changed: [String] = []
    package var fault: RowFault?

    mutating func refuse(_ fault: RowFault) {
      (result, changed, self.fault) = (.refused, [], fault)
    }
  }

  /// A language in whatever spelling.
  struct Place: Hashable {
    let name, language: String

    init(name: String, language: String) {
      (self.name, self.language) = (name, languageKey(language))
    }
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> [Item] {
    guard engine.state.find(project) != nil else { throw .notFound(project) }
    // A dry run is the real thing on a copy of the state, which is thrown away.
    guard isDryRun else { return engine.sync(self) }
    var copy = Engine(state: engine.state, keepsEvents: false)
    return copy.sync(self)
  }
}

extension Engine {
  fileprivate mutating func sync(_ command: SyncTemplates) -> [SyncTemplates.Item] {
    var items = command.rows.enumerated().map { index, row in
      SyncTemplates.Item(row: index, name: row.name, language: row.language)
    }
    var room = command.eventBytes
    for group in command.groups(&items) { sync(group, of: command, &items, &room) }
    if command.isComplete { items += disableMissing(command) }
    return items
  }

  /// All rows of one template at once, and so in one event however many they are: each such event
  /// holds the whole template.
  private mutating func sync(
    _ group: [Int], of command: SyncTemplates, _ items: inout [SyncTemplates.Item],
    _ room: inout Int
  ) {
    let name = command.rows[group[0]].name
    let known = state.template(named: name, space: command.project.counter - 1)
    let languages =
      command.isComplete ? Set(group.map { languageKey(command.rows[$0].language) }) : nil
    var draft = TemplateDraft(of: known?.row, languages: languages)
    for index in group {
      items[index].template = known?.id
      guard items[index].fault == nil else { continue }
      do throws(RowFault) {
        items[index].result = try draft.add(
          try command.rows[index].content.get(), &items[index].changed)
      } catch {
        items[index].refuse(error)
      }
    }
    guard !draft.isEmpty else { return }
    do throws(Rejection) {
      let id = try write(draft, named: name, over: known?.id, in: command.project, &room)
      for index in group { items[index].template = id }
      for variant in draft.reports { try report(variant, of: id) }
    } catch {
      let fault = RowFault(error, field: "name")
      for index in group where items[index].fault == nil { items[index].refuse(fault) }
      return
    }
    guard let before = known?.row, draft.category != before.category else { return }
    for index in group where [.updated, .unchanged].contains(items[index].result) {
      items[index].result = .updated
      items[index].changed.insert("category", at: 0)
    }
  }

  /// Made of the commands that operators give, so that the same is checked.
  private mutating func write(
    _ draft: TemplateDraft, named name: String, over id: TemplateID?, in project: ProjectID,
    _ room: inout Int
  ) throws(Rejection) -> TemplateID {
    let bytes = draft.eventBytes
    guard bytes <= room else {
      throw .limitExceeded(
        "The rows before change as much as one call may; list the template in a call of its own.",
        reason: "call_too_large")
    }
    guard let id else {
      guard draft.variants.count <= Limits.variantsEver else {
        throw .limitExceeded(
          "A template has at most \(Limits.variantsEver) variants.", reason: "variants")
      }
      var row = Template()
      (row.name, row.category, row.variants) = (name, draft.category, draft.variants)
      let id = try performPart(CreateTemplate(project: project, row: row))
      room -= bytes
      return id
    }
    try performPart(
      UpdateTemplate(
        template: id, category: draft.category,
        variants: draft.hasOtherVariants ? draft.variants : nil))
    room -= bytes
    return id
  }

  private mutating func report(
    _ variant: TemplateVariant, of id: TemplateID
  ) throws(Rejection) {
    try performPart(
      ReportTemplateStatus(template: id, language: variant.language, status: variant.status))
  }

  /// Refused rows are listed too: WhatsApp has what we cannot hold.
  private mutating func disableMissing(_ command: SyncTemplates) -> [SyncTemplates.Item] {
    let listed = Set(
      command.rows.map { SyncTemplates.Place(name: $0.name, language: $0.language) })
    let space = command.project.counter - 1
    var items: [SyncTemplates.Item] = []
    for (id, row) in state.projects[space].templates.identified(in: space)
    where !row.isDeleted {
      for var variant in row.currentVariants
      where variant.status == .approved
        && !listed.contains(SyncTemplates.Place(name: row.name, language: variant.language))
      {
        variant.status = .disabled
        try? report(variant, of: id)
        items.append(
          SyncTemplates.Item(
            name: row.name, language: variant.language, result: .missing, template: id,
            changed: ["status"]))
      }
    }
    return items
  }
}

extension SyncTemplates {
  /// Places of the rows of each template, in the order of its first row. What is known to be refused
  /// is noted in the items.
  fileprivate func groups(_ items: inout [Item]) -> [[Int]] {
    var groups: [[Int]] = []
    var numbers: [String: Int] = [:]
    var firsts: [Place: Int] = [:]
    for (index, row) in rows.enumerated() {
      if let number = numbers[row.name] {
        groups[number].append(index)
      } else {
        numbers[row.name] = groups.count
        groups.append([index])
      }
      let place = Place(name: row.name, language: row.language)
      if let first = firsts[place] {
        items[index].fault = RowFault(
          field: "language", reason: "duplicate_row",
          message: "expected one row a language; templates[\(first)] is of the same")
      } else {
        firsts[place] = index
      }
    }
    return groups
  }
}

extension RowFault {
  init(_ rejection: Rejection, field: String) {
    self.init(
      field: field, reason: rejection.reason ?? "refused", message: rejection.message)
  }
}
