import Wire

/// What became of a message that came in. Each has exactly one: no answer of a guest may vanish.
/// Counters are indexed by place, so new cases come at the end.
package enum Disposition: String, WireEnum {
  /// It took effect, and names the event that it caused.
  case applied
  /// It takes effect once its execution goes on, or once its question is known to have gone out.
  case waits
  case needsAttention = "needs_attention"
  case optedOut = "opted_out"
  case optedIn = "opted_in"
  /// It says nothing: a reaction, an edit, a message taken back; or it was erased before anybody looked.
  case noContent = "no_content"
}

/// An event of the journal.
package struct EventReference: Sendable, Equatable {
  package let sequence: UInt64
  package let kind: EventKind
}

extension Message {
  /// Nil for what was sent.
  package var disposition: Disposition? {
    direction == .inbound ? givenDisposition ?? olderDisposition : nil
  }

  /// The event that an applied message caused; nil where it was applied before that was kept.
  package var cause: EventReference? {
    guard appliedBy > 0, let kind = EventKind(rawValue: appliedKind) else { return nil }
    return EventReference(sequence: appliedBy, kind: kind)
  }

  /// Of rows and events from before dispositions were kept. It follows from the row alone and stays
  /// unwritten, so that a snapshot and a replay of the events before it are equal to the byte.
  private var olderDisposition: Disposition {
    if needsAttention { return .needsAttention }
    if isUnapplied { return .waits }
    if !content.kind.opensWindow { return .noContent }
    if routedBy == nil, Self.olderStopTexts.contains(FoldedText(content.text)) { return .optedOut }
    return .applied
  }

  private static let olderStopTexts = Set(
    Sender.formerDefaultStopWords.map { FoldedText($0) })

  mutating func dispose(as disposition: Disposition) {
    givenDisposition = disposition
    isUnapplied = disposition == .waits
    needsAttention = disposition == .needsAttention
  }
}
