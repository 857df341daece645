import Wire

/// A template with what stands in its places.
package struct TemplateUse: WireObject, Equatable {
  package var name = ""
  package var parameters = WireMap<String>()
  package var header: MediaHeader?

  package init() {}

  init(name: String, parameters: WireMap<String>, header: MediaHeader? = nil) {
    (self.name, self.parameters, self.header) = (name, parameters, header)
  }

  /// All that is filled in.
  var texts: [String] { parameters.entries.map(\.value) + [header?.link].compactMap { $0 } }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name of the template.", .pattern(.templateName))
    try visit.field(
      "parameters", &parameters,
      "A text for each named place of the template; may have places such as {{guest.name}}.",
      .defaulted.length(0...50))
    try visit.field("header", &header, "The medium above the text, where the template has one.")
  }
}

extension State {
  /// Refuses a template that the project does not have, and texts that do not fit it.
  func check(_ use: TemplateUse, space: UInt32, path: String) throws(Rejection) {
    guard let template = template(named: use.name, space: space)?.row else {
      throw .invalidParams(
        field: "\(path).name", reason: "unknown_template",
        "expected the name of a template of the project; found \"\(use.name)\"")
    }
    var needed: [String] = []
    for name in template.currentVariants.flatMap(\.parameterNames) where !needed.contains(name) {
      needed.append(name)
    }
    for name in needed where use.parameters[name] == nil {
      throw .invalidParams(
        field: "\(path).parameters", reason: "missing_parameter",
        "expected a text for the place \"\(name)\" of template \"\(use.name)\"")
    }
    for (name, text) in use.parameters.entries {
      guard needed.contains(name) else {
        throw .invalidParams(
          field: FieldPath.member(name, of: "\(path).parameters"), reason: "unknown_parameter",
          needed.isEmpty
            ? "template \"\(use.name)\" has no places"
            : "expected one of \(needed.joined(separator: ", "))")
      }
      try Self.check(text: text, path: FieldPath.member(name, of: "\(path).parameters"))
    }
    if let header = use.header {
      try Self.check(text: header.link, path: "\(path).header.link")
      guard MediaHeader.mayBeLink(header.link) else {
        throw .invalidParams(
          field: "\(path).header.link", reason: "invalid_link",
          "expected a web address, or a place in its beginning")
      }
    }
    for variant in template.currentVariants {
      guard let medium = variant.medium, use.header?.type != medium else { continue }
      throw .invalidParams(
        field: "\(path).header", reason: use.header == nil ? "missing_header" : "wrong_header",
        "expected a header of type \(medium.rawValue); template \"\(use.name)\" (\(variant.language)) has one"
      )
    }
  }

  /// Refuses a text whose places cannot be read.
  static func check(text: String, path: String) throws(Rejection) {
    do {
      _ = try Interpolation(parsing: text)
    } catch {
      throw .invalidParams(
        field: path, reason: "invalid_text", "at character \(error.offset): \(error.message)")
    }
  }
}
