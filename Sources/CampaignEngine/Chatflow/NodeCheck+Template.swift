import Wire

/// What a node says of a template, against the template itself.
extension NodeCheck {
  /// - Parameters:
  ///   - member: the member of the node's data that says it; the data itself if empty.
  ///   - buttons: handles of the quick replies; nil where the node does not name them.
  mutating func template(_ use: TemplateUse?, in member: String = "", buttons: [String]?) {
    guard let use else { return }
    func field(_ name: String) -> String { member.isEmpty ? name : "\(member).\(name)" }
    guard let template = templates.first(where: { $0.name == use.name }) else {
      error(
        "unknown_template", "The project has no template \"\(use.name)\".",
        templates.isEmpty
          ? "Create it first."
          : "Use one of \(templates.map(\.name).sorted().prefix(20).joined(separator: ", ")).",
        field("template"))
      return
    }
    let parameters = Set(use.parameters.keys)
    var needed = Set<String>()
    for variant in template.currentVariants { needed.formUnion(variant.parameterNames) }
    for missing in needed.subtracting(parameters).sorted() {
      error(
        "missing_parameter",
        "Template \"\(use.name)\" has a place \"\(missing)\" that gets no value.",
        "Add it to parameters.", field("parameters"))
    }
    for extra in parameters.subtracting(needed).sorted() {
      error(
        "unknown_parameter", "Template \"\(use.name)\" has no place \"\(extra)\".",
        needed.isEmpty ? "Remove it." : "Use \(needed.sorted().joined(separator: ", ")).",
        field("parameters"))
    }
    medium(use.header, of: template, insteadOfHeader: member.isEmpty ? nil : field("template"))
    guard let buttons else { return }
    for variant in template.currentVariants where variant.quickReplies.map(\.handle) != buttons {
      error(
        "button_mismatch",
        "Template \"\(use.name)\" (\(variant.language)) has the quick replies \(variant.quickReplies.map(\.handle).joined(separator: ", ")).",
        "List the same handles in the same order.", "buttons")
      return
    }
  }

  /// WhatsApp refuses a template with a medium above its text where none is sent along (132012).
  /// - Parameter other: where to complain of a node that has no header.
  private mutating func medium(
    _ header: MediaHeader?, of template: Template, insteadOfHeader other: String?
  ) {
    for variant in template.currentVariants {
      guard let medium = variant.medium, header?.type != medium else { continue }
      error(
        header == nil ? "missing_header" : "wrong_header",
        "Template \"\(template.name)\" (\(variant.language)) has a header of type \(medium.rawValue).",
        other == nil
          ? "Give it in header: {\"type\": \"\(medium.rawValue)\", \"link\": \"https://…\"}."
          : "Name a template without a medium here.",
        other ?? "header")
      return
    }
    guard header != nil, template.currentVariants.allSatisfy({ $0.medium == nil }) else { return }
    warning(
      "unexpected_header", "Template \"\(template.name)\" has no medium above its text.",
      "Remove header; it is not sent.", "header")
  }
}
