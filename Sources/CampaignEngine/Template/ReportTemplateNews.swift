/// What WhatsApp says about a template of a business account. The same text may be in several
/// projects, whose senders belong to the account; each of them takes it over.
package struct ReportTemplateNews: Command {
  package static let cause: CauseKind? = .gateway
  package let account: String
  package let name: String
  package let language: String
  package let status: TemplateStatus?
  package let category: TemplateCategory?
  /// When WhatsApp decided it: such news come late and in any order.
  package let at: Timestamp

  package init(
    account: String, name: String, language: String, status: TemplateStatus?,
    category: TemplateCategory?, at: Timestamp
  ) {
    (self.account, self.name, self.language) = (account, name, language)
    (self.status, self.category, self.at) = (status, category, at)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let known = engine.state.templates(named: name, language: language, ofAccount: account)
    guard !known.isEmpty else { throw .notFound("\(name), \(language)", "Template") }
    let at = min(at, engine.state.now)
    for (template, language) in known {
      if let status, at >= engine.state.template(template).statusTime(of: language) {
        try engine.performPart(
          ReportTemplateStatus(template: template, language: language, status: status, at: at))
      }
      if let category { engine.change(template, language, to: category, at: at) }
    }
  }
}

extension Engine {
  /// WhatsApp has a category for each language, and we one for all.
  fileprivate mutating func change(
    _ id: TemplateID, _ language: String, to category: TemplateCategory, at: Timestamp
  ) {
    var row = state.template(id)
    row.setCategory(category, of: language, at: at)
    change(id, to: row)
  }
}

extension State {
  fileprivate func templates(
    named name: String, language: String, ofAccount account: String
  ) -> [(id: TemplateID, language: String)] {
    projects.spaces.compactMap { space in
      guard !projects[space].row.isDeleted,
        self[projects[space].row.sender].row.account == account,
        let (id, row) = template(named: name, space: space),
        let variant = row.currentVariants.first(where: { $0.isIn(language) })
      else { return nil }
      return (id, variant.language)
    }
  }
}

extension TemplateVariant {
  /// Templates are in `pt_BR`; WhatsApp's news of them may say `pt-BR`.
  fileprivate func isIn(_ language: String) -> Bool {
    let one = self.language.utf8.lazy.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
    let other = language.utf8.lazy.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
    return one.elementsEqual(other)
  }
}
