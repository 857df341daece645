import Wire

/// Takes over what WhatsApp holds, language by language. A row that cannot be used is refused alone.
package struct SyncTemplates: Command {
  package let project: ProjectID
  package let rows: [TemplateRow]
  /// The rows are all that WhatsApp has: what is approved here and not among them is gone there.
  package let isComplete: Bool
  package let isDryRun: Bool

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
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> [Item] {
    guard engine.state.find(project) != nil else { throw .notFound(project.wireText, "Project") }
    // A dry run is the real thing on a copy of the state, which is thrown away.
    guard isDryRun else { return engine.sync(self) }
    var copy = Engine(state: engine.state, keepsEvents: false)
    return copy.sync(self)
  }
}

extension Engine {
  /// Made of the commands that operators give, so that the same is checked.
  fileprivate mutating func sync(_ command: SyncTemplates) -> [SyncTemplates.Item] {
    let categories = Self.categories(of: command.rows)
    var items: [SyncTemplates.Item] = []
    for (index, row) in command.rows.enumerated() {
      var item = SyncTemplates.Item(row: index, name: row.name, language: row.language)
      item.template =
        state.template(named: row.name, space: command.project.counter - 1)?.id
      do throws(RowFault) {
        let variant = try row.content.get().variant
        let category = categories[row.name] ?? .marketing
        if let id = item.template {
          try update(id, category, variant, &item)
        } else {
          item.template = try create(row.name, category, variant, in: command.project)
          item.result = .created
        }
      } catch {
        item.fault = error
      }
      items.append(item)
    }
    if command.isComplete { items += disableMissing(command) }
    return items
  }

  /// A template has one category here, and one for each language there: the dearest of them, so that
  /// no estimate is too low.
  private static func categories(of rows: [TemplateRow]) -> [String: TemplateCategory] {
    var categories: [String: TemplateCategory] = [:]
    for row in rows {
      guard case .success(let content) = row.content else { continue }
      let known = categories[row.name] ?? content.category
      categories[row.name] =
        TemplateCategory.allCases.first { $0 == known || $0 == content.category }
    }
    return categories
  }

  private mutating func create(
    _ name: String, _ category: TemplateCategory, _ variant: TemplateVariant, in project: ProjectID
  ) throws(RowFault) -> TemplateID {
    var row = Template()
    (row.name, row.category) = (name, category)
    row.variants = [variant.withHandles(like: [])]
    do throws(Rejection) {
      let id = try CreateTemplate(project: project, row: row).perform(in: &self)
      try report(variant, of: id)
      return id
    } catch {
      throw RowFault(error)
    }
  }

  private mutating func update(
    _ id: TemplateID, _ category: TemplateCategory, _ variant: TemplateVariant,
    _ item: inout SyncTemplates.Item
  ) throws(RowFault) {
    let before = state.template(id)
    let known = before.currentVariants.first { $0.language == variant.language }
    var wanted = variant.withHandles(like: before.currentVariants)
    // What WhatsApp says of its state is reported afterwards: others may wait for it.
    if let known { wanted.status = known.status }
    var variants = before.currentVariants
    if let place = variants.firstIndex(where: { $0.language == variant.language }) {
      variants[place] = wanted
    } else {
      variants.append(wanted)
    }
    let isNew = variants != before.currentVariants
    do throws(Rejection) {
      try UpdateTemplate(template: id, category: category, variants: isNew ? variants : nil)
        .perform(in: &self)
      try report(variant, of: id)
    } catch {
      throw RowFault(error)
    }
    let after = state.template(id)
    guard known != nil else { return item.result = .created }
    item.changed = after.changes(from: before, in: variant.language)
    item.result = item.changed.isEmpty ? .unchanged : .updated
  }

  private mutating func report(
    _ variant: TemplateVariant, of id: TemplateID
  ) throws(Rejection) {
    try ReportTemplateStatus(template: id, language: variant.language, status: variant.status)
      .perform(in: &self)
  }

  /// Refused rows are listed too: WhatsApp has what we cannot hold.
  private mutating func disableMissing(_ command: SyncTemplates) -> [SyncTemplates.Item] {
    struct Place: Hashable { let name, language: String }
    let listed = Set(command.rows.map { Place(name: $0.name, language: $0.language) })
    let space = command.project.counter - 1
    var items: [SyncTemplates.Item] = []
    for (index, row) in state.project(of: space).templates.enumerated() where !row.isDeleted {
      let id = TemplateID(space: space, counter: UInt32(index + 1))
      for var variant in row.currentVariants
      where variant.status == .approved
        && !listed.contains(Place(name: row.name, language: variant.language))
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

extension TemplateVariant {
  fileprivate func withHandles(like variants: [TemplateVariant]) -> TemplateVariant {
    var named = self
    named.buttons = TemplateButton.buttons(buttons.map(\.title), in: language, like: variants)
    return named
  }
}

extension Template {
  /// Names of the fields that differ, a language's among them.
  fileprivate func changes(from before: Template, in language: String) -> [String] {
    func variant(_ row: Template) -> TemplateVariant? {
      row.currentVariants.first { $0.language == language }
    }
    func isStopped(_ row: Template) -> Bool { row.stops.contains { $0.language == language } }
    let (old, new) = (variant(before), variant(self))
    var changed: [String] = []
    if category != before.category { changed.append("category") }
    if new?.header != old?.header { changed.append("header") }
    if new?.body != old?.body { changed.append("body") }
    if new?.footer != old?.footer { changed.append("footer") }
    if new?.buttons != old?.buttons { changed.append("buttons") }
    // Whoever recorded a variant as paused has not yet been told that messages are to wait for it.
    if new?.status != old?.status || isStopped(self) != isStopped(before) {
      changed.append("status")
    }
    return changed
  }
}

extension RowFault {
  fileprivate init(_ rejection: Rejection) {
    self.init(
      field: "name", reason: rejection.reason ?? "refused", message: rejection.message)
  }
}
