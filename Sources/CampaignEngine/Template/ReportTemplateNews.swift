/// What WhatsApp says about a template of a business account. The same text may be in several
/// projects, whose senders belong to the account; each of them takes it over.
package struct ReportTemplateNews: Command {
  package static let cause: CauseKind? = .gateway
  package let account: String
  package let name: String
  package let language: String
  package let status: TemplateStatus?
  package let category: TemplateCategory?

  package init(
    account: String, name: String, language: String, status: TemplateStatus?,
    category: TemplateCategory?
  ) {
    (self.account, self.name, self.language) = (account, name, language)
    (self.status, self.category) = (status, category)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let known = engine.state.templates(named: name, language: language, ofAccount: account)
    guard !known.isEmpty else { throw .notFound("\(name), \(language)", "Template") }
    for (template, language) in known {
      try ReportTemplateStatus(template: template, language: language, status: status)
        .perform(in: &engine)
      guard let category else { continue }
      try UpdateTemplate(template: template, category: category, variants: nil)
        .perform(in: &engine)
    }
  }
}

extension State {
  fileprivate func templates(
    named name: String, language: String, ofAccount account: String
  ) -> [(id: TemplateID, language: String)] {
    projects.indices.compactMap { space in
      guard !projects[space].row.isDeleted,
        self[projects[space].row.sender].row.account == account,
        let (id, row) = template(named: name, space: UInt32(space)),
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
