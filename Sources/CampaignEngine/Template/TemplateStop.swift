import Wire

/// WhatsApp refused to send a template in one language: paused, disabled, or not what we think it
/// is. Messages that would use it wait until it is approved again.
package struct TemplateStop: WireObject, Equatable {
  package var language = ""
  package var error = MessageError()
  package var at = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("language", &language, "Language of the variant.")
    try visit.field("error", &error, "What WhatsApp said.")
    try visit.field("at", &at, "When.")
  }
}

extension Template {
  /// True while a stop holds the variant; one that was replaced holds nothing. Whoever sets another
  /// state than those of a stop decides otherwise: an approved variant is sent, and a rejected one is
  /// passed over.
  package func isStopped(_ index: Int) -> Bool {
    guard variants.indices.contains(index), isCurrent(index) else { return false }
    let variant = variants[index]
    return variant.status.isStop && stops.contains { $0.language == variant.language }
  }
}

extension State {
  func isStopped(_ block: SendBlock) -> Bool {
    block.cause == .templateStop
      && find(block.template).map { $0.isStopped(Int(block.variant)) } == true
  }
}
