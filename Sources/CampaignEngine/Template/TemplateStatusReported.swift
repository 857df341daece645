import Wire

/// A variant of a template has another state at WhatsApp than before.
struct TemplateStatusReported: Event {
  static let kind = EventKind.templateStatusReported
  var template = TemplateID.none
  var language = ""
  var status = TemplateStatus.paused
  /// The refused message that told of it: others that would use the variant wait.
  var stop: MessageError?
  /// When WhatsApp decided it; zero for now.
  var at = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template", &template, "Template.")
    try visit.field("language", &language, "Language of the variant.")
    try visit.field("status", &status, "Its state from now on.")
    try visit.field("stop", &stop, "The refusal that told of it.")
    try visit.field("at", &at, "When WhatsApp decided it.")
  }

  func apply(to state: inout State) {
    let now = state.now
    var row = state.projects[of: template].templates[template]
    guard let variant = row.place(of: language) else { return }
    row.variants[variant].status = status
    row.setStatusTime(of: language, at == .zero ? now : at)
    let known = row.stops.first { $0.language == language }
    row.stops.removeAll { $0.language == language }
    // A webhook that tells of the same stop as the refused message before it ends nothing.
    if status.isStop {
      var entry = known ?? TemplateStop()
      if known == nil { (entry.language, entry.at) = (language, now) }
      if let stop { entry.error = stop }
      row.stops.append(entry)
    }
    state.modify(template) { $0 = row }
  }
}

extension TemplateStatusReported {
  static var publicData: (any PublicData.Type)? { TemplateStatusReportedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = TemplateStatusReportedData()
    (data.template, data.language, data.status) = (template, language, status)
    data.error = stop.map(PublicError.init)
    return PublicEvent(data, space: template.space)
  }
}

package struct TemplateStatusReportedData: PublicData {
  package static let kind = PublicKind("template_status_reported")
  package static let summary = "A variant of a template has another state at WhatsApp than before."
  package var template = TemplateID.none
  package var language = ""
  package var status = TemplateStatus.paused
  package var error: PublicError?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template_id", &template, "Template.")
    try visit.field("language", &language, "Language of the variant.")
    try visit.field("status", &status, "Its state from now on.")
    try visit.field("error", &error, "The refusal that told of it; its messages wait.")
  }
}
