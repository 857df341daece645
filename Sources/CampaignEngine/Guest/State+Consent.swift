/// Who has agreed to be written to. Where a number requires it, nobody else gets its first word; whoever
/// writes themselves is answered.
extension State {
  func lacksConsent(_ guest: Guest, at space: UInt32) -> Bool {
    // In place: this is asked of every guest and every message.
    !guest.hasConsent && senders[projects[space].row.sender].row.requiresConsent
  }

  /// A template to somebody who is not in a conversation with us.
  func isRefusedForConsent(_ content: MessageContent, to guest: GuestID) -> Bool {
    content.kind == .template && lacksConsent(self[guest], at: guest.space)
      && !person(of: guest).isWindowOpen(at: now)
  }
}
