import Wire

/// When WhatsApp last decided on one language of a template.
package struct TemplateStatusTime: WireObject, Equatable {
  package var language = ""
  package var at = Timestamp.zero

  package init() {}
  init(language: String, at: Timestamp) { (self.language, self.at) = (language, at) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("language", &language, "Language.")
    try visit.field("at", &at, "When.")
  }
}
