/// What WhatsApp says about a variant of a template.
package struct ReportTemplateStatus: Command {
  package static let cause: CauseKind? = .gateway
  package let template: TemplateID
  package let language: String
  package let status: TemplateStatus

  package init(template: TemplateID, language: String, status: TemplateStatus) {
    (self.template, self.language, self.status) = (template, language, status)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let row = engine.state.find(template) else {
      throw .notFound(template.wireText, "Template")
    }
    guard let variant = row.currentVariants.first(where: { $0.language == language }) else {
      throw .invalidParams(
        path: "params.language", reason: "unknown_language",
        "expected one of \(row.currentVariants.map(\.language).joined(separator: ", "))")
    }
    guard variant.status != status || row.stops.contains(where: { $0.language == language }) else {
      return
    }
    engine.emit(TemplateStatusReported(template: template, language: language, status: status))
  }
}
