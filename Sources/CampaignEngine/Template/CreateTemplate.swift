package struct CreateTemplate: Command {
  package let project: ProjectID
  package let row: Template
  package init(project: ProjectID, row: Template) { (self.project, self.row) = (project, row) }

  package func perform(in engine: inout Engine) throws(Rejection) -> TemplateID {
    guard let state = engine.state.find(project) else {
      throw .notFound(project)
    }
    guard state.templates.count < Limits.templatesPerProject else {
      throw .limitExceeded(
        "A project has at most \(Limits.templatesPerProject) templates.", reason: "templates")
    }
    let space = project.counter - 1
    if let known = engine.state.template(named: row.name, space: space) {
      throw .conflict(
        "\(known.id.wireText) has the name \"\(row.name)\" already.", id: known.id.wireText,
        reason: "name_in_use")
    }
    try TemplateVariant.check(row.variants)
    var row = row
    row.createdAt = engine.state.now
    engine.emit(TemplateCreated(project: space, row: row))
    return TemplateID(space: space, counter: state.templates.nextCounter)
  }

}

extension TemplateVariant {
  /// What one variant cannot say about itself.
  static func check(_ variants: [TemplateVariant]) throws(Rejection) {
    var languages = Set<String>()
    for (index, variant) in variants.enumerated() {
      let path = "variants[\(index)]"
      guard languages.insert(languageKey(variant.language)).inserted else {
        throw .invalidParams(
          field: "\(path).language", reason: "duplicate_language",
          "expected one variant a language; found \"\(variant.language)\" twice")
      }
      var handles = Set<String>()
      for (button, item) in variant.buttons.enumerated() where !handles.insert(item.handle).inserted
      {
        throw .invalidParams(
          field: "\(path).buttons[\(button)].handle", reason: "duplicate_handle",
          "expected a handle of its own; found \"\(item.handle)\" twice")
      }
      var titles = Set<String>()
      for (button, item) in variant.buttons.enumerated() where !titles.insert(item.title).inserted {
        throw .invalidParams(
          field: "\(path).buttons[\(button)].title", reason: "equal_titles",
          "expected a title of its own; found \"\(item.title)\" twice")
      }
      try TemplateButton.check(variant, path: path)
      if let header = variant.header, (header.type == .text) != (header.text != nil) {
        throw .invalidParams(
          field: "\(path).header.text", reason: "header",
          "expected a text for a text header, and none for a medium")
      }
    }
  }
}
