/// Changes what a template says. The next send uses it; messages that were sent keep their text.
package struct UpdateTemplate: Command {
  package let template: TemplateID
  package let category: TemplateCategory?
  /// All variants; nil keeps them.
  package let variants: [TemplateVariant]?

  package init(template: TemplateID, category: TemplateCategory?, variants: [TemplateVariant]?) {
    (self.template, self.category, self.variants) = (template, category, variants)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard var row = engine.state.find(template) else {
      throw .notFound(template)
    }
    if let category, category != row.category {
      row.setCategory(category, at: engine.state.now)
    }
    if let variants {
      try TemplateVariant.check(variants)
      row.replaceVariants(by: variants)
    }
    guard row.variants.count <= Limits.variantsEver else {
      throw .limitExceeded(
        "A template has at most \(Limits.variantsEver) variants, those that were replaced among them; create another.",
        reason: "variants")
    }
    engine.change(template, to: row)
  }
}

/// Takes a template away that nothing needs any more.
package struct DeleteTemplate: Command {
  package let template: TemplateID
  package init(template: TemplateID) { self.template = template }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let row = engine.state.find(template) else {
      throw .notFound(template)
    }
    if let id = engine.state.chatflowInUse(
      in: template.space, where: { $0.templates.contains(row.name) })
    {
      throw .conflict(
        "\(id.wireText) sends \"\(row.name)\"; change the chatflow or end its campaigns first.",
        id: id.wireText, reason: "template_in_use")
    }
    if let id = engine.state.openReminder(
      in: template.space, where: { $0.template.name == row.name })
    {
      throw .conflict(
        "\(id.wireText) is to send \"\(row.name)\"; change or cancel the reminder first.",
        id: id.wireText, reason: "template_in_use")
    }
    engine.emit(TemplateDeleted(template: template))
  }
}

extension Engine {
  /// Every change of a template. Who was left out of a campaign since they want no marketing is judged
  /// anew where it is none any more; where it becomes some, each message is judged as it leaves.
  mutating func change(_ id: TemplateID, to row: Template) {
    let before = state.template(id)
    guard row != before else { return }
    emit(TemplateUpdated(template: id, row: row))
    guard before.category == .marketing, row.category != .marketing else { return }
    for campaign in state.projects[of: id].campaigns.ids(in: id.space) {
      let found = state[campaign]
      guard !found.isDeleted, found.status == .running || found.status == .paused,
        state.graph(of: campaign).templates.contains(row.name)
      else { continue }
      review(campaign, \.judgesAnew)
    }
  }
}
