import Wire

/// What WhatsApp last said of the category of one language.
package struct TemplateLanguageCategory: WireObject, Equatable {
  package var language = ""
  package var category = TemplateCategory.marketing
  package var at = Timestamp.zero

  package init() {}

  init(language: String, category: TemplateCategory, at: Timestamp) {
    (self.language, self.category, self.at) = (language, category, at)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("language", &language, "Language.")
    try visit.field("category", &category, "Its category.")
    try visit.field("at", &at, "When.")
  }
}
