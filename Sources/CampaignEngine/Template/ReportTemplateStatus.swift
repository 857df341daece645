/// What WhatsApp says about a variant of a template.
package struct ReportTemplateStatus: Command {
  package static let cause: CauseKind? = .gateway
  package let template: TemplateID
  package let language: String
  /// Nil where only the language is to be checked: WhatsApp may tell of a category alone.
  package let status: TemplateStatus?
  /// When WhatsApp decided it; zero for now.
  package let at: Timestamp

  package init(
    template: TemplateID, language: String, status: TemplateStatus?, at: Timestamp = .zero
  ) {
    (self.template, self.language, self.status) = (template, language, status)
    self.at = at
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let row = engine.state.find(template) else {
      throw .notFound(template)
    }
    guard let variant = row.place(of: language).map({ row.variants[$0] }) else {
      throw .invalidParams(
        field: "language", reason: "unknown_language",
        "expected one of \(row.currentVariants.map(\.language).joined(separator: ", "))")
    }
    guard let status else { return }
    // From here on it is spelled as the variant spells it.
    let language = variant.language
    let isStopKnown = row.stops.contains { $0.language == language }
    guard
      variant.status != status || status.isStop != isStopKnown || at > row.statusTime(of: language)
    else { return }
    engine.emit(
      TemplateStatusReported(template: template, language: language, status: status, at: at))
  }
}
