/// One language of a template as WhatsApp has it, in our terms.
package struct TemplateRow: Sendable {
  package let name: String
  package let language: String
  /// Or why we cannot hold it.
  package let content: Result<Content, RowFault>

  package init(name: String, language: String, content: Result<Content, RowFault>) {
    (self.name, self.language, self.content) = (name, language, content)
  }

  package struct Content: Sendable {
    package let category: TemplateCategory
    /// WhatsApp knows no handles, so its buttons have none yet.
    package let variant: TemplateVariant

    package init(category: TemplateCategory, variant: TemplateVariant) {
      (self.category, self.variant) = (category, variant)
    }
  }
}
